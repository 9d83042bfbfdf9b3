"""From the Markdown of an issue to its value, in this order.

============ ===============================================================
dates        when an issue came out
file_facts   day and number that the path of a file says
plain_text   the lines of a file, without invisible characters
front_matter keys and values at the top, by front_entries (YAML or TOML)
fences       how far code goes, and which fences nobody closed
markdown     tokens, by markdown-it-py (emphasis: its stars beside Chinese; products: those that are none;
             inline_notes: notes in the line; attributes: those of kramdown; block_parser and
             inline_parser: which rules may begin at a character)
underlines   headings above a line of = or -
tags         a tag of HTML
tag_names    which tags are markup, and which words in angle brackets
slips        Markdown with one right reading that it does not have, mended before it is read;
             table_slips: of tables
unshown      what the markup of a text holds that no reader sees
shorthands   emoji by name, marked words
signs        pictures and links that have no words
inline_lines a line of spans, and what its pictures stand for
spans        the tokens of a text as lines of styled spans
rows         one typed row for each line written
html_tables  tables in HTML as rows; undivided_tables: those without a line of dashes
navigation   links to places in the page, which lead nowhere
row_reader   Markdown as rows; entries: those of lists, as their editor meant them
said_lines   lines that say the topics of an item, taken out
footnotes    each note below the paragraph that refers to it
headings     one normal form for headings, however they are written
outline      title, head, and one part for each section
flattened    the same for an issue that lost its Markdown
line_ends    what the end of a line stands for where two lines are one
unwrapping   paragraphs that a program broke, whole again
addresses    relative addresses made whole
counting     the numbers before items
highlights   what a title says behind its date or a colon
flash        flash news, and what is none
head         title, date, tagline, lead
opening_lines lines that begin with a link, a sign or a title
starts       where the items of a part begin; bold_openings: paragraphs in bold
                list_entries: entries of lists; group_lines: what heads items without being a heading
tables       rows of a table as items
item_rows    the rows of each item, and the groups around it (nested_groups: lists of lists)
items        the rows of an item as its value; item_numbers, as they are counted
titles       the first line of an item; title_lines: what it says, and what stands behind its link;
             title_tags: tags and labels before it; sentences: a link inside one
runs         the links of a line, and what stands between them
marks        tags, signs and quotes around a title
own_marks    words that come again before the titles of an issue
bold_titles first lines that begin with their title in bold
bare_links   links in it that Markdown does not read as such
leading_label the label that a text begins with
labels       lines that begin with one; labelled: such a line as a value; labels_apart: several on one line
fields       the lines of an item below its first
lines        rows as lines of a text
edges        the ends of a line of spans
item_ids     names for items that outlast corrections
notes        what was found missing or broken, and what was left out
parser       all of it
============ ===============================================================
"""

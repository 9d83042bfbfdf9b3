"""The linter: what an editor should look at before an issue goes out.

=============== =================================================================
codes           every code as one table; codes_page makes the documentation of it
linter          the rules as one table, and what they find in an issue's file
rule            what a rule is, and what it knows beside the draft
draft           an issue with all that rules look at
sheet           a file with the drafts of the issues in it
source          its lines: where a thing stands, and what is content
finding         what a rule finds, and the edits that mend it
habits          findings that many items share, told once
mending         a text with those edits in it, so that it reads no worse
seen_before     what earlier issues linked to
pages           when two addresses are one
parser_warnings what the parser warned of on its way
files           name, encoding, the end of the title
dates           dates that disagree
releases        drafts and moments that nobody can understand
links           empty, unclosed, dead and dropped links
glued           items and headings behind something else
lost_titles     items whose title is not there
leftovers       placeholders of a template
bare_labels     labels with nothing behind them
items           items without a topic, or too long
repeats         links that an earlier issue had
untold          words and addresses that no message holds
second_reading  what a text says, read by nothing of the bot
markup          stars, backticks and brackets without their other half
=============== =================================================================
"""

from bot.editors.linter.draft import Draft, Saved
from bot.editors.linter.finding import Edit, Finding
from bot.editors.linter.linter import Linter
from bot.editors.linter.mending import Mended
from bot.editors.linter.seen_before import SeenIndex, index_of
from bot.editors.linter.sheet import Sheet

__all__ = ["Draft", "Edit", "Finding", "Linter", "Mended", "Saved", "SeenIndex", "Sheet", "index_of"]

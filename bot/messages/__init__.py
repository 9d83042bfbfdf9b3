"""Values in, Telegram messages out: pure, and every message within Telegram's limits.

========== =====================================================================
markup     Telegram's HTML as text with entities, and back; the one escaping
links      which addresses Telegram takes
labelled_lines labelled addresses inside a summary, each a link where it stands
pictures   which picture of a text is shown, and links in place of the others
numbering  numbers of list entries
tables     a table as a phone can show it
rich       a summary's styled lines as marked text
limits     Telegram's budgets, and what a text takes of them
message    a message and its buttons, refused where Telegram would refuse it
splitter   blocks packed into pieces that fit
chapters   blocks under a heading as messages
titles     what stands in for a missing title
selection  what of an issue a cut selects
changes    what differs between two texts of an issue, for a line of words
templating the Jinja2 templates of a language and their filters
reasons    why something is wrong, in the language of who is told
names      what is to know of a digest's names
section_chapters the chapters of an issue: flash news and sections, or headlines
one_message the whole issue as one message, a section of which unfolds at a tap
folds      the sections of it as titles
conversion the issue's own text in traditional characters
rich_blocks, rich_check the blocks of a rich message, and whether Telegram takes it
rich_edition the issue as rich messages
edition    the messages of one issue for one cut
renderer   an issue and a cut as messages; the bot's replies
entry_view one item by itself as messages
listed     an item as a line of a list
inline_result what people pick in other chats, and what is posted there
marks      which items a message shows, by their numbers
item_rows  the row of buttons under a message of items
wording    labels, notices, the menu, and what people say instead of commands
preview    messages as text, JSON or a page that looks like the chat
========== =====================================================================
"""

from bot.messages.inline_result import InlineResult
from bot.messages.listed import Listed
from bot.messages.marks import Mark, label_of, told_apart
from bot.messages.message import Button, Buttons, Message
from bot.messages.renderer import CONTENTS, Names, Renderer, rest_data

__all__ = [
    "CONTENTS",
    "Button",
    "Buttons",
    "InlineResult",
    "Listed",
    "Mark",
    "Message",
    "Names",
    "Renderer",
    "label_of",
    "rest_data",
    "told_apart",
]

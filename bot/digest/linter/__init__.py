"""The linter: what an editor should look at before an issue goes out.

========= ==============================================================
linter    the rules as one table, and what they find in an issue's file
rule      what a rule is, and what it knows beside the draft
draft     an issue's file with all that rules look at
source    its lines: where a thing stands, and what is content
finding   what a rule finds, and the edits that mend it
mending   a text with those edits in it, so that it reads no worse
told      what issues have told already
pages     when two addresses are one
noted     what the parser noted on its way
files     name, encoding, date
links     empty, unclosed and dropped links
leftovers placeholders of a template
items     items without a topic, or too long
repeats   what was told before
markup    stars, backticks and brackets without their other half
========= ==============================================================
"""

from bot.digest.linter.draft import Draft, Saved
from bot.digest.linter.finding import Edit, Finding
from bot.digest.linter.linter import Linter
from bot.digest.linter.mending import Mended
from bot.digest.linter.told import Told, told

__all__ = ["Draft", "Edit", "Finding", "Linter", "Mended", "Saved", "Told", "told"]

"""What may be wrong with an issue, as tables of codes.

========== ===========================================================
code       what a code says
parser     the codes of the warnings that the parser gives
references those of links and notes that refer to another line
========== ===========================================================

The linter adds the codes of its own rules.
"""

from bot.digest.codes.code import Code, Level
from bot.digest.codes.parser import PARSER_CODES

__all__ = ["PARSER_CODES", "Code", "Level"]

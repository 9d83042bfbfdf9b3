"""Everything that may be wrong with an issue, as one table of codes.

====== ===========================================================
code   what a code says
noted  the codes that the parser notes on its way through an issue
====== ===========================================================
"""

from types import MappingProxyType

from bot.digest.codes.code import Code, Level
from bot.digest.codes.noted import NOTED

__all__ = ["CODES", "NOTED", "Code", "Level"]

#: Every code by its name, in the order of the documentation.
CODES = MappingProxyType({code.name: code for code in NOTED})

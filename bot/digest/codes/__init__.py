"""Everything that may be wrong with an issue, as one table of codes.

====== ===========================================================
code   what a code says
noted  the codes that the parser notes on its way through an issue
ruled  the codes of the linter's own rules
====== ===========================================================
"""

from types import MappingProxyType

from bot.digest.codes.code import Code, Level
from bot.digest.codes.noted import NOTED
from bot.digest.codes.ruled import RULED

__all__ = ["CODES", "NOTED", "RULED", "Code", "Level"]

#: Every code by its name, in the order of the documentation.
CODES = MappingProxyType({code.name: code for code in (*NOTED, *RULED)})

"""The file of an issue that is to be written, as those before it were.

======== ===================================================================
stamps   another day and number where a text has those of an earlier issue
naming   what the file is called
layout   what stands in it
======== ===================================================================
"""

from bot.editors.new_issue.layout import Earlier, skeleton
from bot.editors.new_issue.naming import name_of
from bot.editors.new_issue.stamps import Stamp, number_of

__all__ = ["Earlier", "Stamp", "name_of", "number_of", "skeleton"]

"""Issues from a git repository, read by the git command.

======== =============================================================================
access   which repository, and what opens it
command  runs git: for so long, for so much, and by no settings but ours
export   the files of one commit, written into a folder
mirror   the newest commit as a folder, fetched and kept
source   the issues in it
======== =============================================================================
"""

from bot.sources.git.access import Repository
from bot.sources.git.command import is_installed
from bot.sources.git.mirror import Bounds
from bot.sources.git.source import GitSource

__all__ = ["Bounds", "GitSource", "Repository", "is_installed"]

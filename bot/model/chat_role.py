"""What a chat may be besides a reader's."""

from enum import StrEnum


class ChatRole(StrEnum):
    """What a chat is for; at most one has each role, and one may have several."""

    ADMIN = "admin"  #: it is told what matters, and operates the bot
    EDITORS = "editors"  #: it sees drafts before they go out, and says whether they may

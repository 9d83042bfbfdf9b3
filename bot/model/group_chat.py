"""What is known of a group besides its subscription."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model.cut import Language


class Parked(StrEnum):
    """Why nothing can be sent to a group, whose subscription waits."""

    REMOVED = "removed"  #: the bot was put out of it
    MUTED = "muted"  #: the bot is in it and may not write


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChat:
    """``added_by`` let the bot in; ``language`` was chosen before anybody subscribed the group."""

    added_by: int | None = None
    language: Language | None = None
    parked: Parked | None = None

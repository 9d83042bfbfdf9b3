"""What keeps an issue, or all issues, from going out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.words.moments import moment


class HeldBy(StrEnum):
    """Who or what holds an issue."""

    OPERATOR = "operator"  #: until it is resumed
    UNSCHEDULED = "unscheduled"  #: the operator too: its day brings it out no more
    DATE = "date"  #: which day it is of is in doubt
    COPY = "copy"  #: it tells what another issue told, whose file is there too
    MESSAGES = "messages"  #: it would be more messages than allowed; until it is resumed
    APPROVAL = "approval"  #: no editor has approved its text
    LOSSES = "losses"  #: most of those it was to reach are gone; until it is resumed
    RESTORED = "restored"  #: the database is of a past moment; always everything, until it is resumed


#: What may hold a single issue.
OF_ONE_ISSUE = tuple(by for by in HeldBy if by is not HeldBy.RESTORED)


#: What in its text holds an issue, until that is corrected, or an operator lets it go.
IN_DOUBT = (HeldBy.DATE, HeldBy.COPY, HeldBy.MESSAGES)

#: What an operator holds, and resumes.
BY_HAND = (HeldBy.OPERATOR, HeldBy.UNSCHEDULED)


_RELEASES = {
    HeldBy.OPERATOR: "resume",
    HeldBy.MESSAGES: "resume",
    HeldBy.LOSSES: "resume",
    HeldBy.RESTORED: "resume",
    HeldBy.APPROVAL: "approve",
}


_GO_ON = "jianbao resume goes on, and whoever got any of it since gets that once more"
_SKIP = "jianbao resume --skip-open leaves out what was to go out until now, and nobody gets anything twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What holds something, why, and since when.

    ``unapproved``: besides, nobody has approved its text, as has to be. ``also`` is what the bot itself holds
    it for, besides an operator, if anything.
    """

    by: HeldBy
    why: str
    at: datetime
    unapproved: bool = False
    also: str = ""

    @property
    def is_by_hand(self) -> bool:
        """Whether an operator holds it, or whoever restored the database, and not the bot itself."""
        return self.by in (*BY_HAND, HeldBy.RESTORED)

    @property
    def whys(self) -> str:
        """Why, with what the bot itself holds it for besides; empty if nobody said why."""
        also = f"the bot holds it too: {self.also}" if self.also else ""
        return "; ".join(filter(None, (self.why, also)))

    @property
    def reason(self) -> str:
        """The same, and that it is not approved either, if it is so."""
        lack = "it is not approved either" if self.unapproved else ""
        return "; ".join(filter(None, (self.whys, lack)))

    @property
    def told(self) -> str:
        """Since when, and why if that is known."""
        return f"since {moment(self.at)}" + (f": {self.reason}" if self.reason else "")

    @property
    def cause(self) -> str:
        """What tells it from another hold of the same thing: who holds it, and what is in doubt or said."""
        says = self.why and (self.is_doubt or self.is_by_hand)
        return f"{self.by}: {self.why}" if says else str(self.by)

    @property
    def is_doubt(self) -> bool:
        """Whether it may be right as it is, which who knows better says by publishing it."""
        return self.by in (HeldBy.DATE, HeldBy.COPY)

    def release(self, slug: str = "") -> str:
        """The command that lets go what it holds: an issue, or without a slug everything.

        What stopped on its way is resumed, and what is too long, which then comes out on its day. An issue
        that was taken off its day comes out once it is published, and so does one that is in doubt; what was
        not approved, on its day once it is. Publishing asks for no approval; resuming does.
        """
        command = _RELEASES.get(self.by, "publish")
        first = f"jianbao approve {slug}, then " if self.unapproved and command == "resume" else ""
        return f"{first}jianbao {command} {slug}".rstrip()

    def ways(self, slug: str = "") -> tuple[str, ...]:
        """The same in words; of a database that was restored, both ways on."""
        if self.by is HeldBy.RESTORED:
            return _GO_ON, _SKIP
        return (f"{self.release(slug)} lets it go on",)

    def advice(self, slug: str = "") -> str:
        """The ways on in one line."""
        return "; ".join(self.ways(slug))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPushes:
    """Which pushes are to wait: those of some issues, or all.

    Of issues that are ``taken_back``, held or not, what takes them back does not wait.
    """

    everything: bool = False
    issues: frozenset[str] = frozenset()
    taken_back: frozenset[str] = frozenset()

"""One issue on its way to one destination: the ledger's row, and how it changes.

The methods that return a delivery say what became of the one before; nothing of it
counts until the ledger has taken it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self

from bot.model.cut import Cut
from bot.model.destination import Destination
from bot.model.hours import ANY_TIME, Hours

#: Earlier than any clock says: a delivery that need not wait for anything.
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)

#: Why a delivery ended of which nothing had left when its issue was taken back.
NOT_SENT = "taken back before anything was sent"
#: Why one ended that waited for its reader's hour together with a newer one; the newer one's slug follows.
TOLD_WITH = "told in one line with "
#: Why one of those was ended anew, as its issue was taken back: that line stands there no more.
LINE_TAKEN_BACK = "taken back, with the line that told it"
#: Why one ended whose reader wants nothing of an issue that has nothing for them.
OFF_TOPIC = "nothing on the topics"
#: Why one ended that was held while its reader asked for the issue, and got it.
ASKED_FOR = "came as its reader asked for it"
#: Why one ended for which it became too late.
EXPIRED = "not delivered in time"
#: Why one ended of which nothing was to be sent.
NOTHING_LEFT = "nothing left to send"
#: Why one ended that an operator let go no further: the chat may have it, though no part is on record.
LEFT_OUT = "left out by an operator"
#: Why one ended of which a part stands that was corrected, and the rest stays left out.
CORRECTED_PART = "left out, but for a part, which was corrected"
#: The edition of what never stood there whole and is corrected: what is missing stays missing.
PARTLY = "partly"

#: How the reason ends of what was sent without an answer, and goes out once more.
SENT_AGAIN = "sent again, may have come twice"
#: How the reason ends of an edit or a removal without an answer: done twice, it does no harm.
TRIED_AGAIN = "tried again"
#: Why one that stands there is told all the same: of a part nobody knows whether it arrived.
MAY_BE_MISSING = "no answer to a part; not sent again, may be missing"
MAY_BE_DOUBLE = f"no answer to a part; {SENT_AGAIN}"
#: How reasons begin that tell of parts which cannot be changed.
NOT_CORRECTED, NOT_TAKEN_BACK = "not corrected: ", "not taken back: "

#: How the names of parts begin that tell of a correction, before its edition: they stay until all is taken
#: back.
NOTE = "noted-"

#: A delivery is one issue for one chat or thread of it, for one purpose.
Key = tuple[str, int, int, str]


class Purpose(StrEnum):
    """Why an issue goes to a chat. One row per issue, chat and purpose."""

    PUSH = "push"  #: the issue came out, or was the newest when the subscriber joined
    REQUEST = "request"  #: the reader asked for it
    REST = "rest"  #: the reader asked for what a cut had left out
    TEST = "test"  #: an operator looks at it before others do


#: What somebody sits and waits for.
URGENT = (Purpose.REQUEST, Purpose.REST, Purpose.TEST)


class Aim(StrEnum):
    """What a delivery is to bring about in its chat."""

    SEND = "send"  #: every part of the cut stands there
    CORRECT = "correct"  #: all was there before: each part reads as the issue does now
    RETRACT = "retract"  #: no part stands there any more


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    PLANNED = "planned"  #: nothing was done yet
    SENDING = "sending"  #: something was done, or was about to be, and something is left to do
    SENT = "sent"  #: all is as it should be
    FAILED = "failed"  #: given up; the reason says why
    SKIPPED = "skipped"  #: not sent on purpose, or taken back; the reason says why


#: The states with something left to do.
OPEN_STATES = (DeliveryState.PLANNED, DeliveryState.SENDING)


CHANGING = "?"  #: in place of the hash of a content; no hash reads so


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message of an issue as it stands in a chat.

    ``name`` is what of the issue it holds, ``content_hash`` tells whether it reads as it should;
    both are empty if an older program sent it. While it is edited or deleted, and until an answer came,
    that is :data:`CHANGING`. Without ``message_id`` it can be neither
    edited nor deleted: nobody knows whether it arrived, or the reader took it away.
    ``uncertain``: a request for it left and no answer came, so it may stand there twice or not at all.
    ``face`` names what its reader unfolded of it; empty if it stands as it was sent.
    """

    name: str
    message_id: int | None
    content_hash: str = ""
    uncertain: bool = False
    face: str = ""

    @property
    def is_changing(self) -> bool:
        """Whether it may read otherwise than before, or be gone."""
        return self.content_hash == CHANGING


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One issue for one chat, or for one ``thread`` of it, with what stands there of it.

    ``in_flight``: a request left, or was about to, and nothing is known of its answer. ``strays`` counts
    the messages that may stand there besides the parts: nobody knows their ids, so nothing removes them.
    ``not_before`` is aware; nothing is done earlier. ``attempts`` counts the failures of the
    step that is next, ``weight`` weighs them. ``edition`` names the text it was last brought
    up to, or began with. ``hours`` are the reader's, and ``earlier`` names the issues that waited with this
    one and come as a line each. ``version`` grows with every change of the row, whoever makes it: a change of
    an older version is refused. ValueError for what cannot be: numbers below 0, a time without its zone.
    """

    issue_slug: str
    chat_id: int
    purpose: Purpose
    cut: Cut
    aim: Aim = Aim.SEND
    state: DeliveryState = DeliveryState.PLANNED
    parts: tuple[Part, ...] = ()
    in_flight: bool = False
    strays: int = 0
    thread: int = 0
    attempts: int = 0
    weight: int = 0
    not_before: datetime = AT_ONCE
    reason: str | None = None
    edition: str = ""
    version: int = 0
    hours: Hours = ANY_TIME
    earlier: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if min(self.strays, self.attempts, self.weight, self.version) < 0:
            raise ValueError("a delivery counts from 0")
        if self.not_before.tzinfo is None:
            raise ValueError("a time without its zone")

    @property
    def key(self) -> Key:
        """What names the row."""
        return (self.issue_slug, self.chat_id, self.thread, self.purpose)

    @property
    def destination(self) -> Destination:
        """Where it goes."""
        return Destination(self.chat_id, self.thread)

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.state in OPEN_STATES

    @property
    def is_part(self) -> bool:
        """Whether what stands there is corrected, and what was left out is not sent."""
        return self.aim is Aim.CORRECT and self.edition == PARTLY

    @property
    def part_count(self) -> int:
        """How many parts stand in the chat; counted from 0, the part that is next."""
        return len(self.parts)

    @property
    def message_ids(self) -> tuple[int, ...]:
        """Telegram's ids of the parts, as far as known."""
        return tuple(part.message_id for part in self.parts if part.message_id is not None)

    @property
    def uncertain(self) -> int:
        """How many parts may stand in the chat twice or not at all, or may still stand there."""
        return sum(part.uncertain for part in self.parts) + self.strays

    def departing(self) -> Self:
        """A request is about to leave."""
        return replace(self, state=DeliveryState.SENDING, in_flight=True)

    def changing(self, name: str) -> Self:
        """A request is about to leave that edits or deletes the part of that name."""
        parts = tuple(
            replace(part, content_hash=CHANGING) if part.name == name else part for part in self.parts
        )
        return replace(self, state=DeliveryState.SENDING, parts=parts)

    def returned(self, *, in_flight: bool) -> Self:
        """The request did not leave, or was refused; ``in_flight``: an earlier one may have arrived."""
        begun = in_flight or bool(self.parts)
        state = DeliveryState.SENDING if begun else DeliveryState.PLANNED
        return replace(self, state=state, in_flight=in_flight)

    def with_part(self, part: Part) -> Self:
        """The part stands as it should: in place of the one of its name, or after all others."""
        if any(known.name == part.name for known in self.parts):
            return self._with(tuple(part if known.name == part.name else known for known in self.parts))
        return replace(self._with((*self.parts, part)), in_flight=False)

    def without_part(self, name: str) -> Self:
        """The part of that name stands there no more; of an uncertain one a copy may."""
        strays = self.strays + sum(part.uncertain for part in self.parts if part.name == name)
        return self._with(tuple(part for part in self.parts if part.name != name), strays)

    def _with(self, parts: tuple[Part, ...], strays: int | None = None) -> Self:
        strays = self.strays if strays is None else strays
        done = replace(self, state=DeliveryState.SENDING, parts=parts, strays=strays, attempts=0, weight=0)
        return replace(done, reason=done.lasting_reason)

    @property
    def lasting_reason(self) -> str | None:
        """What is still to be told of what stands there: why it was put off is not."""
        reason = self.reason or ""
        if reason.startswith((NOT_CORRECTED, NOT_TAKEN_BACK)):
            return reason
        if not self.uncertain:
            return None
        if reason == MAY_BE_MISSING or reason.endswith(SENT_AGAIN):
            return reason
        missing = any(part.uncertain and part.message_id is None for part in self.parts)
        return MAY_BE_MISSING if missing else MAY_BE_DOUBLE

    def finished(self, edition: str) -> Self:
        """All that was to be done is done. What is taken back, or stands in part, keeps its edition."""
        if self.aim is Aim.RETRACT:
            return self.closed(DeliveryState.SKIPPED, self._taken_back())
        if self.is_part:
            return self.closed(DeliveryState.SKIPPED, CORRECTED_PART)
        return replace(self.closed(DeliveryState.SENT, self.lasting_reason), edition=edition)

    def _taken_back(self) -> str:
        """Whether nothing stands there, as far as anybody knows."""
        if any(part.message_id is None for part in self.parts):
            return self.lasting_reason or "taken back, but for a part that nobody can find"
        if self.uncertain or self.in_flight:
            return "taken back, but for a copy that may stand there, which nobody can find"
        return "taken back"

    def deferred(self, until: datetime, reason: str, *, attempts: int, weight: int) -> Self:
        """The step failed; again from ``until`` on."""
        return replace(self, not_before=until, reason=reason, attempts=attempts, weight=weight)

    def closed(self, state: DeliveryState, reason: str | None) -> Self:
        """Nothing more is done; what is still in flight may have arrived."""
        strays = self.strays + self.in_flight
        return replace(self, state=state, reason=reason, in_flight=False, strays=strays)

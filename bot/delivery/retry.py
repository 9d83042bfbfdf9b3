"""What to do with a delivery after an error. Decides; does nothing.

=============== ====================================================================
ChatGone        stop: nothing more to this chat
ChatClosed      close: give up everything that waits for the chat, until the operator retries it
ThreadClosed    shut: leave this thread of the chat alone until it is open
ChatMoved       follow: continue in the chat with the new id
MessageRefused  park: Telegram would refuse it again
TryLater, timed again after exactly that time, at most a day; it does not count as a failure
TryLater        again, later each time, for a day
Uncertain       of a part that was sent, again a few times: twice is better than missing;
                of an edit or a removal, which do no harm twice, again for a day
StoreError      again, later each time, for a day
anything else   again, a few times: a fault of the program
=============== ====================================================================
"""

from dataclasses import dataclass
from itertools import accumulate, count
from math import ceil, ldexp

from bot.errors import (
    ChatClosed,
    ChatGone,
    ChatMoved,
    MessageRefused,
    StoreError,
    ThreadClosed,
    TryLater,
    Uncertain,
)
from bot.model import SENT_AGAIN, TRIED_AGAIN

FIRST_WAIT = 2.0  # seconds; each later wait is twice as long
LONGEST_WAIT = 900.0  # seconds; after an outage ends, nobody waits longer than this
LONGEST_ASKED = 86_400.0  # seconds that Telegram's request to wait is followed before trying again
GIVE_UP_AFTER = 86_400.0  # seconds of waits between light failures


def _wait(attempts: int) -> float:
    """Mean seconds until the next try after so many failures."""
    return min(ldexp(FIRST_WAIT, min(attempts, 30)), LONGEST_WAIT)


def _failures_within(seconds: float) -> int:
    """How many failures in a row it takes until their waits add up to so many seconds."""
    sums = accumulate(_wait(attempts) for attempts in count())
    return next(number for number, waited in enumerate(sums, start=1) if waited >= seconds)


MOST_WEIGHT = _failures_within(GIVE_UP_AFTER)  # so that light failures, each of weight 1, go on for a day
HEAVY = ceil(MOST_WEIGHT / 6)  # one that may have sent the part, or is our fault: the sixth is the last
UNKNOWN_ATTEMPTS = 4  # a doubtful one behind two heavy ones counts as so many: six take a quarter of an hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Send nothing more to the chat. ``blocked`` as in ChatGone."""

    reason: str
    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Park:
    """Give up the delivery and log an error."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Give up everything that waits for the chat, because the bot may not write there."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """Skip what waits for this thread of the chat, which is closed or gone."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Continue in the chat with that id."""

    chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Try the step again ``after`` so many seconds; ``attempts`` and ``weight`` are the new counts.

    ``unknown``: a part may have been sent nevertheless.
    """

    reason: str
    after: float
    attempts: int
    weight: int
    unknown: bool = False


AboutChat = Stop | Close | Shut | Follow
RetryDecision = AboutChat | Park | Again


def decide(
    error: Exception, *, attempts: int, weight: int, jitter: float, sends: bool = True
) -> RetryDecision:
    """What to do after ``error``; ``attempts`` counts the failures before it, ``weight`` weighs them.

    ``jitter`` is random, from 0 up to 1: it spreads deliveries that wait for the same thing. ``sends``:
    the step sends a part; to edit or remove one twice does no harm.
    """
    match error:
        case ChatGone() | ChatClosed() | ChatMoved():
            return _about_chat(error)
        case MessageRefused():
            return Park(reason=error.reason)
        case TryLater(after=wanted) if wanted > 0:
            after = min(wanted, LONGEST_ASKED)
            return Again(reason=error.reason, after=after, attempts=attempts, weight=weight)
        case Uncertain() if sends:
            counted = UNKNOWN_ATTEMPTS if weight >= 2 * HEAVY else 1
            return _again(_and(error, SENT_AGAIN), attempts, weight + HEAVY, jitter, counted, unknown=True)
        case TryLater() | StoreError() | Uncertain():
            reason = _and(error, TRIED_AGAIN) if isinstance(error, Uncertain) else str(error)
            return _again(reason, attempts, weight + 1, jitter)
        case _:
            return _again(f"{type(error).__name__}: {error}", attempts, weight + HEAVY, jitter)


def _and(error: Uncertain, what: str) -> str:
    return f"{error.reason}; {what}"


def _about_chat(error: ChatGone | ChatClosed | ChatMoved) -> AboutChat:
    match error:
        case ChatGone():
            return Stop(reason=error.reason, blocked=error.blocked)
        case ThreadClosed():
            return Shut(reason=error.reason)
        case ChatClosed():
            return Close(reason=error.reason)
        case ChatMoved():
            return Follow(chat_id=error.chat_id)


def _again(
    reason: str, attempts: int, weight: int, jitter: float, counted: int = 1, *, unknown: bool = False
) -> RetryDecision:
    """Try again, or give up; ``attempts`` counts earlier failures, ``weight`` weighs them and this one."""
    if weight >= MOST_WEIGHT:
        return Park(reason=f"given up: {reason}")
    wait = _wait(attempts) * (0.75 + jitter / 2)
    return Again(reason=reason, after=wait, attempts=attempts + counted, weight=weight, unknown=unknown)

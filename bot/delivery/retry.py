"""What to do about a delivery after an error. Decides; does nothing.

=============== ====================================================================
ChatGone        stop: nothing more to this chat
ChatClosed      close: all that waits for the chat is given up until the operator retries it
ChatMoved       follow: the chat goes on under another id
MessageRefused  park: Telegram would refuse it again
TryLater, timed again after just that long, a day at most; it does not count as a failure
TryLater        again, later each time, for a day
Uncertain       again: a section twice is better than a section missing
StoreError      again, later each time, for a day
anything else   again, a few times: our own fault
=============== ====================================================================
"""

from dataclasses import dataclass
from itertools import accumulate, count
from math import ceil, ldexp

from bot.errors import ChatClosed, ChatGone, ChatMoved, MessageRefused, StoreError, TryLater, Uncertain

FIRST_WAIT = 2.0  # seconds; each later wait is twice as long
LONGEST_WAIT = 900.0  # seconds; so long, at most, does anyone wait after an outage ends
LONGEST_TOLD = 86_400.0  # seconds; whoever must wait longer asks again after a day
GIVE_UP_AFTER = 86_400.0  # seconds of waits between light failures


def _wait(attempts: int) -> float:
    """Seconds until the next try after so many failures, in the mean."""
    return min(ldexp(FIRST_WAIT, min(attempts, 30)), LONGEST_WAIT)


def _failures_within(seconds: float) -> int:
    """How many failures one after the other it takes until their waits add up to so much."""
    sums = accumulate(_wait(attempts) for attempts in count())
    return next(number for number, waited in enumerate(sums, start=1) if waited >= seconds)


MOST_WEIGHT = _failures_within(GIVE_UP_AFTER)  # so that light failures, each of weight 1, go on for a day
HEAVY = ceil(MOST_WEIGHT / 5)  # what may have sent the part, or is a fault of ours: the fifth is the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Nobody is there. ``blocked`` as in ChatGone."""

    reason: str
    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Park:
    """Give the delivery up and tell the operator."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Give up all that waits for the chat: the bot may not write there."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Go on in the chat of that id."""

    chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The same step again ``after`` so many seconds; ``attempts`` and ``weight`` are what to keep.

    ``unknown``: the step may have been done all the same.
    """

    reason: str
    after: float
    attempts: int
    weight: int
    unknown: bool = False


RetryDecision = Stop | Park | Close | Follow | Again


def decide(error: Exception, *, attempts: int, weight: int, jitter: float) -> RetryDecision:
    """What to do after ``error``; ``attempts`` counts the failures before it, ``weight`` weighs them.

    ``chance`` is random, from 0 up to 1: it spreads those who wait for the same thing.
    """
    match error:
        case ChatGone() | ChatClosed() | ChatMoved():
            return _about_chat(error)
        case MessageRefused():
            return Park(reason=error.reason)
        case TryLater(after=wanted) if wanted > 0:
            after = min(wanted, LONGEST_TOLD)
            return Again(reason=error.reason, after=after, attempts=attempts, weight=weight)
        case TryLater() | StoreError():
            return _again(str(error), attempts, weight + 1, jitter)
        case Uncertain():
            reason = f"{error.reason}; sent again, may have come twice"
            return _again(reason, attempts, weight + HEAVY, jitter, unknown=True)
        case _:
            return _again(f"{type(error).__name__}: {error}", attempts, weight + HEAVY, jitter)


def _about_chat(error: ChatGone | ChatClosed | ChatMoved) -> Stop | Close | Follow:
    match error:
        case ChatGone():
            return Stop(reason=error.reason, blocked=error.blocked)
        case ChatClosed():
            return Close(reason=error.reason)
        case ChatMoved():
            return Follow(chat_id=error.chat_id)


def _again(reason: str, attempts: int, weight: int, jitter: float, *, unknown: bool = False) -> RetryDecision:
    """``attempts`` counts the failures before this one, ``weight`` weighs them and this one."""
    if weight >= MOST_WEIGHT:
        return Park(reason=f"given up: {reason}")
    wait = _wait(attempts) * (0.75 + jitter / 2)
    return Again(reason=reason, after=wait, attempts=attempts + 1, weight=weight, unknown=unknown)

"""What to do about a delivery after an error. Decides; does nothing.

=============== ====================================================================
ChatGone        stop: nothing more to this chat
ChatClosed      close: all that waits for the chat is given up until the operator retries it
ChatMoved       follow: the chat goes on under another id
MessageRefused  park: Telegram would refuse it again
TryLater, told  again after just that long, a day at most; it does not count as a failure
TryLater        again, later each time, for about a day
Uncertain       again: a section twice is better than a section missing
StoreError      again, later each time, for about a day
anything else   again, a few times: our own fault
=============== ====================================================================
"""

from dataclasses import dataclass

from bot.errors import ChatClosed, ChatGone, ChatMoved, MessageRefused, StoreError, TryLater, Uncertain

FIRST_WAIT = 2.0  # seconds
LONGEST_WAIT = 900.0  # seconds; so long, at most, does anyone wait after an outage ends
LONGEST_TOLD = 86_400.0  # seconds; whoever is told to wait longer asks again after a day
MOST_ATTEMPTS = 100  # with the waits above, about a day
HEAVY = 20  # what may have sent the part, or is a fault of ours, weighs as much as this many


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
    """The same step again after so many seconds; ``attempts`` is the count to keep.

    ``unknown``: the step may have been done all the same.
    """

    reason: str
    after: float
    attempts: int
    unknown: bool = False


RetryDecision = Stop | Park | Close | Follow | Again


def decide(error: Exception, *, attempts: int, chance: float) -> RetryDecision:
    """What to do after ``error``, with ``attempts`` counted before it.

    ``chance`` is random, from 0 up to 1: it spreads those who wait for the same thing.
    """
    match error:
        case ChatGone() | ChatClosed() | ChatMoved():
            return _about_chat(error)
        case MessageRefused():
            return Park(reason=error.reason)
        case TryLater(after=told) if told > 0:
            return Again(reason=error.reason, after=min(told, LONGEST_TOLD), attempts=attempts)
        case TryLater() | StoreError():
            return _again(str(error), attempts, 1, chance)
        case Uncertain():
            reason = f"{error.reason}; sent again, may have come twice"
            return _again(reason, attempts, HEAVY, chance, unknown=True)
        case _:
            return _again(f"{type(error).__name__}: {error}", attempts, HEAVY, chance)


def _about_chat(error: ChatGone | ChatClosed | ChatMoved) -> Stop | Close | Follow:
    match error:
        case ChatGone():
            return Stop(reason=error.reason, blocked=error.blocked)
        case ChatClosed():
            return Close(reason=error.reason)
        case ChatMoved():
            return Follow(chat_id=error.chat_id)


def _again(reason: str, attempts: int, weight: int, chance: float, *, unknown: bool = False) -> RetryDecision:
    counted = attempts + weight
    if counted >= MOST_ATTEMPTS:
        return Park(reason=f"given up: {reason}")
    # Of both weights each failure counts once here: one heavy failure must not make a light one wait long.
    doublings = attempts // HEAVY + attempts % HEAVY
    wait = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    return Again(reason=reason, after=wait * (0.5 + chance / 2), attempts=counted, unknown=unknown)

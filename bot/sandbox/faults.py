"""Misbehaving on demand: what networks, people and Telegram do to a bot."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from bot.sandbox.errors import ApiError, forbidden, too_many


class FaultKind(StrEnum):
    """What goes wrong."""

    TOO_MANY = "429"  #: refused with retry_after
    BLOCKED = "blocked"  #: 403, the person blocked the bot
    DEACTIVATED = "deactivated"  #: 403, the account is gone
    UNAUTHORIZED = "401"  #: the token is refused
    SERVER_ERROR = "5xx"  #: Telegram is out of order
    SLOW = "slow"  #: acts, but only after a delay; not at all if the client has gone by then
    STALL = "stall"  #: acts at once, and answers only after a delay; hardly anybody waits for it
    RESET = "reset"  #: the connection breaks before anything was done
    DROP = "drop"  #: acts, then the connection breaks without an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of trouble and whom it hits.

    ``chats`` empty: every chat; ``methods`` empty: every method that names a chat.
    ``times``: how many requests are hit; None: for ever. ``share``: how many of those that come, 0 to 1.
    ``burst``: how many in a row are hit once one is drawn, so that of all requests more than the share is.
    ``after`` is the retry_after of a 429, ``delay`` the seconds of a slow or stalled answer, ``code`` the
    status of a 5xx.
    """

    kind: FaultKind
    chats: frozenset[int] = frozenset()
    methods: frozenset[str] = frozenset()
    times: int | None = 1
    share: float = 1.0
    burst: int = 1
    after: int = 1
    delay: float = 1.0
    code: int = 502

    def __post_init__(self) -> None:
        numbers = (self.times or 0, self.share, self.burst, self.after, self.delay, self.code, *self.chats)
        if not all(isinstance(number, int | float) for number in numbers):
            raise TypeError("times, share, burst, after, delay, code and chats are numbers")
        if self.burst < 1:
            raise ValueError("a burst is of one request or more")
        if not 500 <= self.code <= 599:
            raise ValueError(f"{self.code} is no 5xx")

    def concerns(self, method: str, chat_id: int | None) -> bool:
        """Whether a request is of the sort that it hits."""
        if self.chats and chat_id not in self.chats:
            return False
        return method in self.methods if self.methods else chat_id is not None

    @property
    def refusal(self) -> ApiError | None:
        """The answer of those kinds that answer with an error."""
        return {
            FaultKind.TOO_MANY: too_many(self.after),
            FaultKind.BLOCKED: forbidden("bot was blocked by the user"),
            FaultKind.DEACTIVATED: forbidden("user is deactivated"),
            FaultKind.UNAUTHORIZED: ApiError(401, "Unauthorized"),
            FaultKind.SERVER_ERROR: ApiError(
                self.code, "Bad Gateway" if self.code == 502 else "Internal Server Error"
            ),
        }.get(self.kind)


@dataclass(slots=True)
class _Order:
    fault: Fault
    used: int = 0
    coming: int = 0  # of a burst that was drawn

    @property
    def spent(self) -> bool:
        return self.fault.times is not None and self.used >= self.fault.times

    def hits(self, drawn: float) -> bool:
        """Whether a request is hit, counted as used; ``drawn`` is from 0 to 1."""
        if self.spent:
            return False
        if not self.coming and drawn < self.fault.share:
            self.coming = self.fault.burst
        hit = self.coming > 0
        self.coming -= hit
        self.used += hit
        return hit


class Faults:
    """The trouble ordered so far; ``random`` draws the shares.

    Each order draws for itself, in the order they came, and the first that hits is the request's fault:
    a later one has its share of what the earlier left, which for small shares is nearly its share of all
    (2 % after 5 % is 1.9 %). So what always hits belongs behind what rarely does.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        self._orders: list[_Order] = []

    def add(
        self, kind: FaultKind | str, *, chats: Iterable[int] = (), methods: Iterable[str] = (), **fields: Any
    ) -> Fault:
        """Order trouble; ``fields`` are the others of :class:`Fault`. ValueError or TypeError if unknown."""
        fault = Fault(kind=FaultKind(kind), chats=frozenset(chats), methods=frozenset(methods), **fields)
        self._orders.append(_Order(fault))
        return fault

    def clear(self) -> None:
        """Behave again."""
        self._orders.clear()

    def draw(self, method: str, chat_id: int | None) -> Fault | None:
        """The trouble for this request, counted as used; None to behave."""
        for order in self._orders:
            if order.fault.concerns(method, chat_id) and order.hits(self._random.random()):
                return order.fault
        return None

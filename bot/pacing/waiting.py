"""The slots that wait, and which of them is next.

Replies go before broadcasts, and equals in the order in which they came. In a chat the same order
holds, one after the other. So chats that ask again after each message take turns, and a slot that must
wait for its chat, or for the unpaid rate, holds up no other.

Each chat has a line, and only the first of a line is offered: in ``resting`` until its chat allows it,
and then in one of the two ``ready``.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf

from bot.pacing.chats import Chats
from bot.pacing.priority import Priority


@dataclass(slots=True, kw_only=True, eq=False)
class Slot:
    """One message that waits, or is in flight.

    ``granted`` is done when it may be sent; ``sent`` is when it was, in seconds of the monotonic
    clock; ``offered``: it is in one of the heaps of :class:`Waiting`.
    """

    chat_id: int
    priority: Priority
    paid: bool
    granted: asyncio.Future[None]
    sent: float = inf
    offered: bool = False


_Entry = tuple[Priority, int, Slot]  #: in this order, of which the second is that of arrival


class Waiting:
    """All slots that are not granted yet. ``chats`` says when each chat allows one."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self._order = count()
        self._lines: dict[int, list[_Entry]] = {}
        self._resting: list[tuple[float, _Entry]] = []
        self._ready_paid: list[_Entry] = []
        self._ready_unpaid: list[_Entry] = []

    def add(self, slot: Slot, now: float) -> None:
        """Put a slot in its chat's line."""
        line = self._lines.setdefault(slot.chat_id, [])
        heappush(line, (slot.priority, next(self._order), slot))
        self.offer(slot.chat_id, now)

    def offer(self, chat_id: int, now: float) -> None:
        """Offer the first slot of the chat's line; call it whenever the line or the chat's gate changed."""
        entry = self._first(chat_id)
        if entry is None or entry[2].offered:
            return
        slot = entry[2]
        free_at = self._chats.free_at(chat_id, priority=slot.priority)
        if free_at == inf:
            return
        slot.offered = True
        if free_at <= now:
            heappush(self._ready_of(slot), entry)
        else:
            heappush(self._resting, (free_at, entry))

    def take(self, now: float, *, unpaid: bool) -> Slot | None:
        """Remove and return the next slot; ``unpaid``: it may be one that cannot be paid."""
        while self._resting and self._resting[0][0] <= now:
            entry = heappop(self._resting)[1]
            heappush(self._ready_of(entry[2]), entry)
        while ready := self._foremost(unpaid=unpaid):
            entry = heappop(ready)
            if self._stands(entry, now):
                self._leave(entry)
                return entry[2]
        return None

    def next_at(self, unpaid_at: float) -> float:
        """When the next slot may be free; ``unpaid_at``: when one that cannot be paid may be."""
        if not self._lines:  # whatever the heaps hold was given up
            return inf
        if self._ready_paid:
            return -inf
        resting = self._resting[0][0] if self._resting else inf
        return min(resting, unpaid_at) if self._ready_unpaid else resting

    @property
    def counts(self) -> dict[Priority, int]:
        """How many wait, by priority."""
        waiting = Counter(entry[0] for line in self._lines.values() for entry in line)
        return {priority: waiting[priority] for priority in Priority}

    def _first(self, chat_id: int) -> _Entry | None:
        """The first of the line that was not given up; None if there is none."""
        line = self._lines.get(chat_id)
        if line is None:
            return None
        while line and line[0][2].granted.done():
            heappop(line)
        if line:
            return line[0]
        del self._lines[chat_id]
        return None

    def _ready_of(self, slot: Slot) -> list[_Entry]:
        return self._ready_paid if slot.paid else self._ready_unpaid

    def _foremost(self, *, unpaid: bool) -> list[_Entry]:
        """The heap whose first is sent before the other's."""
        if not unpaid or not self._ready_unpaid:
            return self._ready_paid
        if self._ready_paid and self._ready_paid[0] < self._ready_unpaid[0]:
            return self._ready_paid
        return self._ready_unpaid

    def _stands(self, entry: _Entry, now: float) -> bool:
        """Whether the offer still holds: the slot may have been given up or overtaken meanwhile."""
        slot = entry[2]
        slot.offered = False
        if (
            self._first(slot.chat_id) is entry
            and self._chats.free_at(slot.chat_id, priority=slot.priority) <= now
        ):
            return True
        self.offer(slot.chat_id, now)
        return False

    def _leave(self, entry: _Entry) -> None:
        chat_id = entry[2].chat_id
        heappop(self._lines[chat_id])
        if not self._lines[chat_id]:
            del self._lines[chat_id]

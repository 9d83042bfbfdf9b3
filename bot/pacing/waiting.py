"""The slots that wait, and which of them is next.

Where both wait, replies and broadcasts take turns, five broadcasts for four replies, so that neither
can take more than about half from the other. Among replies that chat is next which was sent the least
of late: who asks without end waits behind everybody else. Broadcasts go in the order in which they came.
In a chat replies go first, and equals one after the other. A slot that must wait for its chat, or for
the unpaid rate, holds up no other.

Each chat has a line, and only the first of a line is offered: in ``resting`` until its chat allows it,
and then in one of the ``ready``.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf

from bot.pacing.chats import Chats
from bot.pacing.priority import Priority

_BROADCASTS_A_REPLY = 1.25  # where both wait: a little more than half of what there is


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
_Ready = list[tuple[float, int, _Entry]]  #: a heap: by what the chat was sent of late, then by arrival


class Waiting:
    """All slots that are not granted yet. ``chats`` says when each chat allows one."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self._order = count()
        self._lines: dict[int, list[_Entry]] = {}
        self._resting: list[tuple[float, _Entry]] = []
        self._ready: dict[tuple[Priority, bool], _Ready] = {
            (priority, paid): [] for priority in Priority for paid in (True, False)
        }
        self._owed = 0.0  # broadcasts that replies went before, and that go before the next one

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
            self._make_ready(entry)
        else:
            heappush(self._resting, (free_at, entry))

    def take(self, now: float, *, unpaid: bool) -> Slot | None:
        """Remove and return the next slot; ``unpaid``: it may be one that cannot be paid."""
        while self._resting and self._resting[0][0] <= now:
            self._make_ready(heappop(self._resting)[1])
        while ready := self._foremost(unpaid=unpaid):
            entry = heappop(ready)[-1]
            if self._stands(entry, now):
                self._leave(entry)
                self._settle(entry[0])
                return entry[2]
        return None

    def next_at(self, unpaid_at: float) -> float:
        """When the next slot may be free; ``unpaid_at``: when one that cannot be paid may be."""
        if not self._lines:  # whatever the heaps hold was given up
            return inf
        if any(self._ready[priority, True] for priority in Priority):
            return -inf
        resting = self._resting[0][0] if self._resting else inf
        any_unpaid = any(self._ready[priority, False] for priority in Priority)
        return min(resting, unpaid_at) if any_unpaid else resting

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

    def _make_ready(self, entry: _Entry) -> None:
        priority, arrived, slot = entry
        served = self._chats.served_until(slot.chat_id) if priority is Priority.REPLY else -inf
        heappush(self._ready[priority, slot.paid], (served, arrived, entry))

    def _foremost(self, *, unpaid: bool) -> _Ready:
        """The heap whose first is next; an empty one if there is none."""
        for priority in sorted(Priority, reverse=self._owed >= 1):
            paid, free = self._ready[priority, True], self._ready[priority, False] if unpaid else []
            if ready := min(filter(None, (paid, free)), default=None):
                return ready
        return []

    def _settle(self, granted: Priority) -> None:
        """Note whose turn it was."""
        if granted is Priority.BROADCAST:
            self._owed -= self._owed >= 1
        elif self._ready[Priority.BROADCAST, True] or self._ready[Priority.BROADCAST, False]:
            self._owed += _BROADCASTS_A_REPLY

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

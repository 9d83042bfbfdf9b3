"""What is said or sent to a chat once or some times a day at most."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime

_MOST = 10_000  # chats that are remembered


class PerDay:
    """Counts up to ``most`` for each chat of the day, in this process alone. ``now`` tells the time."""

    def __init__(self, now: Callable[[], datetime], *, most: int) -> None:
        self._now = now
        self._most = most
        self._counted: OrderedDict[int, tuple[date, int]] = OrderedDict()

    @property
    def remembered(self) -> int:
        """How many chats are remembered."""
        return len(self._counted)

    def forget(self, chat_id: int) -> None:
        """Remember nothing of the chat."""
        self._counted.pop(chat_id, None)

    def allows(self, chat_id: int) -> bool:
        """Whether it may be done once more today, which is counted then."""
        today = self._now().date()
        day, times = self._counted.get(chat_id, (today, 0))
        times = times if day == today else 0
        if times >= self._most:
            return False
        self._counted[chat_id] = today, times + 1
        self._counted.move_to_end(chat_id)
        if len(self._counted) > _MOST:
            self._counted.popitem(last=False)
        return True


class OncePerDay(PerDay):
    """Remembers the chats of the day, in this process alone. ``now`` tells the time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now, most=1)

    def first(self, chat_id: int) -> bool:
        """Whether this is the chat's first time today."""
        return self.allows(chat_id)

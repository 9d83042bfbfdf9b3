"""What is said to a chat once a day at most."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime

_MOST = 10_000  # chats that are remembered


class OncePerDay:
    """Remembers the chats of the day, in this process alone. ``now`` tells the time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._told: OrderedDict[int, date] = OrderedDict()

    def forget(self, chat_id: int) -> None:
        """Remember nothing of the chat."""
        self._told.pop(chat_id, None)

    def first(self, chat_id: int) -> bool:
        """Whether this is the chat's first time today."""
        today = self._now().date()
        if self._told.get(chat_id) == today:
            return False
        self._told[chat_id] = today
        self._told.move_to_end(chat_id)
        if len(self._told) > _MOST:
            self._told.popitem(last=False)
        return True

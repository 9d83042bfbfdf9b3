"""How often a chat may do a thing: some times an hour, so that nobody takes what all share."""

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
_MOST_CHATS = 10_000  # that are remembered


@dataclass(slots=True)
class _Asked:
    """When the latest were asked for, and whether the chat was told that these are too many."""

    times: deque[datetime]
    told: bool = False


class Allowance:
    """What chats asked for, in this process alone: at most ``most`` things each ``within`` that time."""

    def __init__(self, most: int, now: Callable[[], datetime], *, within: timedelta = _HOUR) -> None:
        self._most = most
        self._now = now
        self._within = within
        self._asked: OrderedDict[int, _Asked] = OrderedDict()

    @property
    def remembered(self) -> int:
        """Of how many chats it is known what they asked for."""
        return len(self._asked)

    def note(self, chat_id: int) -> None:
        """Note that the chat asked for one and gets it."""
        asked = self._asked.setdefault(chat_id, _Asked(deque(maxlen=self._most)))
        asked.times.append(self._now())
        asked.told = False
        self._asked.move_to_end(chat_id)
        if len(self._asked) > _MOST_CHATS:
            self._asked.popitem(last=False)

    def minutes_left(self, chat_id: int) -> int:
        """In how many minutes the chat may ask again; 0 for now."""
        asked = self._asked.get(chat_id)
        if asked is None or len(asked.times) < self._most:
            return 0
        return max(0, ceil((asked.times[0] + self._within - self._now()) / _MINUTE))

    def tells(self, chat_id: int) -> bool:
        """Whether the chat is to be told that it must wait: the first time since it asked for too much."""
        asked = self._asked.get(chat_id)
        if asked is None or asked.told:
            return False
        asked.told = True
        return True

    def forget(self, chat_id: int) -> None:
        """Remember nothing of the chat."""
        self._asked.pop(chat_id, None)

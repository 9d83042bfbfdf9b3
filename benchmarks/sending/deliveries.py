"""What arrived at the stand-in, and when."""

from array import array
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What became of the messages that were asked for; see :class:`benchmarks.sending.figures.Report`."""

    lost: int
    doubled: int
    disordered: int


class Deliveries:
    """The accepted messages in the order of their arrival, 24 bytes each."""

    def __init__(self) -> None:
        self._chats = array("q")
        self._parts = array("q")
        self._times = array("d")

    def __len__(self) -> int:
        return len(self._times)

    def add(self, chat: int, text: str, now: float) -> None:
        """Keep one; the text begins with the number of its part and a bar."""
        number = text.partition("|")[0]
        self._chats.append(chat)
        self._parts.append(int(number) if number.isdecimal() else 0)
        self._times.append(now)

    def summary(self, chats: int, parts: int) -> Summary:
        """Against so many chats with the parts from 1 on."""
        seen: set[tuple[int, int]] = set()
        highest: dict[int, int] = {}
        doubled = disordered = 0
        for one in zip(self._chats, self._parts, strict=True):
            chat, part = one
            if one in seen:
                doubled += 1
            elif part < highest.get(chat, 0):
                disordered += 1
            seen.add(one)
            highest[chat] = max(part, highest.get(chat, 0))
        arrived = sum(1 <= part <= parts for _, part in seen)
        return Summary(lost=chats * parts - arrived, doubled=doubled, disordered=disordered)

    def ends(self) -> tuple[float, float]:
        """When the first and the last arrived; zeros where none did."""
        return (self._times[0], self._times[-1]) if self._times else (0.0, 0.0)

    def per_second(self) -> tuple[int, ...]:
        """How many arrived in each second from the first on."""
        first, last = self.ends()
        counts = Counter(int(time - first) for time in self._times)
        return tuple(counts[second] for second in range(int(last - first) + 1)) if self._times else ()

    def busiest(self) -> int:
        """The most in any second, wherever it begins."""
        most = start = 0
        for end, time in enumerate(self._times):
            while self._times[start] <= time - 1:
                start += 1
            most = max(most, end - start + 1)
        return most

"""Whether a 429 concerns one chat or the bot: Telegram's answer does not say.

One that concerns a chat comes alone. If another chat is refused within half a second, the bot sends
too much; at less than four messages a second, within the time of two of them.
"""

from math import inf

TOGETHER = 0.5  # seconds


class Refusals:
    """Remembers the last 429. ``now`` is in seconds of a monotonic clock."""

    __slots__ = ("_at", "_chat_id")

    def __init__(self) -> None:
        self._at = -inf
        self._chat_id = 0

    def is_about_the_bot(self, chat_id: int, now: float, limit: float) -> bool:
        """Note a 429 of ``chat_id``; returns whether it concerns the bot. ``limit`` is messages a second."""
        together = now - self._at <= max(TOGETHER, 2 / limit)
        another = chat_id != self._chat_id
        self._at, self._chat_id = now, chat_id
        return together and another

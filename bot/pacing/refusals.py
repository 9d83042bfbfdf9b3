"""Whether a 429 concerns one chat or the bot: Telegram's answer does not say.

One that concerns a chat comes alone. If another chat is refused within half a second, the bot sends
too much; at less than four messages a second, within the time of two of them. But of hundreds that
were accepted meanwhile, a few that were refused are what a moment's bunching costs, or trouble of
their chats: then it takes one in a hundred, with as many half seconds between them.
"""

from math import ceil

TOGETHER = 0.5  # seconds
FEW = 0.01  # of the messages accepted in a second


class Refusals:
    """Remembers the last 429 of each chat. ``now`` is in seconds of a monotonic clock."""

    __slots__ = ("_refused",)

    def __init__(self) -> None:
        self._refused: dict[int, float] = {}

    def is_about_the_bot(self, chat_id: int, now: float, *, limit: float, accepted: int) -> bool:
        """Note a 429 of ``chat_id``; returns whether it concerns the bot.

        ``limit`` is messages a second, ``accepted`` how many were accepted in the last one.
        """
        self._refused[chat_id] = now
        proof = max(2, ceil(FEW * accepted))
        since = now - max(TOGETHER, 2 / limit) * (proof - 1)
        self._refused = {chat: at for chat, at in self._refused.items() if at >= since}
        return len(self._refused) >= proof

"""Where something happened, for who looks after that later."""

import asyncio


class ChangedChats:
    """The channels and groups in which something happened since they were taken last."""

    def __init__(self) -> None:
        self._chats: set[int] = set()
        self.news = asyncio.Event()

    def note(self, chat_id: int) -> None:
        """Something happened there; in a private chat nothing is kept on top."""
        if chat_id < 0:
            self._chats.add(chat_id)
            self.news.set()

    def take(self) -> frozenset[int]:
        """Those of now; nothing is noted any more."""
        taken = frozenset(self._chats)
        self._chats.clear()
        self.news.clear()
        return taken

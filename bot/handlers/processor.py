"""Many people at once, and each person's updates one after the other."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram import Update
from telegram.ext import BaseUpdateProcessor

log = structlog.get_logger()

_AT_ONCE = 64
_MOST_WAITING = 20  # updates of one chat; nobody types or taps faster
_UNBOUNDED = 1_000_000  # the base class counts what waits, too; the bounds that matter are above


class InOrderPerChat(BaseUpdateProcessor):
    """Handles 64 updates at a time, never two of one chat: two fast taps keep their order.

    A chat with twenty updates waiting loses what comes on top of them, so that nobody
    who hammers the bot makes others wait.
    """

    def __init__(self) -> None:
        super().__init__(_UNBOUNDED)
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[int] = Counter()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update once the chat's earlier ones are done."""
        chat = update.effective_chat if isinstance(update, Update) else None
        chat_id = chat.id if chat else 0
        if self._waiting[chat_id] >= _MOST_WAITING:
            log.warning("update dropped", chat=chat_id)
            if isinstance(coroutine, Coroutine):
                coroutine.close()
            return
        self._waiting[chat_id] += 1
        try:
            async with self._lock(chat_id), self._slots:
                await coroutine
        finally:
            self._waiting[chat_id] -= 1
            self._waiting += Counter()  # forgets the chats that have none

    def _lock(self, chat_id: int) -> asyncio.Lock:
        lock = self._locks.get(chat_id) or asyncio.Lock()
        self._locks[chat_id] = lock
        return lock

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

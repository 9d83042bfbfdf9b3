"""Updates of many chats at once, those of one chat one after the other."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any, Protocol
from weakref import WeakValueDictionary

import structlog
from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.errors import StoreError
from bot.handlers.turns import turn

log = structlog.get_logger()

_AT_ONCE = 256  # most of them wait for the slot of their reply; in a flood others must find one free
_MOST_WAITING = 20  # updates of one chat; nobody types or taps faster
_UNBOUNDED = 1_000_000  # the base class also counts updates that wait; the limits that matter are above


class Updates(Protocol):
    """Which updates were handled."""

    async def known(self, update_id: int) -> bool:
        """Whether the update was handled."""

    async def note(self, update_id: int, now: datetime) -> None:
        """Record that the update was handled."""


class InOrderPerChat(BaseUpdateProcessor):
    """Handles 256 updates at a time, never two of one chat: two fast taps keep their order.

    An update that was handled before a restart, or by another process, is not handled again: Telegram
    repeats updates that were not confirmed.

    If twenty updates of a chat wait, further ones are dropped, so that a flood in one chat does not
    make others wait. One whose answer must wait for its chat ends its turn (`turns.py`): the next are
    handled meanwhile, and it counts as handled only once it was answered.
    """

    def __init__(self, updates: Updates, now: Callable[[], datetime]) -> None:
        super().__init__(_UNBOUNDED)
        self._updates = updates
        self._now = now
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[int] = Counter()
        self._late: Counter[int] = Counter()

    @property
    def waiting_chats(self) -> int:
        """How many chats have updates that are being handled or wait for it."""
        return len(self._waiting.keys() | self._late.keys())

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update after the chat's earlier ones. What is asked inline waits for none."""
        if isinstance(update, Update) and update.inline_query:
            await coroutine
            return
        chat = update.effective_chat if isinstance(update, Update) else None
        chat_id = chat.id if chat else 0
        if self._waiting[chat_id] >= _MOST_WAITING:
            log.warning("update_dropped", chat=chat_id)
            _dropped(coroutine)
            await self._note(update)
            return
        try:
            async with AsyncExitStack() as held:
                await self._begin(chat_id, held)
                with turn(chat_id, held, self._late):
                    await self._once(update, coroutine)
        finally:
            _dropped(coroutine)  # if the process ends while it waits; it does nothing to one that has run

    async def _begin(self, chat_id: int, held: AsyncExitStack) -> None:
        """Wait for the chat's earlier updates and for a place; what is ``held`` is what others wait for."""
        self._waiting[chat_id] += 1
        held.callback(self._waits_no_more, chat_id)
        await held.enter_async_context(self._lock(chat_id))
        await held.enter_async_context(self._slots)

    def _waits_no_more(self, chat_id: int) -> None:
        self._waiting[chat_id] -= 1
        self._waiting += Counter()  # forgets the chats that have none

    async def _once(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle the update unless it was handled before; if the database fails, rather twice than never."""
        number = update.update_id if isinstance(update, Update) else 0
        try:
            known = await self._updates.known(number)
        except StoreError as error:
            log.debug("update_lookup_failed", update=number, reason=str(error))
            known = False
        if known:
            log.info("update_repeated", update=number)
            _dropped(coroutine)
            return
        await coroutine
        if isinstance(update, Update):
            log.debug("update_handled", update=update.update_id)
        await self._note(update)

    async def _note(self, update: object) -> None:
        number = update.update_id if isinstance(update, Update) else 0
        try:
            await self._updates.note(number, self._now())
        except StoreError as error:
            log.debug("update_record_failed", update=number, reason=str(error))

    def _lock(self, chat_id: int) -> asyncio.Lock:
        lock = self._locks.get(chat_id) or asyncio.Lock()
        self._locks[chat_id] = lock
        return lock

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _dropped(coroutine: Awaitable[Any]) -> None:
    """Close a coroutine that will not be awaited, which prevents a warning."""
    if isinstance(coroutine, Coroutine):
        coroutine.close()

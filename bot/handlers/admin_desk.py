"""What the commands of the admin chat work with, and which chat that is."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.errors import StoreError
from bot.publishing.claims import Claims
from bot.publishing.holding import Holding
from bot.storage import Issues, Planner, Statistics
from bot.storage.admin_chats import AdminChat, AdminChats
from bot.storage.holds import Holds
from bot.storage.news import NewsStore

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What an operator may look at and change."""

    issues: Issues
    planner: Planner
    statistics: Statistics
    holds: Holds
    holding: Holding
    news: NewsStore


class AdminDesk:
    """Knows the admin chat, which is ``named`` by the settings or else claimed.

    ``status`` finds what the template ``admin/status.j2`` shows. While ``at_work`` is held, something
    changes together with what the chat knows of it.
    """

    def __init__(  # all are passed by name
        self,
        chats: AdminChats,
        *,
        named: int | None,
        ledger: Ledger,
        status: Callable[[], Awaitable[object]],
        now: Callable[[], datetime],
    ) -> None:
        self.at_work = asyncio.Lock()
        self.claims = Claims(chats, now)
        self.ledger = ledger
        self.status = status
        self.now = now
        self.named = named
        self._chats = chats
        self._known: AdminChat | None = None

    async def chat(self) -> AdminChat | None:
        """The admin chat; None if there is none. While the database is away, the one that it was."""
        try:
            self._known = await self._chats.get(self.named)
        except StoreError as error:
            log.debug("admin_chat_not_read", reason=str(error))
        return self._known

    async def is_here(self, chat_id: int) -> bool:
        """Whether this is the admin chat."""
        known = await self.chat()
        return known is not None and known.chat_id == chat_id

    async def prepare(self) -> None:
        """Note which chat the settings name, so that it is known when it gets another id."""
        if self.named:
            await self._chats.name(self.named, self.now())

    async def left(self, chat_id: int) -> None:
        """Note that a chat put the bot out: a group is the admin chat no longer.

        A person who blocked the bot is alone in the chat, and may let it in again.
        """
        if chat_id < 0 and await self._chats.lose(chat_id, self.named, self.now()):
            log.warning("admin_chat_lost", chat=chat_id)

    async def let_in(self, chat_id: int) -> None:
        """Note that a chat let the bot in: one that the settings name is the admin chat again."""
        if chat_id == self.named and not await self.is_here(chat_id):
            await self._chats.regain(chat_id)
            await self.prepare()
            log.info("admin_chat_back", chat=chat_id)

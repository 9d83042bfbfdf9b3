"""Which chat has a role, as this process knows it."""

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.errors import StoreError
from bot.model import ChatRole
from bot.storage.role_chats import RoleChat, RoleChats

log = structlog.get_logger()


class KnownChat:
    """The chat of a role, which is ``named`` by the settings or else claimed."""

    def __init__(self, chats: RoleChats, *, named: int | None, now: Callable[[], datetime]) -> None:
        self.chats = chats
        self.named = named
        self._now = now
        self._known: RoleChat | None = None

    async def get(self) -> RoleChat | None:
        """The chat; None if there is none. While the database is away, the one that it was."""
        try:
            self._known = await self.chats.get(self.named)
        except StoreError as error:
            log.debug("admin_chat_not_read", role=str(self.chats.role), reason=str(error))
        return self._known

    async def is_here(self, chat_id: int) -> bool:
        """Whether this is the chat."""
        known = await self.get()
        return known is not None and known.chat_id == chat_id

    async def prepare(self) -> None:
        """Note which chat the settings name, so that it is known when it gets another id."""
        if self.named:
            await self.chats.name(self.named, self._now())

    async def left(self, chat_id: int) -> None:
        """Note that a chat put the bot out: a group has the role no longer.

        A person who blocked the bot is alone in the chat, and may let it in again.
        """
        if chat_id < 0 and await self.chats.lose(chat_id, self.named, self._now()):
            _log_lost(self.chats.role, chat_id)

    async def let_in(self, chat_id: int) -> None:
        """Note that a chat let the bot in: one that the settings name has the role again."""
        if chat_id == self.named and not await self.is_here(chat_id):
            await self.chats.regain(chat_id)
            await self.prepare()
            _log_back(self.chats.role, chat_id)


def log_claimed(role: ChatRole, chat_id: int, person: int) -> None:
    """Tell the operator that a code was used."""
    if role is ChatRole.ADMIN:
        log.warning("admin_chat_claimed", chat=chat_id, person=person)
    else:
        log.warning("editors_chat_claimed", chat=chat_id, person=person)


def log_given_up(role: ChatRole, chat_id: int, person: int | None) -> None:
    """Tell the operator that somebody had a chat forgotten that was claimed."""
    if role is ChatRole.ADMIN:
        log.warning("admin_chat_given_up", chat=chat_id, person=person)
    else:
        log.warning("editors_chat_given_up", chat=chat_id, person=person)


def _log_lost(role: ChatRole, chat_id: int) -> None:
    if role is ChatRole.ADMIN:
        log.warning("admin_chat_lost", chat=chat_id)
    else:
        log.warning("editors_chat_lost", chat=chat_id)


def _log_back(role: ChatRole, chat_id: int) -> None:
    if role is ChatRole.ADMIN:
        log.info("admin_chat_back", chat=chat_id)
    else:
        log.info("editors_chat_back", chat=chat_id)

"""A chat is told once that it has a role no more, because another one has it now, or none.

That is noted first, so that a process that dies in between leaves it out rather than tell it twice.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Never, Protocol

import structlog

from bot.errors import JianbaoError, StoreError
from bot.handlers import KnownChat
from bot.messages import Message, Renderer
from bot.model import Destination, Language, News
from bot.runtime.chat_language import language_of
from bot.storage import Storage
from bot.storage.role_chats import RoleChat

log = structlog.get_logger()

REST = 5.0  # seconds between two looks
HERE = "role_chat"  #: what the note is called that says which chat had the role


class Gateway(Protocol):
    """How a message comes to a chat. Raises SendError, or BadInput if the token is wrong."""

    async def send(self, to: Destination, message: Message) -> int: ...


class FormerChats:
    """Looks which chats have roles, and tells those that had them; ``language`` is for who chose none."""

    def __init__(  # all are passed by name
        self,
        *,
        storage: Storage,
        places: tuple[KnownChat, ...],
        gateway: Gateway,
        renderer: Renderer,
        language: Language,
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._places = places
        self._gateway = gateway
        self._renderer = renderer
        self._language = language
        self._now = now

    async def run(self) -> Never:
        """Tell them as long as this process leads; ends never."""
        while True:
            try:
                await self.look()
            except StoreError as error:
                log.debug("role_chats_not_read", reason=str(error))
            await asyncio.sleep(REST)

    async def look(self) -> None:
        """Tell who had a role at the last look, of this process or one before it, and has it no more."""
        noted = {one.key: one for one in await self._storage.news.watched(HERE)}
        for place in self._places:
            key = f"{HERE}:{place.chats.role}"
            here, before = await place.get(), noted.get(key)
            chat_id = here.chat_id if here else None
            former = before.values["chat"] if before else None
            if former == chat_id:
                continue
            await self._storage.news.drop(key)
            if chat_id is not None:
                noting = News(key=key, what=HERE, at=self._now(), values={"chat": chat_id})
                await self._storage.news.watch(noting)
            if isinstance(former, int):
                await self._tell(place, former)

    async def _tell(self, place: KnownChat, chat_id: int) -> None:
        """Tell it. Telegram takes nothing for the old id of a group that has the role under a new one."""
        language = await language_of(RoleChat(chat_id=chat_id), self._storage.subscribers, self._language)
        message = self._renderer.reply("role_lost", language, role=str(place.chats.role))
        try:
            await self._gateway.send(Destination(chat_id), message)
        except JianbaoError as error:
            log.debug("former_chat_not_told", chat=chat_id, reason=str(error))

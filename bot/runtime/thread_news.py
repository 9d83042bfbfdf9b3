"""The process that leads tells who set up a topic of a forum that nothing comes there any more.

That is noted first, so that a process that dies in between leaves it out rather than tell it twice.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Never, Protocol

import structlog

from bot.errors import ChatClosed, ChatGone, JianbaoError, MessageRefused, StoreError, Uncertain
from bot.handlers import ThrottledGateway
from bot.messages import Button, Message
from bot.messages.wording import Wording
from bot.model import Destination, Language
from bot.runtime.editorial import Editorial
from bot.runtime.sending import Sending
from bot.storage import Storage
from bot.storage.threads import ParkedThread
from bot.telegram_api import Chats, Client

log = structlog.get_logger()

AFTER_FAILURE = 30.0  # seconds until it is tried again to tell what could not be told
_CLOSED = (ChatGone, ChatClosed, MessageRefused)  #: there is no way to that chat
_SUPERGROUP = "-100"  # how the ids of supergroups begin, which have links to what is in them


class Gateway(Protocol):
    """How a message comes to a chat. Raises SendError, or BadInput if the token is wrong."""

    async def send(self, to: Destination, message: Message) -> int: ...


class Groups(Protocol):
    """What Telegram says of a group. Raises SendError, or BadInput if the token is wrong."""

    async def title(self, chat_id: int) -> str: ...

    async def administrators(self, chat_id: int) -> frozenset[int]: ...


class Words(Protocol):
    """Says it in a language.

    ``title`` is the group's, and empty where Telegram does not say it. ``link`` opens the topic, and is None
    where Telegram has none.
    """

    def __call__(
        self, parked: ParkedThread, language: Language, *, title: str, link: str | None
    ) -> Message: ...


class ThreadNews:
    """Tells of each topic that was parked once: its founder in private, or else whoever is the next best.

    ``parked`` is set when there is something to tell.
    """

    def __init__(
        self,
        storage: Storage,
        gateway: Gateway,
        groups: Groups,
        words: Words,
        *,
        otherwise: Language,
        parked: asyncio.Event,
    ) -> None:
        self._storage = storage
        self._gateway = gateway
        self._groups = groups
        self._words = words
        self._otherwise = otherwise
        self._parked = parked

    async def run(self) -> Never:
        """Tell what there is as long as this process leads; ends never."""
        while True:
            self._parked.clear()
            try:
                is_done = await self.look()
            except StoreError as error:
                log.debug("threads_not_read", reason=str(error))
                is_done = False
            await (self._parked.wait() if is_done else asyncio.sleep(AFTER_FAILURE))

    async def look(self) -> bool:
        """Tell what nobody was told; False if something is left to be told later."""
        threads = self._storage.threads
        left = 0
        for one in await threads.untold():
            if await threads.mark_told(one.destination) and not await self._tell(one):
                await threads.mark_untold(one.destination)
                left += 1
        return not left

    async def _tell(self, one: ParkedThread) -> bool:
        """Whether it need not be tried again."""
        try:
            message = await self._message(one)
            async for to in self._places(one):
                if await self._is_told(to, message):
                    log.info("thread_told", chat=one.destination.chat, thread=one.destination.thread)
                    return True
        except Uncertain as error:  # it may have come, and nothing is told twice
            log.warning("thread_not_told", chat=one.destination.chat, reason=error.reason)
            return True
        except JianbaoError as error:
            log.debug("thread_not_told_yet", chat=one.destination.chat, reason=str(error))
            return False
        log.warning("thread_not_told", chat=one.destination.chat, reason="nobody can be written to")
        return True

    async def _message(self, one: ParkedThread) -> Message:
        subscriber = await self._storage.subscribers.get(one.destination)
        language = subscriber.cut.language if subscriber else self._otherwise
        try:
            title = await self._groups.title(one.destination.chat)
        except _CLOSED:
            title = ""
        return self._words(one, language, title=title, link=link_to(one.destination))

    async def _places(self, one: ParkedThread) -> AsyncIterator[Destination]:
        """Where it may be said, the best first: to its founder, in the chat, to who else administers that."""
        if one.set_up_by is not None:
            yield Destination(one.set_up_by)
        if one.destination.thread:
            yield Destination(one.destination.chat)
        try:
            others = await self._groups.administrators(one.destination.chat)
        except _CLOSED:
            return
        for person in sorted(others - {one.set_up_by}):
            yield Destination(person)

    async def _is_told(self, to: Destination, message: Message) -> bool:
        """False where the bot may not write: to people who never wrote to it, for one."""
        try:
            await self._gateway.send(to, message)
        except _CLOSED as error:
            log.debug("thread_not_told_yet", chat=to.chat, reason=error.reason)
            return False
        return True


def link_to(to: Destination) -> str | None:
    """Where the members of a supergroup find the topic; None for other chats."""
    chat = str(to.chat)
    if not chat.startswith(_SUPERGROUP):
        return None
    return f"https://t.me/c/{chat.removeprefix(_SUPERGROUP)}/{to.thread or 1}"


def make_thread_news(client: Client, sending: Sending, editorial: Editorial) -> ThreadNews:
    """What tells of parked topics, with replies and broadcasts in one line before the dispatcher."""
    wording, renderer, chats = Wording(), editorial.renderer, Chats(client)

    def words(parked: ParkedThread, language: Language, *, title: str, link: str | None) -> Message:
        label = wording.label("open_topic", language)
        return renderer.reply(
            "thread_parked",
            language,
            buttons=((Button(label, url=link),),) if link else (),
            is_closed="closed" in parked.reason.casefold(),
            is_general=not parked.destination.thread,
            title=title,
            name=parked.name,
        )

    return ThreadNews(
        sending.storage,
        ThrottledGateway(chats, sending.dispatcher, asyncio.sleep),
        chats,
        words,
        otherwise="zh",
        parked=sending.parked,
    )

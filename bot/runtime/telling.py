"""The process that leads tells the admin chat what matters. Nothing that goes wrong here disturbs the rest.

What happened is noted first, so that a process that dies in between leaves it out rather than tell it twice.
Of what lasts it is noted that it is on its way: the next process tells it again, or with its end.
"""

import asyncio
import time
from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Never, Protocol

import structlog

from bot.errors import ChatGone, ChatMoved, JianbaoError, StoreError, Uncertain
from bot.handlers import AdminDesk
from bot.messages import Message
from bot.model import NEVER_PUT, Destination, News, SteadyTime
from bot.publishing.approving import Approving
from bot.reports.bulletin import LEAVING, MAYBE, UNTOLD, Batch, Bulletin, Item, Phase, is_summed
from bot.reports.gone_topics import news_of_gone
from bot.reports.standing import (
    FILE,
    TROUBLE,
    corrections_waiting,
    of_files,
    of_troubles,
    unusual_losses,
    what_is_held,
)
from bot.reports.troubles import Troubles
from bot.runtime.broadcast_news import BroadcastNews
from bot.runtime.chat_language import language_of
from bot.runtime.known_news import KnownNews
from bot.runtime.lease_news import note_end, note_leader
from bot.runtime.losses import LOSSES
from bot.runtime.tasks import Seldom
from bot.runtime.voice import Voice
from bot.runtime.watch import LEASE
from bot.sources import Problem
from bot.storage import SENDER, Storage
from bot.storage.role_chats import RoleChat

log = structlog.get_logger()

REST = 1.0  # seconds between two looks
AFTER_FAILURE = 30.0  # seconds until it is tried again to tell what could not be told
MOST_DOUBTFUL = 5  # times that a message may have come, and no answer did
PATIENCE = 2.0  # seconds; a process that is told to stop has few
SETTLED = timedelta(seconds=15)  # that all must be well before what an earlier process told is over
KEPT = timedelta(days=7)  # how long it is known that something was told


class Gateway(Protocol):
    """How a message comes to a chat. Raises SendError, or BadInput if the token is wrong."""

    async def send(self, to: Destination, message: Message) -> int: ...


class Menus(Protocol):
    """Which commands a chat shows. Raises SendError, or BadInput if the token is wrong."""

    async def show(self, chat_id: int) -> None: ...

    async def hide(self, chat_id: int) -> None: ...


class Telling:
    """Looks every few seconds what is to be told, and tells it.

    ``asks``: corrections wait for the operator, of which some are ``kept_back`` until all have the text
    before. ``unreadable`` says which files cannot be read; None: it
    does not know yet. ``stood_by`` says for how long this process did before it led, if it did;
    ``topics`` are the slugs of those that there are.
    """

    def __init__(  # noqa: PLR0913  # each is the owner's to say, and all are named
        self,
        *,
        storage: Storage,
        approving: Approving,
        desk: AdminDesk,
        troubles: Troubles,
        gateway: Gateway,
        menus: Menus,
        voice: Voice,
        asks: bool,
        kept_back: Callable[[], Iterable[str]],
        unreadable: Callable[[], Iterable[Problem] | None],
        stood_by: Callable[[], timedelta | None],
        topics: Container[str],
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._desk = desk
        self._troubles = troubles
        self._gateway = gateway
        self._menus = menus
        self._voice = voice
        self._unreadable = unreadable
        self._stood_by = stood_by
        self._now = now
        self._begun_at = now()
        self._bulletin = Bulletin(now)
        self._known = KnownNews(storage.news)
        self.broadcasts = BroadcastNews(storage)
        self._shown_in: int | None = None
        corrections = Seldom(lambda: corrections_waiting(storage, now(), kept_back()), time.monotonic)
        losses = Seldom(lambda: unusual_losses(storage, now()), time.monotonic)
        gone = Seldom(lambda: news_of_gone(storage, topics, now()), time.monotonic)
        self._lookouts = (lambda: what_is_held(approving), losses, gone, *((corrections,) if asks else ()))
        self._token: int | None = None  # of the lease, once this process noted that it leads
        self._fails = False
        self._doubtful = 0  # how many messages in a row may have come

    async def run(self) -> Never:
        """Tell what there is as long as this process leads; ends never."""
        self._token = None
        try:
            while True:
                await self._tell_once()
                await asyncio.sleep(AFTER_FAILURE if self._fails else REST)
        finally:
            await self._end()

    async def _tell_once(self) -> None:
        try:
            if self._token is None:
                await self._lead()
            await self.look()
        except StoreError as error:
            log.debug("news_not_read", reason=str(error))
        except Exception:
            log.exception("telling_failed")

    async def _lead(self) -> None:
        """Note that this process leads, which another did before."""
        await self._desk.place.prepare()
        await self._storage.news.forget(self._now() - KEPT)
        lease = await self._storage.leases.current(SENDER)
        if lease is not None:
            await note_leader(self._storage.news, lease, self._now(), stood_by=self._stood_by())
            self._token = lease.token

    async def _end(self) -> None:
        """Note that nothing is lost of what was told, if so: otherwise the next process says it may be."""
        if self._token is None:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._known.read()
                await note_end(self._storage.news, self._token, self._now())
        except (StoreError, TimeoutError) as error:
            log.debug("news_not_read", reason=str(error))

    async def look(self) -> None:
        """Tell what there is to tell now."""
        chat = await self._desk.place.get()
        await self._show_commands(chat)
        async with self._desk.at_work:
            happened, lasting, complete = await self._found()
            known = await self._known.read()
        if chat is None:
            for one in happened:  # whoever claims a chat later is told what is so then
                await self._storage.news.note_told(one.key)
            return
        batches = self._bulletin.due(
            known=known,
            lasting=lasting,
            happened=happened,
            is_open=lambda one: self._is_open(one, complete=complete),
            over_at=self._over_at,
            time=await self._steady_time(),
        )
        for batch in batches:
            if not await self._tell(chat, batch):
                return

    async def _steady_time(self) -> SteadyTime:
        """What tells how long something lasted; while the database is away, by the clock alone."""
        try:
            return await self._storage.kept_jumps.steady_time(self._now())
        except StoreError as error:
            log.debug("news_not_read", reason=str(error))
            return NEVER_PUT

    async def _found(self) -> tuple[tuple[News, ...], tuple[News, ...], bool]:
        """What happened, what lasts, and whether the database said all of it."""
        now = self._now()
        files = of_files(self._unreadable() or (), now)
        own = (*of_troubles(self._troubles, untold=(LEASE, LOSSES)), *files)
        try:
            await self.broadcasts.look(now)
            found = [one for look in self._lookouts for one in await look()]
            return await self._storage.news.waiting(), (*own, *found), True
        except StoreError as error:
            log.debug("news_not_read", reason=str(error))
            return (), own, False

    def _is_open(self, one: News, *, complete: bool) -> bool:
        """Whether what is known may last although nobody finds it now."""
        if one.key.startswith(FILE):
            return self._unreadable() is None
        if not one.key.startswith(TROUBLE):
            return not complete
        if one.at >= self._begun_at:  # this process said so
            return False
        return not self._troubles.is_over(one.key.removeprefix(TROUBLE), after=SETTLED)

    def _over_at(self, one: News) -> datetime:
        """When it ended: not when it can be told, which may be much later."""
        return self._troubles.well_since(one.key.removeprefix(TROUBLE)) or self._now()

    async def _tell(self, chat: RoleChat, batch: Batch) -> bool:
        """Whether it was told; if not it is tried again."""
        language = await language_of(chat, self._storage.subscribers, self._voice.language)
        message = self._voice.message(batch, language, is_last=self._bulletin.is_last(batch))
        for item in batch:
            await self._note(_untold(item, LEAVING) if item.phase is Phase.BEGAN else item)
        try:
            await self._gateway.send(Destination(chat.chat_id), message)
        except JianbaoError as error:
            await self._failed(chat, error)
            self._doubtful += isinstance(error, Uncertain)
            for item in batch:
                await self._note(item, told=False)
            if self._doubtful < MOST_DOUBTFUL:  # rather twice than not at all
                return False
            for item in batch:
                await self._note(_untold(item))
        else:
            await self._told(batch)
        self._doubtful = 0
        self._bulletin.sent(batch)
        self._fails = False
        return True

    async def _told(self, batch: Batch) -> None:
        """Note what the chat knows now; the log hears the end of what an earlier process met."""
        for item in batch:
            if item.phase is Phase.BEGAN:
                await self._note(_untold(item) if is_summed(batch) else item)
            elif self._is_of_another(item.news):
                told = item.news.values
                seconds = None if item.seconds is None else round(item.seconds, 1)
                log.info("trouble_ended", trouble=told["name"], reason=told["reason"], seconds=seconds)

    def _is_of_another(self, one: News) -> bool:
        """Whether it is a trouble that only an earlier process met."""
        is_earlier = one.key.startswith(TROUBLE) and one.at < self._begun_at
        return is_earlier and not self._troubles.was_here(one.key.removeprefix(TROUBLE))

    async def _note(self, item: Item, *, told: bool = True) -> None:
        match item.phase:
            case Phase.HAPPENED:
                await self._storage.news.note_told(item.news.key, told=told)
            case Phase.PASSED if UNTOLD not in item.news.values:  # it was never known
                pass
            case _ if (item.phase is Phase.BEGAN) is told:
                await self._known.began(item.news)
            case _:
                await self._known.ended(item.news.key)

    async def _failed(self, chat: RoleChat, error: JianbaoError) -> None:
        if not self._fails:
            log.warning("admin_not_told", chat=chat.chat_id, reason=str(error))
        self._fails = True
        if isinstance(error, ChatMoved):
            await self._storage.subscribers.move(chat.chat_id, error.chat_id, self._now())
            self._fails = False
        elif isinstance(error, ChatGone):
            await self._desk.place.left(chat.chat_id)

    async def _show_commands(self, chat: RoleChat | None) -> None:
        """Let the admin chat show its commands, and the one that it was no more."""
        here = chat.chat_id if chat else None
        if here == self._shown_in:
            return
        before, self._shown_in, self._fails = self._shown_in, here, False
        for act, chat_id in ((self._menus.hide, before), (self._menus.show, here)):
            if chat_id is not None:
                try:
                    await act(chat_id)
                except JianbaoError as error:
                    log.debug("admin_commands_not_set", chat=chat_id, reason=str(error))


def _untold(item: Item, how: str = MAYBE) -> Item:
    """The same, of which the chat may not know that it began."""
    return replace(item, news=replace(item.news, values={**item.news.values, UNTOLD: how}))

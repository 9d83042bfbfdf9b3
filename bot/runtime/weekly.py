"""Once a week what readers did is counted, kept as counts alone, and told to the editors' chat.

What is told is noted first, so that a process that dies in between leaves it out rather than tell it twice.
"""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import partial
from typing import Never, Protocol

from bot.errors import JianbaoError, Uncertain
from bot.handlers import KnownChat
from bot.messages import Message, Renderer
from bot.model import Destination, Language
from bot.reports.weekly import WeekReport, last_week, span_of, week_report
from bot.runtime.chat_language import language_of
from bot.runtime.showing import Tries, keep_looking
from bot.storage import Storage
from bot.storage.role_chats import RoleChat

REST = 60.0  # seconds between two looks


class Gateway(Protocol):
    """How a message comes to a chat. Raises SendError, or BadInput if the token is wrong."""

    async def send(self, to: Destination, message: Message) -> int: ...


class TopicNames(Protocol):
    """What topics are called."""

    def topic(self, slug: str, language: Language) -> str: ...


def week_message(report: WeekReport, renderer: Renderer, names: TopicNames, language: Language) -> Message:
    """A report in words."""
    called = {one.topic: names.topic(one.topic, language) for one in report.topics}
    return renderer.reply("editors/week", language, report=report, called=called)


class WeeklyReports:
    """Counts weeks in ``zone`` when they are over, and tells of the last one."""

    def __init__(  # noqa: PLR0913  # all are passed by name
        self,
        *,
        storage: Storage,
        place: KnownChat,
        gateway: Gateway,
        renderer: Renderer,
        names: TopicNames,
        language: Language,
        zone: tzinfo,
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._weekly = storage.weekly
        self._place = place
        self._gateway = gateway
        self._renderer = renderer
        self._names = names
        self._language = language
        self._zone = zone
        self._now = now
        self._tries = Tries(place, storage.subscribers, now)
        self._settled: date | None = None

    async def run(self) -> Never:
        """Count and tell as long as this process leads; ends never."""
        await keep_looking("weeks", self.look, REST, asyncio.Event())

    async def look(self) -> None:
        """Count the weeks that are over, and tell of the last one."""
        newest, chat = last_week(self._now(), self._zone), await self._place.get()
        if self._settled != newest:
            await self._settle(newest, is_told=chat is None)
        week = await self._weekly.untold() if chat else None
        if chat and week and self._tries.is_due(str(week)):
            await self._tries.run(str(week), str(week), chat.chat_id, partial(self._tell, week, chat))

    async def _settle(self, newest: date, *, is_told: bool) -> None:
        """Nobody is told of a week before the last one."""
        for week in await self._weekly.unsettled(newest):
            await self._weekly.settle(span_of(week, self._zone), self._now(), told=True)
        await self._weekly.settle(span_of(newest, self._zone), self._now(), told=is_told)
        self._settled = newest

    async def _tell(self, week: date, chat: RoleChat) -> None:
        report = week_report(week, await self._weekly.counts(week))
        if not await self._weekly.note_told(week) or report.is_empty:
            return
        language = await language_of(chat, self._storage.subscribers, self._language)
        message = week_message(report, self._renderer, self._names, language)
        try:
            await self._gateway.send(Destination(chat.chat_id), message)
        except Uncertain:
            raise  # it may have come
        except JianbaoError:
            await self._weekly.note_told(week, told=False)
            raise

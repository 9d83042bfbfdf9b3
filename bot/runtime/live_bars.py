"""One message in the editors' chat for each issue while it goes out, with a bar; at the end how it was.

What is on its way is known from the database, so that whichever process leads goes on with the same message.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Never

import structlog

from bot.errors import MessageGone, MessageRefused
from bot.handlers import KnownChat
from bot.messages import Message
from bot.model import Aim, Destination
from bot.pacing import Report
from bot.reports.forecast import Forecaster
from bot.reports.live import ended_of, live_of, planned_by, read_planned
from bot.reports.progress import progress_of
from bot.runtime.board import Gateway
from bot.runtime.broadcasts import Broadcast
from bot.runtime.card_voice import CardVoice
from bot.runtime.chat_language import language_of
from bot.runtime.showing import Tries, keep_looking
from bot.storage import Storage
from bot.storage.desk_messages import BETWEEN, DeskKind, DeskMessage, issue_of
from bot.storage.role_chats import RoleChat

log = structlog.get_logger()

REST = 1.0  # seconds between two looks
EVERY = 6.0  # seconds between two edits of a bar: a group takes twenty a minute, of cards too
SHARE = 50  # times as long as counting took, until it is counted again


class LiveBars:
    """Keeps the bars. ``report`` says how fast messages are sent, ``seconds`` is a steady clock."""

    def __init__(  # noqa: PLR0913  # all are passed by name
        self,
        *,
        storage: Storage,
        place: KnownChat,
        gateway: Gateway,
        forecaster: Forecaster,
        voice: CardVoice,
        report: Callable[[], Report],
        now: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._storage = storage
        self._messages = storage.desk_messages
        self._place = place
        self._gateway = gateway
        self._forecaster = forecaster
        self._voice = voice
        self._report = report
        self._now = now
        self._seconds = seconds
        self._begun: dict[str, Broadcast] = {}
        self._tries = Tries(place, storage.subscribers, now, seconds)
        self._known: tuple[str, ...] = ()
        self._wake_up = asyncio.Event()

    def heard(self, one: Broadcast) -> None:
        """Note that an issue begins to go to everybody, or has ended."""
        if one.totals is None:
            self._begun[_about(one)] = one
        self._tries.at_once(_about(one))

    def redraw(self, slug: str) -> None:
        """Bring the bars of an issue up to date with the next look."""
        for about in self._known:
            if issue_of(about) == slug:
                self._tries.at_once(about)

    async def run(self) -> Never:
        """Keep the bars as long as this process leads; ends never."""
        await keep_looking("bars", self.look, REST, self._wake_up)

    async def look(self) -> None:
        """Begin the bars of what has begun, and bring those up to date that there are."""
        chat = await self._place.get()
        if chat is None:
            self._begun.clear()
            return
        known = await self._messages.of(chat.chat_id, DeskKind.LIVE)
        for about, one in tuple(self._begun.items()):
            bar = known.get(about) or DeskMessage(
                chat_id=chat.chat_id, message_id=0, kind=DeskKind.LIVE, about=about, at=one.since
            )
            known[about] = bar
        self._known = tuple(known)
        for about, bar in known.items():
            if self._tries.is_due(about):
                await self._tries.run(about, bar.issue, chat.chat_id, partial(self._bring, bar, chat))

    async def _bring(self, bar: DeskMessage, chat: RoleChat) -> None:
        """Bring a bar up to date, and let it rest while it goes on."""
        slug, aim = bar.issue, Aim(bar.more)
        begun = self._seconds()
        goes_on = await self._storage.broadcasts.under_way(slug, aim)
        plan = bar.body or (await self._plan(slug) if aim is Aim.SEND else "")
        message = await self._message(bar, plan, chat, goes_on=goes_on)
        took = self._seconds() - begun
        message_id = await self._show(bar, message)
        if not goes_on:
            await self._messages.drop(chat.chat_id, (message_id,))
        elif message.content_hash != bar.shown:
            shown = replace(bar, message_id=message_id, shown=message.content_hash, body=plan)
            await self._messages.put(shown)
        self._begun.pop(bar.about, None)
        if goes_on:
            self._tries.rest(bar.about, max(EVERY, SHARE * took))
        else:
            self._tries.at_once(bar.about)

    async def _show(self, bar: DeskMessage, message: Message) -> int:
        if not bar.message_id:
            return await self._gateway.send(Destination(bar.chat_id), message)
        if bar.shown != message.content_hash:
            try:
                await self._gateway.edit(bar.chat_id, bar.message_id, message)
            except (MessageGone, MessageRefused):  # who deleted it does not want to see it
                log.info("bar_gone", issue=bar.issue)
        return bar.message_id

    async def _message(self, bar: DeskMessage, plan: str, chat: RoleChat, *, goes_on: bool) -> Message:
        slug, aim = bar.issue, Aim(bar.more)
        language = await language_of(chat, self._storage.subscribers, self._voice.language)
        if goes_on:
            record = await self._storage.issues.get(slug)
            progress = await progress_of(self._storage, slug, now=self._now())
            live = live_of(slug, aim, progress, self._report(), read_planned(plan))
            return self._voice.live(live, record.edition if record else "", language)
        totals = await self._storage.broadcasts.totals(slug, aim)
        now = self._now()
        time = await self._storage.kept_jumps.steady_time(now)
        seconds = time.elapsed(bar.at, totals.ended or now)
        ended = ended_of(slug, aim, totals, seconds, read_planned(plan))
        return self._voice.ended(ended, language)

    async def _plan(self, slug: str) -> str:
        """What is planned for an issue; empty where that is not known."""
        record = await self._storage.issues.get(slug)
        issue = await self._forecaster.parsed.issue(record) if record else None
        if record is None or issue is None:
            return ""
        return planned_by(await self._forecaster.of(record, issue, None, self._now())).as_json()


def _about(one: Broadcast) -> str:
    return BETWEEN.join((one.slug, one.aim, f"{one.since:%Y%m%d%H%M%S%f}"))

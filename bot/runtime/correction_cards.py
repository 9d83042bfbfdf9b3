"""A message in the editors' chat for each issue that is out and has changed: what would change for whom."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import Never

from bot.handlers import KnownChat
from bot.model import Aim, IssueRecord
from bot.reports.correction import Corrections
from bot.runtime.board import Board
from bot.runtime.card_voice import CardVoice
from bot.runtime.chat_language import language_of
from bot.runtime.corrected_text import CorrectedText
from bot.runtime.showing import Tries, keep_looking
from bot.runtime.tasks import Seldom
from bot.storage import Storage
from bot.storage.desk_messages import DeskKind, DeskMessage
from bot.storage.role_chats import RoleChat

REST = 3.0  # seconds between two looks


class CorrectionCards:
    """Keeps the messages, if corrections wait until somebody ``asks`` for them.

    They are looked for with a hundredth of the time at most.
    """

    def __init__(  # noqa: PLR0913  # all are passed by name
        self,
        *,
        storage: Storage,
        place: KnownChat,
        board: Board,
        corrections: Corrections,
        text: CorrectedText,
        voice: CardVoice,
        asks: bool,
        now: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._storage = storage
        self._place = place
        self._board = board
        self._corrections = corrections
        self._text = text
        self._voice = voice
        self._asks = asks
        self._seconds = seconds
        self._found = Seldom(corrections.all, seconds)
        self._tries = Tries(place, storage.subscribers, now, seconds)
        self._anew: set[str] = set()
        self._wake_up = asyncio.Event()

    def redraw(self, slug: str) -> None:
        """Look at the correction of an issue anew."""
        self._found = Seldom(self._corrections.all, self._seconds)
        self._anew.add(slug)
        self._wake_up.set()

    async def run(self) -> Never:
        """Keep the messages as long as this process leads; ends never."""
        await keep_looking("corrections", self.look, REST, self._wake_up)

    async def look(self) -> None:
        """Bring all of them up to date."""
        chat = await self._place.get()
        if chat is None or not self._asks:
            return
        known = await self._board.messages.of(chat.chat_id, DeskKind.CORRECTION)
        changed = {one.slug: one for one in await self._found()}
        for slug in {*known, *changed}:
            await self._try(slug, chat, known.get(slug), changed.get(slug))

    async def _try(
        self, slug: str, chat: RoleChat, known: DeskMessage | None, record: IssueRecord | None
    ) -> None:
        if self._tries.is_due(slug):
            await self._tries.run(slug, slug, chat.chat_id, lambda: self._bring(slug, chat, known, record))

    async def _bring(
        self, slug: str, chat: RoleChat, known: DeskMessage | None, record: IssueRecord | None
    ) -> None:
        anew = slug in self._anew
        self._anew.discard(slug)
        language = await language_of(chat, self._storage.subscribers, self._voice.language)
        if record is None:
            if known is not None:
                await self._board.show(known, self._voice.settled(slug, language))
                await self._board.messages.drop(chat.chat_id, (known.message_id,))
            return
        if await self._storage.broadcasts.under_way(slug, Aim.SEND):
            return
        correction = await self._corrections.of(record)
        aside = known is not None and known.body == record.edition
        changes = await self._text.changes(record, correction.former, language)
        message = self._voice.correction(correction, language, aside=aside, changes=changes)
        one = known or self._board.unsent(DeskKind.CORRECTION, slug, chat.chat_id)
        await self._board.show(one, message, anew=anew)

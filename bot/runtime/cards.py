"""The process that leads keeps a card of each draft in the editors' chat, edited as the draft changes."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Never

from bot.handlers import KnownChat
from bot.model import HeldBy, IssueRecord, Language
from bot.publishing.decisions import Calendar
from bot.reports.cards import Card, Stage
from bot.reports.drafts import Draft, Drafts
from bot.runtime.board import Board
from bot.runtime.card_voice import CardVoice
from bot.runtime.chat_language import language_of
from bot.runtime.showing import Tries, keep_looking
from bot.storage import Storage
from bot.storage.desk_messages import BETWEEN, DeskKind, DeskMessage
from bot.storage.role_chats import RoleChat

REST = 2.0  # seconds between two looks
COUNTED_ANEW = timedelta(minutes=10)  # that readers who come and go change no card
LOOKED_AT = timedelta(minutes=10)  # for which a card is there before it is told that its day has come
MOST = 20  # cards that are kept; those whose day is nearest
KEPT = timedelta(days=60)  # how long it is known which message is about what


class Cards:
    """Looks every few seconds what has changed. ``calendar`` says whether the day of a draft has come."""

    def __init__(  # noqa: PLR0913  # all are passed by name
        self,
        *,
        storage: Storage,
        place: KnownChat,
        board: Board,
        drafts: Drafts,
        voice: CardVoice,
        calendar: Calendar,
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._messages = storage.desk_messages
        self._place = place
        self._board = board
        self._drafts = drafts
        self._voice = voice
        self._calendar = calendar
        self._now = now
        self._drawn: dict[str, tuple[object, datetime]] = {}  # what a card shows by now, and since when
        self._tries = Tries(place, storage.subscribers, now)
        self._begun = False
        self._anew: set[str] = set()
        self._wake_up = asyncio.Event()

    async def run(self) -> Never:
        """Keep the cards as long as this process leads; ends never."""
        await keep_looking("cards", self.look, REST, self._wake_up)

    async def look(self) -> None:
        """Bring all cards up to date that can be."""
        if not self._begun:
            await self._place.prepare()
            await self._messages.forget(self._now() - KEPT)
            self._begun = True
        chat = await self._place.get()
        if chat is None:
            return
        drafts = await self._drafts.all()
        known = await self._messages.of(chat.chat_id, DeskKind.CARD)
        for draft in drafts[:MOST]:
            await self._try(draft.record.slug, chat, known.get(draft.record.slug), draft)
        for slug in known.keys() - {one.record.slug for one in drafts}:
            await self._try(slug, chat, known[slug], None)

    def redraw(self, slug: str) -> None:
        """Bring one card up to date now, also if its buttons were changed meanwhile."""
        self._anew.add(slug)
        self._wake_up.set()

    async def _try(self, slug: str, chat: RoleChat, known: DeskMessage | None, draft: Draft | None) -> None:
        anew = slug in self._anew
        self._anew.discard(slug)
        if anew:
            self._tries.at_once(slug)
        if self._tries.is_due(slug):
            await self._tries.run(
                slug, slug, chat.chat_id, lambda: self._bring(slug, chat, known, draft, anew=anew)
            )

    async def _bring(
        self, slug: str, chat: RoleChat, known: DeskMessage | None, draft: Draft | None, *, anew: bool
    ) -> None:
        key = (chat.chat_id, known and known.message_id, draft)
        drawn = self._drawn.get(slug)
        if (
            not anew
            and drawn
            and drawn[0] == key
            and (draft is None or self._now() - drawn[1] < COUNTED_ANEW)
        ):
            return
        card = await self._drafts.card(draft, self._now()) if draft else await self._drafts.gone(slug)
        if card is None:
            return
        message = self._voice.message(card, await self._language(chat))
        one = known or self._board.unsent(DeskKind.CARD, slug, chat.chat_id)
        shown = (await self._board.show(one, message, anew=anew)).message_id
        self._drawn[slug] = ((chat.chat_id, shown, draft), self._now())
        if draft is None:
            self._drawn.pop(slug)
            await self._messages.drop(chat.chat_id, (shown,))
        elif known and self._now() - known.at >= LOOKED_AT and self._is_kept_back(draft, card):
            await self._tell_due(draft.record, card, chat)

    async def _language(self, chat: RoleChat) -> Language:
        return await language_of(chat, self._storage.subscribers, self._voice.language)

    def _is_kept_back(self, draft: Draft, card: Card) -> bool:
        """Whether its day has come, and something keeps it back that is no operator's wish about its day."""
        if card.stage not in (Stage.UNAPPROVED, Stage.HELD):
            return False
        record, is_off_its_day = draft.record, draft.hold and draft.hold.by is HeldBy.UNSCHEDULED
        return not is_off_its_day and not self._calendar.is_to_come(
            record.date, record.publish_at, self._now()
        )

    async def _tell_due(self, record: IssueRecord, card: Card, chat: RoleChat) -> None:
        """Tell once of a text that its day has come."""
        day = self._calendar.day_of(record)
        before = None if day == self._calendar.today(self._now()) else day
        about = f"{card.slug}{BETWEEN}{card.edition}"
        if not await self._messages.about(chat.chat_id, DeskKind.DUE, about):
            message = self._voice.due(card, await self._language(chat), day=before)
            await self._board.show(self._board.unsent(DeskKind.DUE, about, chat.chat_id), message)

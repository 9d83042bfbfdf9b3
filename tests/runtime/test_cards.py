"""The cards in the editors' chat: drawn anew as what they show changes; that a day has come is told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.digest.names import DigestNames
from bot.handlers import KnownChat
from bot.messages import Message, Renderer
from bot.messages.wording import Wording
from bot.model import Destination, HeldBy, Hold, IssueState
from bot.publishing.decisions import Calendar
from bot.reports.cards import Card, Stage
from bot.reports.drafts import Draft, Drafts
from bot.runtime.board import Board
from bot.runtime.card_voice import CardVoice
from bot.runtime.cards import LOOKED_AT, Cards
from bot.settings import load
from bot.storage import Database, Storage
from tests.builders import NOON
from tests.storage.rows import record

EDITORS = -4001
DAY = NOON.date()


class Chat:
    """What stands in the editors' chat."""

    def __init__(self) -> None:
        self.shows: list[str] = []

    async def send(self, to: Destination, message: Message) -> int:
        assert to == Destination(EDITORS)
        self.shows.append(message.html)
        return len(self.shows)

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        assert chat_id == EDITORS
        self.shows[message_id - 1] = message.html


class OneDraft(Drafts):
    """A draft as it is said to be."""

    def __init__(self) -> None:
        self.now = Draft(
            record=record(str(DAY), date=DAY, state=IssueState.WAITING), hold=None, lack=None, everything=None
        )

    async def all(self) -> tuple[Draft, ...]:
        return (self.now,)

    async def card(self, draft: Draft, now: datetime) -> Card:
        assert now >= NOON
        return Card(
            slug=draft.record.slug,
            edition=draft.record.edition,
            title="简报",
            day=draft.record.date,
            day_known=True,
            stage=Stage.HELD if draft.hold else Stage.WAITING,
            why=draft.hold.why if draft.hold else "",
            everything=draft.everything,
        )


@dataclass(kw_only=True)
class Desk:
    chat: Chat
    draft: OneDraft
    cards: Cards
    now: datetime = NOON

    async def told_later(self, hold: Hold, *, later: timedelta) -> list[str]:
        """What the chat is told, but for the card, after so long, if this holds the issue."""
        await self.cards.look()
        self.now += later
        self.draft.now = replace(self.draft.now, hold=hold)
        await self.cards.look()
        return self.chat.shows[1:]


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    configuration = load()
    names = DigestNames(configuration.profile, configuration.topics)
    async with Database(database_url) as database:
        storage = Storage.of(database)
        await storage.editors_chats.offer("digest", NOON + timedelta(hours=1))
        await storage.editors_chats.claim("digest", EDITORS, "en", NOON)
        chat, draft = Chat(), OneDraft()
        cards = Cards(
            storage=storage,
            place=KnownChat(storage.editors_chats, named=None, now=lambda: NOON),
            board=Board(storage.desk_messages, chat, lambda: NOON),
            drafts=draft,
            voice=CardVoice(renderer=Renderer(names), names=names, wording=Wording(), language="en"),
            calendar=Calendar(zone=ZoneInfo("UTC")),
            now=lambda: made.now,
        )
        made = Desk(chat=chat, draft=draft, cards=cards)
        yield made


def held(by: HeldBy) -> Hold:
    return Hold(by=by, why="a test", at=NOON)


async def test_a_card_is_drawn_anew_once_everything_is_held_and_once_it_goes_on(desk: Desk) -> None:
    await desk.cards.look()
    before = desk.chat.shows[0]
    desk.draft.now = replace(desk.draft.now, everything=held(HeldBy.OPERATOR))
    await desk.cards.look()
    assert "Everything is held" in desk.chat.shows[0]
    desk.draft.now = replace(desk.draft.now, everything=None)
    await desk.cards.look()
    assert desk.chat.shows == [before]


@pytest.mark.parametrize(
    ("later", "says"),
    [(LOOKED_AT, "was to go out today and waits"), (timedelta(days=5), f"was to go out on {DAY} and waits")],
)
async def test_what_is_held_on_its_day_is_told_with_the_day_that_it_was_to_go_out_on(
    desk: Desk, later: timedelta, says: str
) -> None:
    (told,) = await desk.told_later(held(HeldBy.DATE), later=later)
    assert says in told


async def test_of_what_an_operator_took_off_its_day_the_editors_are_not_told_that_it_waits(
    desk: Desk,
) -> None:
    assert await desk.told_later(held(HeldBy.UNSCHEDULED), later=timedelta(days=5)) == []


async def test_of_what_is_still_to_come_nobody_is_told_that_it_waits(desk: Desk) -> None:
    day = date(2999, 1, 4)
    desk.draft.now = replace(desk.draft.now, record=record(str(day), date=day, state=IssueState.WAITING))
    assert await desk.told_later(held(HeldBy.DATE), later=timedelta(days=5)) == []

"""What is on top of a channel, and what should be."""

from dataclasses import replace

import pytest

from bot.model import Aim, Cut, Delivery, Destination, Parked, Part
from bot.storage import Database, Deliveries, Issues, Planner, Subscribers
from bot.storage.channels import Channels
from bot.storage.group_chats import GroupChats
from bot.storage.pins import Pins
from tests.builders import NOON
from tests.storage.rows import add_issue, recorded, row

CHANNEL, OTHER, LIN = -1001002004, -1001002005, 1001
OLD, NEW = "2026-02-23", "2026-03-02"


@pytest.fixture
def pins(database: Database) -> Pins:
    return Pins(database)


@pytest.fixture
def channels(database: Database) -> Channels:
    return Channels(database)


class Posted:
    """A channel that pins, and issues that come to it."""

    def __init__(self, database: Database, token: int) -> None:
        self.token = token
        self.issues, self.planner, self.ledger = Issues(database), Planner(database), Deliveries(database)
        self.subscribers, self.channels = Subscribers(database), Channels(database)

    async def begin(self) -> None:
        await self.channels.note(CHANNEL, "A", None)
        await self.channels.choose(CHANNEL, pins=True)
        await self.subscribers.join(Destination(CHANNEL), Cut(), NOON)

    async def post(self, slug: str, message_id: int) -> None:
        """The contents and a section of an issue stand there."""
        await add_issue(self.issues, slug)
        await self.planner.push(slug, NOON)
        planned = await row(self.ledger, CHANNEL, slug)
        parts = (Part(name="contents", message_id=message_id), Part(name="papers", message_id=message_id + 1))
        await self._record(replace(planned, parts=parts).finished("c0"))

    async def take_back(self, slug: str) -> None:
        """Nothing of it stands there any more."""
        await self.planner.retract(slug, NOON)
        await self._record(replace(await row(self.ledger, CHANNEL, slug), parts=()).finished("c1"))

    async def _record(self, changed: Delivery) -> None:
        assert await recorded(self.ledger, changed, self.token) is not None


@pytest.fixture
async def posted(database: Database, token: int) -> Posted:
    posted = Posted(database, token)
    await posted.begin()
    return posted


async def wanted(pins: Pins) -> list[tuple[int, int | None]]:
    return [(one.channel.chat_id, one.wanted) for one in await pins.due()]


async def test_the_contents_of_the_last_issue_are_wanted_on_top_until_they_are(
    pins: Pins, posted: Posted
) -> None:
    assert await wanted(pins) == []
    await posted.post(OLD, 11)
    assert await wanted(pins) == [(CHANNEL, 11)]
    await pins.note(CHANNEL, 11)
    assert await wanted(pins) == []
    await posted.post(NEW, 21)
    assert await wanted(pins) == [(CHANNEL, 21)]


async def test_the_contents_that_came_last_are_wanted_whatever_their_date(pins: Pins, posted: Posted) -> None:
    await posted.post(NEW, 11)
    await posted.post(OLD, 21)
    assert await wanted(pins) == [(CHANNEL, 21)]


async def test_what_is_taken_back_gives_way_to_the_issue_before(pins: Pins, posted: Posted) -> None:
    await posted.post(OLD, 11)
    await posted.post(NEW, 21)
    await pins.note(CHANNEL, 21)
    await posted.take_back(NEW)
    assert await wanted(pins) == [(CHANNEL, 11)]
    await pins.note(CHANNEL, 11)
    await posted.take_back(OLD)
    assert await wanted(pins) == [(CHANNEL, None)]


async def test_an_issue_that_is_being_corrected_stays_on_top(pins: Pins, posted: Posted) -> None:
    await posted.post(NEW, 21)
    await pins.note(CHANNEL, 21)
    await posted.planner.correct(NEW, NOON)
    assert (await row(posted.ledger, CHANNEL, NEW)).aim is Aim.CORRECT
    assert await wanted(pins) == []


async def test_who_wants_no_pins_any_more_has_ours_taken_down(pins: Pins, posted: Posted) -> None:
    await posted.post(NEW, 21)
    await posted.channels.choose(CHANNEL, pins=False)
    assert await wanted(pins) == []
    await pins.note(CHANNEL, 21)
    assert await wanted(pins) == [(CHANNEL, None)]


async def test_what_the_ledger_has_forgotten_stays_on_top(pins: Pins, posted: Posted) -> None:
    await pins.note(CHANNEL, 7)
    assert await wanted(pins) == []
    await posted.post(NEW, 21)
    assert await wanted(pins) == [(CHANNEL, 21)]


async def test_only_the_channels_that_are_asked_for_and_where_the_bot_can_do_something(
    pins: Pins, posted: Posted, database: Database
) -> None:
    await posted.post(NEW, 21)
    assert await pins.due([OTHER]) == ()
    groups = GroupChats(database)
    await groups.note_added(CHANNEL, LIN, NOON)
    (due,) = await pins.due([CHANNEL, OTHER])
    assert due.host == LIN
    await groups.park(CHANNEL, Parked.REMOVED)
    assert await pins.due() == ()


async def test_a_refusal_is_noted_once_until_it_succeeds_or_is_chosen_anew(
    pins: Pins, posted: Posted
) -> None:
    assert await pins.refused(CHANNEL)
    assert not await pins.refused(CHANNEL)
    for again in (
        pins.note(CHANNEL, 7),
        pins.untold(CHANNEL),
        posted.channels.choose(CHANNEL, pins=True),
    ):
        await again
        known = await posted.channels.get(CHANNEL)
        assert known is not None
        assert not known.may_not_pin
        assert await pins.refused(CHANNEL)


async def test_a_channel_without_pins_is_not_looked_at(pins: Pins, channels: Channels) -> None:
    await channels.note(OTHER, "B", None)
    assert await pins.due() == ()

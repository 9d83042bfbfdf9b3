"""Pushes whose readers ask for them before they have come, on a real database."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import time, timedelta

import pytest

from bot.model import AT_ONCE, Cut, DeliveryState, Destination, HeldBy, Hold, Hours, Purpose
from bot.storage import (
    SENDER,
    AskedPushes,
    Database,
    Deliveries,
    Holds,
    Issues,
    Leases,
    MissedIssues,
    Planner,
    Subscribers,
)
from bot.storage.reader_hours import ReaderHours
from tests.builders import NOON
from tests.storage.rows import add_issue, recorded, row, with_part

SLUG, OLDER = "2026-03-02", "2026-02-16"
LAST = Destination(9)
EVENING = Hours(zone="Asia/Shanghai", at=time(21, 30))
LATER = NOON + timedelta(minutes=1)


@dataclass
class World:
    """Nine readers, and an issue that goes out to them behind an older one."""

    database: Database

    @property
    def ledger(self) -> Deliveries:
        return Deliveries(self.database)

    @property
    def asked(self) -> AskedPushes:
        return AskedPushes(self.database)

    async def order(self) -> list[tuple[int, str]]:
        """What goes out next, to whom."""
        due = await self.ledger.due(LATER, limit=20, purposes=(Purpose.PUSH,))
        return [(one.chat_id, one.issue_slug) for one in due]

    async def begin(self, chat: int = LAST.chat) -> None:
        """One part of the issue arrives in the chat."""
        token = await Leases(self.database).acquire(SENDER, holder="test", seconds=30) or 1
        assert await recorded(self.ledger, with_part(await row(self.ledger, chat), 7), token)


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with Database(database_url) as database:
        for chat in range(1, LAST.chat + 1):
            await Subscribers(database).join(Destination(chat), Cut(), NOON)
        await add_issue(Issues(database), SLUG, checksum=SLUG)
        yield World(database)


async def test_what_is_asked_for_goes_before_all_pushes_that_waited_longer(world: World) -> None:
    await add_issue(Issues(world.database), OLDER, checksum=OLDER)
    await Planner(world.database).push(OLDER, NOON - timedelta(hours=1))
    await Planner(world.database).push(SLUG, NOON)
    assert await world.asked.bring(SLUG, LAST, Cut(), LATER) is DeliveryState.PLANNED
    assert (await world.order())[0] == (LAST.chat, SLUG)


async def test_what_waits_for_its_readers_hour_comes_now_to_who_asks(world: World) -> None:
    await ReaderHours(world.database).change(LAST, lambda _: EVENING, NOON)
    await Planner(world.database).push(SLUG, NOON)
    assert (LAST.chat, SLUG) not in await world.order()
    assert await world.asked.bring(SLUG, LAST, Cut(), LATER) is DeliveryState.PLANNED
    assert (await world.order())[0] == (LAST.chat, SLUG)


async def test_a_chat_that_telegram_lets_wait_is_not_written_to_earlier(world: World) -> None:
    await Planner(world.database).push(SLUG, NOON)
    token = await Leases(world.database).acquire(SENDER, holder="test", seconds=30) or 1
    until = NOON + timedelta(minutes=5)
    waiting = replace(await row(world.ledger, LAST.chat), not_before=until, reason="flood")
    assert await recorded(world.ledger, waiting, token)
    assert await world.asked.bring(SLUG, LAST, Cut(), LATER) is DeliveryState.PLANNED
    assert (await row(world.ledger, LAST.chat)).not_before == until


async def test_what_has_begun_to_come_stays_as_it_is(world: World) -> None:
    await Planner(world.database).push(SLUG, NOON)
    await world.begin()
    before = await row(world.ledger, LAST.chat)
    assert await world.asked.bring(SLUG, LAST, Cut(), LATER) is DeliveryState.SENDING
    assert await row(world.ledger, LAST.chat) == before


@pytest.mark.parametrize("scope", [SLUG, ""])
async def test_what_an_operator_holds_does_not_come_and_is_not_told_as_coming(
    world: World, scope: str
) -> None:
    await Planner(world.database).push(SLUG, NOON)
    await world.begin()
    hold = Hold(by=HeldBy.OPERATOR, why="", at=NOON)
    holds = Holds(world.database)
    assert await (holds.hold(scope, hold) if scope else holds.hold_everything(hold))
    assert await world.asked.bring(SLUG, Destination(1), Cut(), LATER) is None
    assert await world.asked.bring(SLUG, LAST, Cut(), LATER) is None
    assert not await world.asked.are_coming_to(LAST.chat)


async def test_another_cut_another_chat_and_what_came_already_bring_nothing(world: World) -> None:
    await Planner(world.database).push(SLUG, NOON)
    assert await world.asked.bring(SLUG, LAST, Cut(topics=("gpu",)), LATER) is None
    assert await world.asked.bring(SLUG, Destination(77), Cut(), LATER) is None
    assert await world.asked.bring(OLDER, LAST, Cut(), LATER) is None
    assert (await row(world.ledger, LAST.chat)).not_before == AT_ONCE


async def test_what_is_held_and_came_to_who_asked_does_not_come_once_more(world: World) -> None:
    planner = Planner(world.database)
    await planner.push(SLUG, NOON)
    await Holds(world.database).hold(SLUG, Hold(by=HeldBy.OPERATOR, why="", at=NOON))
    await world.asked.end(SLUG, LAST, Cut(topics=("gpu",)), LATER)
    await world.asked.end(SLUG, LAST, Cut(), LATER)
    await Holds(world.database).release(SLUG)
    assert LAST.chat not in dict(await world.order())
    assert await planner.retry(SLUG, LATER) == 0
    missed = await MissedIssues(world.database).of(LAST, since=NOON, until=LATER, limit=9)
    assert missed.total == 0


async def test_what_has_begun_to_come_is_not_ended_by_who_asks(world: World) -> None:
    await Planner(world.database).push(SLUG, NOON)
    await world.begin()
    await world.asked.end(SLUG, LAST, Cut(), LATER)
    assert (await row(world.ledger, LAST.chat)).is_open


async def test_a_push_is_coming_in_from_its_first_part_to_its_last(world: World) -> None:
    await Planner(world.database).push(SLUG, NOON)
    assert not await world.asked.are_coming_to(LAST.chat)
    await world.begin()
    assert await world.asked.are_coming_to(LAST.chat)
    assert not await world.asked.are_coming_to(1)
    token = await Leases(world.database).acquire(SENDER, holder="test", seconds=30) or 1
    done = with_part(await row(world.ledger, LAST.chat), 8, last=True)
    assert await recorded(world.ledger, done, token)
    assert not await world.asked.are_coming_to(LAST.chat)

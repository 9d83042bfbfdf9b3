"""Asking for an issue, and for what a cut had left out, on a real database."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest

from bot.model import AT_ONCE, Cut, Delivery, DeliveryState, Destination, HeldBy, Hold, Purpose
from bot.readers.allowance import Allowance
from bot.readers.requests import Asked, IssueRequests
from bot.storage import (
    EVERYTHING,
    SENDER,
    AskedPushes,
    Database,
    Deliveries,
    Holds,
    Issues,
    Leases,
    NamedTexts,
    Planner,
    Subscribers,
)
from tests.builders import NOON
from tests.storage.rows import add_issue, recorded, with_part

SLUG = "2026-03-02"
CUT = Cut(topics=("gpu",))


@dataclass
class World:
    """A database with one issue and one subscriber."""

    database: Database
    allowance: Allowance = field(default_factory=lambda: Allowance(2, lambda: NOON))

    @property
    def ledger(self) -> Deliveries:
        return Deliveries(self.database)

    @property
    def requesting(self) -> IssueRequests:
        return IssueRequests(
            Planner(self.database),
            self.ledger,
            AskedPushes(self.database),
            NamedTexts(self.database),
            lambda: NOON,
            allowance=self.allowance,
        )

    async def push(self) -> None:
        await Planner(self.database).push(SLUG, NOON)

    async def row(self, purpose: Purpose) -> Delivery | None:
        return await self.ledger.get(SLUG, Destination(1), purpose)

    async def send(self, purpose: Purpose, message_id: int, *, last: bool = True) -> None:
        row = await self.row(purpose)
        assert row is not None
        token = await Leases(self.database).acquire(SENDER, holder="test", seconds=30) or 1
        assert await recorded(self.ledger, with_part(row, message_id, last=last), token)


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with Database(database_url) as database:
        await add_issue(Issues(database), SLUG)
        await Subscribers(database).join(Destination(1), CUT, NOON)
        yield World(database)


async def test_an_issue_asked_for_is_planned_with_the_cut_asked_for(world: World) -> None:
    assert await world.requesting.issue(Destination(1), SLUG, CUT) is Asked.COMES
    row = await world.row(Purpose.REQUEST)
    assert row is not None
    assert (row.cut, row.state, row.not_before) == (CUT, DeliveryState.PLANNED, AT_ONCE)


async def test_who_never_subscribed_may_ask_too(world: World) -> None:
    assert await world.requesting.issue(Destination(77), SLUG, Cut()) is Asked.COMES


async def test_asking_twice_sends_once_and_may_be_repeated_when_it_came(world: World) -> None:
    assert await world.requesting.issue(Destination(1), SLUG, CUT) is Asked.COMES
    assert await world.requesting.issue(Destination(1), SLUG, Cut()) is Asked.IS_COMING
    await world.send(Purpose.REQUEST, 100)
    assert await world.requesting.issue(Destination(1), SLUG, Cut()) is Asked.COMES
    row = await world.row(Purpose.REQUEST)
    assert row is not None
    assert (row.cut, row.part_count, row.message_ids) == (Cut(), 0, ())


async def test_the_rest_is_that_of_the_message_whose_button_was_pressed(world: World) -> None:
    await world.push()
    await world.send(Purpose.PUSH, 100)
    await world.requesting.issue(Destination(1), SLUG, Cut(topics=("nlp",)))
    await world.send(Purpose.REQUEST, 200)
    assert await world.requesting.rest(Destination(1), SLUG, 100) is Asked.COMES
    row = await world.row(Purpose.REST)
    assert row is not None
    assert row.cut == Cut(topics=("gpu",), rest=True)
    await world.send(Purpose.REST, 300)
    assert await world.requesting.rest(Destination(1), SLUG, 200) is Asked.COMES
    row = await world.row(Purpose.REST)
    assert row is not None
    assert row.cut == Cut(topics=("nlp",), rest=True)


async def test_the_rest_may_be_asked_for_while_the_parts_still_come(world: World) -> None:
    await world.push()
    await world.send(Purpose.PUSH, 100, last=False)
    assert await world.requesting.rest(Destination(1), SLUG, 100) is Asked.COMES_BEHIND
    assert await world.requesting.rest(Destination(1), SLUG, 100) is Asked.IS_COMING


async def test_there_is_no_rest_of_what_was_never_planned(world: World) -> None:
    assert await world.requesting.rest(Destination(1), "2020-01-01", 100) is None
    assert await world.requesting.rest(Destination(77), SLUG, 100) is None
    assert await world.row(Purpose.REST) is None


async def test_a_whole_issue_has_no_rest(world: World) -> None:
    await world.requesting.issue(Destination(1), SLUG, Cut())
    await world.send(Purpose.REQUEST, 100)
    assert await world.requesting.rest(Destination(1), SLUG, 100) is None


async def test_the_button_of_an_older_copy_still_means_a_cut_of_it(world: World) -> None:
    await world.push()
    await world.send(Purpose.PUSH, 100)
    assert await world.requesting.rest(Destination(1), SLUG, 99) is Asked.COMES


async def test_a_button_below_a_first_answer_sends_its_own_rest_after_a_second_one(world: World) -> None:
    for topic, message_id in (("gpu", 100), ("nlp", 200)):
        await world.requesting.issue(Destination(1), SLUG, Cut(topics=(topic,)))
        await world.send(Purpose.REQUEST, message_id)
    assert await world.requesting.rest(Destination(1), SLUG, 100, Cut(topics=("gpu",)).name) is Asked.COMES
    row = await world.row(Purpose.REST)
    assert row is not None
    assert row.cut == Cut(topics=("gpu",), rest=True)


async def test_a_cut_that_nobody_ever_asked_for_has_no_rest(world: World) -> None:
    await world.push()
    await world.send(Purpose.PUSH, 100)
    assert await world.requesting.rest(Destination(1), SLUG, 100, "AAAAAAAA") is None


async def test_a_message_is_of_the_delivery_that_holds_it_or_is_on_its_way(world: World) -> None:
    await world.push()
    await world.send(Purpose.PUSH, 100)
    await world.requesting.issue(Destination(1), SLUG, Cut(topics=("nlp",)))
    assert await world.requesting.cut_of(Destination(1), SLUG, 100) == CUT
    assert await world.requesting.cut_of(Destination(1), SLUG, 200) == Cut(topics=("nlp",))
    await world.send(Purpose.REQUEST, 200)
    assert await world.requesting.cut_of(Destination(1), SLUG, 200) == Cut(topics=("nlp",))
    assert await world.requesting.cut_of(Destination(1), SLUG, 300) is None
    assert await world.requesting.cut_of(Destination(1), SLUG, None) is None


async def test_what_is_planned_counts_and_what_is_on_its_way_already_does_not(world: World) -> None:
    for _ in range(3):
        await world.requesting.issue(Destination(1), SLUG, CUT)
    assert world.allowance.minutes_left(1) == 0
    await world.send(Purpose.REQUEST, 11)
    await world.requesting.issue(Destination(1), SLUG, CUT)
    assert world.allowance.minutes_left(1) == 60


async def test_who_asks_for_what_waits_its_turn_gets_it_next_and_once(world: World) -> None:
    await world.push()
    assert await world.requesting.issue(Destination(1), SLUG, CUT) is Asked.COMES
    assert await world.row(Purpose.REQUEST) is None
    assert world.allowance.minutes_left(1) == 0


async def test_who_asks_for_what_is_coming_in_is_told_so_and_gets_it_once(world: World) -> None:
    await world.push()
    await world.send(Purpose.PUSH, 100, last=False)
    assert await world.requesting.issue(Destination(1), SLUG, CUT) is Asked.IS_COMING
    assert await world.row(Purpose.REQUEST) is None


async def test_another_cut_of_what_is_coming_in_comes_behind_it(world: World) -> None:
    await world.push()
    await world.send(Purpose.PUSH, 100, last=False)
    assert await world.requesting.issue(Destination(1), SLUG, Cut()) is Asked.COMES_BEHIND
    await world.send(Purpose.PUSH, 101)
    assert await world.requesting.issue(Destination(1), SLUG, Cut()) is Asked.IS_COMING


async def test_what_came_already_comes_once_more_to_who_asks(world: World) -> None:
    await world.push()
    await world.send(Purpose.PUSH, 100)
    assert await world.requesting.issue(Destination(1), SLUG, CUT) is Asked.COMES
    assert await world.row(Purpose.REQUEST) is not None


async def test_who_asks_for_what_is_held_in_the_middle_gets_the_rest_once(world: World) -> None:
    await world.push()
    await world.send(Purpose.PUSH, 100, last=False)
    holds = Holds(world.database)
    await holds.hold_everything(Hold(by=HeldBy.OPERATOR, why="", at=NOON))
    assert await world.requesting.issue(Destination(1), SLUG, CUT) is Asked.COMES
    asked, push = await world.row(Purpose.REQUEST), await world.row(Purpose.PUSH)
    assert asked is not None
    assert push is not None
    assert (asked.state, [part.message_id for part in asked.parts]) == (DeliveryState.PLANNED, [100])
    assert (push.state, push.parts) == (DeliveryState.SKIPPED, ())
    await holds.release(EVERYTHING)
    assert await world.ledger.due(NOON, limit=9, purposes=(Purpose.PUSH,)) == ()


async def test_who_asks_for_another_cut_of_what_is_held_in_the_middle_gets_both(world: World) -> None:
    await world.push()
    await world.send(Purpose.PUSH, 100, last=False)
    await Holds(world.database).hold(SLUG, Hold(by=HeldBy.OPERATOR, why="", at=NOON))
    await world.requesting.issue(Destination(1), SLUG, replace(CUT, topics=("robots",)))
    push = await world.row(Purpose.PUSH)
    assert push is not None
    assert push.is_open

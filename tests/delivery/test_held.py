"""What an operator holds stops before its next part, and goes on where it stopped."""

import asyncio

from structlog.testing import capture_logs

from bot.delivery import Brake
from bot.errors import StoreError
from bot.model import Cut, DeliveryState, Destination, HeldBy, HeldPushes, Hold, Purpose
from bot.pacing import Dispatcher
from bot.storage import EVERYTHING, Holds
from tests.builders import NOON
from tests.delivery.test_delivering import WHOLE
from tests.delivery.world import SLUG, Gate, World

BY_HAND = Hold(by=HeldBy.OPERATOR, why="", at=NOON)


async def braked(world: World) -> Holds:
    """The holds of this world, which its process obeys from now on."""
    holds = Holds(world.database)
    world.brake = Brake(holds.pushes)
    await world.brake.look()
    return holds


async def test_an_issue_held_under_way_stops_before_its_next_part_and_nothing_comes_twice(
    world: World,
) -> None:
    holds = await braked(world)
    await world.publish(1, 2)
    held = asyncio.Event()

    async def hold() -> None:
        assert await holds.hold(SLUG, BY_HAND)
        await world.brake.look()
        held.set()

    world.gateway.held[1] = held
    world.gateway.held[2] = held
    working = asyncio.create_task((await world.worker()).drain())
    await world.gateway.until(lambda: world.gateway.begun == 2)
    await hold()
    await working
    assert [world.gateway.to(chat_id) for chat_id in (1, 2)] == [WHOLE[:1], WHOLE[:1]]
    assert (await world.row(1)).state is DeliveryState.SENDING
    await (await world.worker()).drain()
    assert len(world.gateway.sent) == 2
    await holds.release(SLUG)
    await world.brake.look()
    await (await world.worker()).drain()
    assert [world.gateway.to(chat_id) for chat_id in (1, 2)] == [WHOLE, WHOLE]


async def test_a_part_that_waits_for_its_slot_does_not_leave_any_more(world: World) -> None:
    holds = await braked(world)
    gate = Gate(late=True)
    world.dispatcher = gate
    await world.publish(1)
    working = asyncio.create_task((await world.worker()).drain())
    await gate.until(lambda: gate.waiting == 1)
    await holds.hold_everything(BY_HAND)
    await world.brake.look()
    gate.opened.set()
    await working
    assert world.gateway.sent == []
    row = await world.row(1)
    assert (row.state, row.in_flight, row.attempts) == (DeliveryState.PLANNED, False, 0)


async def test_what_was_held_in_its_slot_is_no_failed_call(world: World) -> None:
    holds = await braked(world)
    road = Dispatcher(rate=30, per_chat=0, now=lambda: 0.0, sleep=world.clock.sleep)
    world.dispatcher = road
    world.lease.unsure = asyncio.Event()
    await world.publish(1, 2, 3)
    working = asyncio.create_task((await world.worker()).drain())
    await world.lease.until(lambda: world.lease.waiting > 0)
    await holds.hold_everything(BY_HAND)
    await world.brake.look()
    world.lease.unsure.set()
    await working
    assert world.gateway.sent == []
    assert (road.report.sent, road.report.refused, road.report.failed) == (0, 0, 0)


async def test_while_everything_is_held_requests_and_tests_go_on_and_what_is_taken_back_goes(
    world: World,
) -> None:
    holds = await braked(world)
    await world.publish(1, slug="2026-02-16")
    await (await world.worker()).drain()
    await world.publish(1, 2)
    await holds.hold_everything(BY_HAND)
    await world.brake.look()
    await world.ask(2)
    await world.planner.plan_one(
        to=Destination(3), issue_slug=SLUG, purpose=Purpose.TEST, cut=Cut(), now=NOON
    )
    await world.planner.retract("2026-02-16", world.clock.time)
    await world.brake.look()
    await (await world.worker()).drain()
    assert [chat for chat, _ in world.gateway.sent[3:]].count(1) == 0
    assert world.gateway.to(2) == [f"{SLUG} asked"]
    assert world.gateway.to(3) == WHOLE
    assert world.gateway.standing(1) == []
    await holds.release(EVERYTHING)
    await world.brake.look()
    await (await world.worker()).drain()
    assert world.gateway.standing(1) == world.gateway.to(2)[1:] == WHOLE


async def test_until_the_database_has_said_what_is_held_everything_is(world: World) -> None:
    away = True

    async def ask() -> HeldPushes:
        if away:
            raise StoreError("database: away")
        return HeldPushes()

    world.brake = Brake(ask)
    await world.publish(1)
    assert not await world.brake.look()
    await (await world.worker()).drain()
    assert world.gateway.sent == []
    away = False
    assert await world.brake.look()
    await (await world.worker()).drain()
    assert world.gateway.to(1) == WHOLE


async def test_a_process_learns_within_a_second_what_another_lets_go(world: World) -> None:
    holds = await braked(world)
    await holds.hold_everything(BY_HAND)
    changed: list[bool] = []

    async def sleep(_: float) -> None:
        if len(changed) == 2:
            raise asyncio.CancelledError
        await holds.release(EVERYTHING)

    watching = asyncio.create_task(
        world.brake.watch(sleep, lambda: changed.append(world.brake.held.everything))
    )
    await asyncio.wait({watching})
    assert changed == [True, False]


async def test_a_hold_is_logged_once_though_the_issue_is_then_taken_back(world: World) -> None:
    with capture_logs() as lines:
        holds = await braked(world)
        await world.publish(1)
        await holds.hold(SLUG, BY_HAND)
        assert await world.brake.look()
        await world.planner.retract(SLUG, NOON)
        assert await world.brake.look()
        await holds.release(SLUG)
        await world.brake.look()
    told = [(line["event"], line.get("issues")) for line in lines if line["event"].startswith("pushes_")]
    assert told == [("pushes_held", [SLUG]), ("pushes_resumed", None)]

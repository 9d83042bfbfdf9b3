"""A broadcast whose readers are nearly all gone holds itself before it has lost the others."""

from collections.abc import Collection

import pytest
from structlog.testing import capture_logs

from bot.delivery import Brake, LossBrake
from bot.delivery.losses import FEWEST
from bot.errors import ChatGone, StoreError
from bot.model import HeldBy, Hold, SubscriberState
from bot.storage import Holds
from tests.delivery.world import SLUG, World

OPEN = 4  # chats at a time


async def broadcast(world: World, readers: int, gone: Collection[int], *, blocked: bool = False) -> Holds:
    """An issue goes to so many readers, of whom Telegram does not know some."""
    holds = Holds(world.database)
    world.brake = Brake(holds.pushes)
    await world.brake.look()
    world.losses = LossBrake(holds.hold, world.brake.look, now=world.clock.now)
    for chat_id in gone:
        world.gateway.faults[chat_id] = [ChatGone("chat not found", blocked=blocked)]
    await world.publish(*range(1, readers + 1))
    await (await world.worker(open_chats=OPEN)).drain()
    return holds


async def active(world: World) -> int:
    return (await world.subscribers.counts())[SubscriberState.ACTIVE]


@pytest.mark.parametrize("blocked", [False, True])
async def test_a_whole_audience_that_telegram_forgot_is_not_lost(world: World, *, blocked: bool) -> None:
    with capture_logs() as lines:
        holds = await broadcast(world, 100, range(1, 101), blocked=blocked)
    hold = (await holds.all())[SLUG]
    assert hold.by is HeldBy.LOSSES
    assert hold.why == "20 of the 20 chats tried are gone or blocked the bot: is it another bot's token?"
    assert hold.release(SLUG) == f"jianbao resume {SLUG}"
    (told,) = (line for line in lines if line["event"] == "issue_held")
    assert (told["issue"], told["reason"], told["command"]) == (SLUG, hold.why, hold.release(SLUG))
    assert await active(world) >= 100 - FEWEST - OPEN
    assert len(world.gateway.sent) == 0


async def test_once_it_is_resumed_it_goes_on_to_its_end_and_whoever_is_there_gets_it(world: World) -> None:
    holds = await broadcast(world, 60, range(1, 41))
    assert await holds.release(SLUG)
    await world.brake.look()
    await (await world.worker(open_chats=OPEN)).drain()
    assert await holds.all() == {}
    assert await active(world) == 20
    assert {chat_id for chat_id, _ in world.gateway.sent} == set(range(41, 61))


@pytest.mark.parametrize(("readers", "gone"), [(5, 3), (FEWEST - 1, FEWEST - 1)])
async def test_a_few_hold_nothing_though_they_are_most(world: World, readers: int, gone: int) -> None:
    holds = await broadcast(world, readers, range(readers, readers - gone, -1))
    assert await holds.all() == {}
    assert await active(world) == readers - gone


async def test_no_more_than_half_of_those_tried_hold_nothing(world: World) -> None:
    holds = Holds(world.database)
    losses = LossBrake(holds.hold, Brake.off().look, now=world.clock.now)
    await world.publish(1)
    row = await world.row(1)
    for _ in range(FEWEST):
        losses.reached(row)
    for _ in range(FEWEST):
        await losses.lost(row)
    assert await holds.all() == {}
    await losses.lost(row)
    assert list(await holds.all()) == [SLUG]


async def test_a_hold_that_the_database_did_not_take_comes_with_the_next_loss(world: World) -> None:
    tried: list[Hold] = []

    async def hold(_slug: str, hold: Hold) -> bool:
        tried.append(hold)
        if len(tried) == 1:
            raise StoreError("database: away")
        return True

    async def look() -> bool:
        return True

    losses = LossBrake(hold, look, now=world.clock.now)
    await world.publish(1)
    row = await world.row(1)
    for _ in range(FEWEST + 5):
        await losses.lost(row)
    assert [one.why[:9] for one in tried] == ["20 of the", "21 of the"]

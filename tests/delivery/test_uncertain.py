"""A request that left and got no answer: what was sent twice, or is missing, is known and counted."""

import asyncio

import pytest

from bot.errors import ChatClosed, ChatGone, ChatMoved, MessageRefused, TryLater, Uncertain
from bot.model import Aim, Delivery, DeliveryState, Destination
from bot.storage import SENDER, Leases
from bot.storage.broadcasts import Broadcasts
from tests.builders import NOON
from tests.delivery.world import SLUG, World

WHOLE = [f"{SLUG} 1/3", f"{SLUG} 2/3", f"{SLUG} 3/3"]


async def drained(world: World, seconds: float = 0) -> Delivery:
    """The first reader's row after all that is due so long from now was delivered."""
    world.clock.advance(seconds)
    await (await world.worker()).drain()
    return await world.row(1)


async def killed(world: World, *, begun: int = 1) -> None:
    """A sender that dies while its ``begun``-th call is on its way, and records nothing any more."""
    world.gateway.held[1] = asyncio.Event()
    world.gateway.held[1].set()
    world.gateway.on_sent = lambda: (
        world.gateway.held[1].clear() if len(world.gateway.sent) == begun - 1 else None
    )
    if begun == 1:
        world.gateway.held[1].clear()
    dying = asyncio.create_task((await world.worker()).run())
    await world.gateway.until(lambda: world.gateway.begun == begun)
    token = (await Leases(world.database).current(SENDER)).token  # type: ignore[union-attr]  # it is held
    await Leases(world.database).release(SENDER, token=token)
    await Leases(world.database).acquire(SENDER, holder="another", seconds=30)
    world.gateway.held[1].set()
    dying.cancel()
    await asyncio.wait({dying})


async def test_an_uncertain_part_is_sent_again_and_marked(world: World) -> None:
    await world.publish(1)
    world.gateway.faults[1] = [Uncertain("no answer")]
    put_off = await drained(world)
    assert (put_off.in_flight, put_off.part_count) == (True, 0)
    done = await drained(world, 2)
    assert world.gateway.to(1) == WHOLE
    assert [part.uncertain for part in done.parts] == [True, False, False]
    assert (done.state, done.uncertain) == (DeliveryState.SENT, 1)


async def test_what_refused_it_afterwards_does_not_make_it_certain(world: World) -> None:
    await world.publish(1)
    world.gateway.faults[1] = [Uncertain("no answer"), TryLater("told to wait", after=1)]
    for seconds in (0, 2):
        await drained(world, seconds)
    assert (await drained(world, 1)).uncertain == 1


async def test_an_uncertain_part_can_be_left_out_instead_and_is_counted_all_the_same(world: World) -> None:
    world.on_uncertain = "skip"
    await world.publish(1)
    world.gateway.faults[1] = [Uncertain("no answer")]
    await drained(world)
    done = await drained(world, 2)
    assert world.gateway.to(1) == WHOLE[1:]
    assert (done.state, done.uncertain, done.part_count) == (DeliveryState.SENT, 1, 3)
    assert done.parts[0].message_id is None
    assert done.reason == "no answer to a part; not sent again, may be missing"


async def test_what_is_to_be_sent_again_for_want_of_an_answer_counts_as_uncertain_until_it_is(
    world: World,
) -> None:
    await world.publish(1)
    world.gateway.faults[1] = [Uncertain("no answer")]
    await drained(world)
    waits = await world.row(1)
    assert (waits.is_open, waits.uncertain) == (True, 0)
    assert (await world.statistics.counts_of(SLUG)).uncertain == 1
    listed = [one async for one in world.statistics.rows(SLUG, uncertain=True)]
    assert [one.delivery.chat_id for one in listed] == [1]


@pytest.mark.parametrize("begun", [1, 2, 3])
async def test_the_part_in_flight_when_a_sender_died_is_sent_again_and_marked(
    world: World, begun: int
) -> None:
    await world.publish(1)
    await killed(world, begun=begun)
    done = await drained(world)
    assert world.gateway.to(1)[:begun] == WHOLE[:begun]
    assert world.gateway.to(1)[begun:] == WHOLE[begun - 1 :]
    assert [part.uncertain for part in done.parts] == [number == begun for number in (1, 2, 3)]
    assert done.reason == "the sending process ended before the answer; sent again, may have come twice"


async def test_the_part_in_flight_when_a_sender_died_does_not_come_twice_where_it_must_not(
    world: World,
) -> None:
    await world.publish(1)
    await killed(world)
    world.on_uncertain = "skip"
    done = await drained(world)
    assert world.gateway.to(1) == WHOLE
    assert (done.state, done.uncertain) == (DeliveryState.SENT, 1)


async def test_a_sender_that_lost_its_lease_sends_nothing_more_and_changes_nothing(world: World) -> None:
    await world.publish(1, 2)
    world.lease.lost = True
    await (await world.worker()).drain()
    assert world.gateway.sent == []
    assert {(await world.row(chat_id)).in_flight for chat_id in (1, 2)} == {False}


async def test_a_part_that_arrives_while_its_reader_stops_is_known(world: World) -> None:
    await world.publish(1)
    world.gateway.held[1] = asyncio.Event()
    working = asyncio.create_task((await world.worker()).drain())
    await world.gateway.until(lambda: world.gateway.begun == 1)
    await world.ledger.skip_all_of_chat(1, "the reader stopped", NOON)
    world.gateway.held[1].set()
    await working
    row = await world.row(1)
    assert (row.state, row.reason, row.message_ids) == (DeliveryState.SKIPPED, "the reader stopped", (101,))


async def test_a_refusal_leaves_nothing_uncertain(world: World) -> None:
    await world.publish(1)
    world.gateway.faults[1] = [ChatGone("blocked", blocked=True)]
    row = await drained(world)
    assert (row.state, row.in_flight, row.uncertain) == (DeliveryState.SKIPPED, False, 0)


async def test_a_chat_closed_to_the_bot_is_parked_and_can_be_tried_again(world: World) -> None:
    await world.publish(1, 2)
    world.gateway.faults[1] = [ChatClosed("not enough rights")]
    row = await drained(world)
    assert (row.state, row.reason) == (DeliveryState.FAILED, "not enough rights")
    assert world.gateway.to(2) == WHOLE
    assert await world.planner.retry(SLUG, world.clock.now()) == 1
    await drained(world)
    assert world.gateway.to(1) == WHOLE


async def test_a_group_that_became_a_supergroup_gets_the_rest_there(world: World) -> None:
    await world.publish(-1)
    world.gateway.on_sent = lambda: world.gateway.faults.update(
        {-1: [ChatMoved("upgraded", chat_id=-1001)]} if len(world.gateway.sent) == 1 else {}
    )
    await (await world.worker()).drain()
    assert (world.gateway.to(-1), world.gateway.to(-1001)) == (WHOLE[:1], WHOLE[1:])
    assert await world.subscribers.get(Destination(-1)) is None
    assert await world.subscribers.get(Destination(-1001)) is not None


async def taken_back(world: World) -> Delivery:
    await world.planner.retract(SLUG, world.clock.now())
    return await drained(world)


async def test_the_copy_of_a_doubled_part_is_still_known_after_the_issue_was_taken_back(world: World) -> None:
    await world.publish(1, 2)
    world.gateway.faults[1] = [Uncertain("no answer")]
    await drained(world)
    await drained(world, 2)
    row = await taken_back(world)
    assert (row.state, row.parts, row.uncertain) == (DeliveryState.SKIPPED, (), 1)
    assert row.reason == "taken back, but for a copy that may stand there, which nobody can find"
    assert (await world.row(2)).reason == "taken back"
    assert [one.delivery.chat_id async for one in world.statistics.rows(SLUG, uncertain=True)] == [1]
    totals = await Broadcasts(world.database).totals(SLUG, Aim.RETRACT)
    assert (totals.sent, totals.uncertain) == (2, 1)


async def test_the_part_in_flight_when_an_issue_is_taken_back_is_still_known(world: World) -> None:
    await world.publish(1)
    await killed(world, begun=2)
    row = await taken_back(world)
    assert (row.parts, row.in_flight, row.uncertain) == ((), False, 1)


async def test_what_is_published_again_after_it_was_taken_back_keeps_the_mark_of_the_copy(
    world: World,
) -> None:
    await world.publish(1)
    world.gateway.faults[1] = [Uncertain("no answer")]
    await drained(world)
    await drained(world, 2)
    await taken_back(world)
    await world.planner.push(SLUG, world.clock.now())
    row = await drained(world)
    assert (row.state, row.part_count, row.uncertain) == (DeliveryState.SENT, 3, 1)


async def test_a_part_that_is_given_up_after_a_request_without_answer_is_still_known(world: World) -> None:
    await world.publish(1)
    world.gateway.faults[1] = [Uncertain("no answer"), MessageRefused("too long")]
    await drained(world)
    row = await drained(world, 2)
    assert (row.state, row.in_flight, row.uncertain) == (DeliveryState.FAILED, False, 1)

"""Topics of a forum: each gets its own, and one that is closed or gone keeps nothing else of its chat."""

import asyncio
from itertools import pairwise

import pytest

from bot.delivery import retry
from bot.errors import ChatClosed, ChatGone, ChatMoved, ThreadClosed
from bot.model import Cut, DeliveryState, Destination, Purpose, SubscriberState
from bot.storage.threads import Threads
from tests.delivery.world import SLUG, World, parts
from tests.storage.rows import add_issue

FORUM = -1009
GENERAL, PAPERS, NEWS = (Destination(FORUM, thread) for thread in (0, 7, 9))
ADA = Destination(1)


async def published(world: World, *places: Destination) -> None:
    world.render = parts
    await add_issue(world.issues, SLUG)
    for to in places:
        await world.subscribers.join(to, Cut(), world.clock.time)
    await world.planner.push(SLUG, world.clock.time)


async def delivered(world: World) -> None:
    await (await world.worker()).drain()


async def state_of(world: World, to: Destination) -> tuple[DeliveryState, str | None]:
    row = await world.ledger.get(SLUG, to, Purpose.PUSH)
    assert row is not None
    return row.state, row.reason


async def test_each_topic_gets_the_issue_in_its_own_thread_one_after_the_other(world: World) -> None:
    await published(world, ADA, GENERAL, PAPERS, NEWS)
    await delivered(world)
    in_forum = [to for to in world.gateway.places if to.chat == FORUM]
    assert set(in_forum) == {GENERAL, PAPERS, NEWS}
    changes = sum(one != other for one, other in pairwise(in_forum))
    assert changes == 2  # no topic's issue came between the parts of another's
    assert ADA in world.gateway.places


@pytest.mark.parametrize("reason", ["TOPIC_CLOSED", "TOPIC_DELETED", "message thread not found"])
@pytest.mark.parametrize("shut", [GENERAL, PAPERS])
async def test_a_topic_that_is_shut_is_parked_and_the_rest_of_the_chat_goes_on(
    world: World, shut: Destination, reason: str
) -> None:
    world.gateway.closed[shut] = reason
    await published(world, GENERAL, PAPERS, NEWS)
    await delivered(world)
    others = {GENERAL, PAPERS, NEWS} - {shut}
    assert {to: await state_of(world, to) for to in others} == dict.fromkeys(
        others, (DeliveryState.SENT, None)
    )
    assert await state_of(world, shut) == (DeliveryState.SKIPPED, reason)
    subscriber = await world.subscribers.get(shut)
    assert subscriber is not None
    assert subscriber.state is SubscriberState.PARKED
    assert [one.destination for one in await Threads(world.database).untold()] == [shut]


async def test_a_topic_that_is_deleted_while_an_issue_comes_gets_no_further_part(world: World) -> None:
    def deleted() -> None:
        if world.gateway.places[-1] == PAPERS:
            world.gateway.closed[PAPERS] = "message thread not found"

    world.gateway.on_sent = deleted
    await published(world, GENERAL, PAPERS)
    await delivered(world)
    assert world.gateway.places.count(PAPERS) == 1
    row = await world.ledger.get(SLUG, PAPERS, Purpose.PUSH)
    assert row is not None
    assert (row.state, row.part_count, row.in_flight) == (DeliveryState.SKIPPED, 1, False)
    assert (await state_of(world, GENERAL))[0] is DeliveryState.SENT


async def test_nothing_is_tried_again_in_a_parked_topic(world: World) -> None:
    world.gateway.closed[PAPERS] = "TOPIC_CLOSED"
    await published(world, PAPERS)
    await delivered(world)
    begun = world.gateway.begun
    await add_issue(world.issues, "2026-03-03")
    assert await world.planner.push("2026-03-03", world.clock.time) == 0
    await delivered(world)
    assert world.gateway.begun == begun


async def test_a_topic_that_opens_again_gets_the_next_issue(world: World) -> None:
    world.gateway.closed[PAPERS] = "TOPIC_CLOSED"
    await published(world, PAPERS)
    await delivered(world)
    world.gateway.closed.clear()
    assert await Threads(world.database).reopen(PAPERS, world.clock.time)
    await add_issue(world.issues, "2026-03-03")
    assert await world.planner.push("2026-03-03", world.clock.time) == 1
    await delivered(world)
    assert set(world.gateway.places) == {PAPERS}


async def test_a_chat_that_put_the_bot_out_gets_nothing_in_any_topic(world: World) -> None:
    world.gateway.faults[FORUM] = [ChatGone("bot was kicked from the supergroup chat", blocked=True)]
    await published(world, GENERAL, PAPERS, NEWS, ADA)
    await delivered(world)
    assert set(world.gateway.places) == {ADA}
    states = {one.state for one in await world.subscribers.of_chat(FORUM)}
    assert states == {SubscriberState.BLOCKED}


async def test_a_chat_that_got_another_id_goes_on_there_in_the_same_topics(world: World) -> None:
    new = -1002009
    world.gateway.faults[FORUM] = [ChatMoved("the group became another", chat_id=new)]
    await published(world, GENERAL, PAPERS)
    await delivered(world)
    assert set(world.gateway.places) == {Destination(new), Destination(new, 7)}


async def test_topics_of_a_chat_are_served_in_turn_and_not_at_once(world: World) -> None:
    hold = world.gateway.held[FORUM] = asyncio.Event()
    await published(world, GENERAL, PAPERS, NEWS)
    work = asyncio.create_task(delivered(world))
    await world.gateway.until(lambda: world.gateway.begun == 1)
    hold.set()
    await work
    assert {(await state_of(world, to))[0] for to in (GENERAL, PAPERS, NEWS)} == {DeliveryState.SENT}


def test_a_shut_topic_is_no_closed_chat() -> None:
    shut = retry.decide(ThreadClosed("TOPIC_CLOSED"), attempts=0, weight=0, jitter=0.5)
    closed = retry.decide(ChatClosed("not enough rights"), attempts=0, weight=0, jitter=0.5)
    assert (shut, closed) == (retry.Shut(reason="TOPIC_CLOSED"), retry.Close(reason="not enough rights"))

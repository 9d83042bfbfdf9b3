"""Why a delivery was put off is told until it arrives; what stands in doubt is told for good."""

from collections.abc import Awaitable, Callable

import pytest

from bot.errors import MessageRefused, SendError, TryLater, Uncertain
from bot.model import Delivery, DeliveryState
from tests.delivery.test_after_the_send import SENT, corrected, sent, taken_back
from tests.delivery.test_uncertain import drained
from tests.delivery.world import World

AWAY = TryLater("no connection to the proxy", after=0)
LIMIT = TryLater("Telegram asked to wait for 1 seconds", after=1)
LOST = Uncertain("no answer in time")


@pytest.mark.parametrize("faults", [[AWAY], [LIMIT], [AWAY, LIMIT, AWAY]])
async def test_the_reason_of_a_deferral_goes_when_the_delivery_arrives(
    world: World, faults: list[SendError]
) -> None:
    await world.publish(1)
    world.gateway.faults[1] = list[Exception](faults)
    for _ in faults:
        assert (await drained(world, 20)).reason in {AWAY.reason, LIMIT.reason}
    done = await drained(world, 20)
    assert (done.state, done.reason) == (DeliveryState.SENT, None)


async def test_the_reason_of_a_deferral_goes_with_the_part_that_was_put_off(world: World) -> None:
    await world.publish(1)
    world.gateway.faults[1] = [AWAY]
    await drained(world)
    world.gateway.on_sent = lambda: world.gateway.faults.update({1: [LIMIT]})
    assert (await drained(world, 2)).reason == LIMIT.reason
    world.gateway.on_sent = lambda: None
    assert (await drained(world, 2)).reason is None


@pytest.mark.parametrize("later", [AWAY, LIMIT])
async def test_that_a_part_may_have_come_twice_stays_told_whatever_put_off_another(
    world: World, later: SendError
) -> None:
    await world.publish(1)
    world.gateway.faults[1] = [LOST, later]
    for _ in range(2):
        await drained(world, 20)
    done = await drained(world, 20)
    assert (done.state, done.uncertain) == (DeliveryState.SENT, 1)
    assert done.reason == "no answer to a part; sent again, may have come twice"


async def test_that_a_part_may_be_missing_stays_told_whatever_put_off_another(world: World) -> None:
    world.on_uncertain = "skip"
    await world.publish(1)
    world.gateway.faults[1] = [LOST]
    await drained(world)
    world.gateway.faults[1] = [AWAY]
    await drained(world, 2)
    done = await drained(world, 20)
    assert (done.state, done.reason) == (
        DeliveryState.SENT,
        "no answer to a part; not sent again, may be missing",
    )


async def test_an_edit_without_an_answer_that_is_made_again_came_once(world: World) -> None:
    desk = await sent(world, 1)
    desk.reads({"news": "changed"}, "contents", "news", "papers")
    world.gateway.faults[1] = [LOST]
    await corrected(world)
    done = await drained(world, 20)
    assert (done.state, done.uncertain, done.reason) == (DeliveryState.SENT, 0, None)


async def test_what_could_not_be_corrected_stays_told_though_a_part_after_it_was_put_off(
    world: World,
) -> None:
    desk = await sent(world, 1)
    desk.reads({"contents": "one", "news": "two"}, "contents", "news", "papers")
    world.gateway.faults[1] = [MessageRefused("entities too long")]
    assert (await corrected(world)).reason == "not corrected: entities too long"


async def test_what_is_taken_back_after_a_deferral_is_told_as_taken_back(world: World) -> None:
    await sent(world, 1)
    world.gateway.faults[1] = [AWAY]
    await taken_back(world)
    done = await drained(world, 20)
    assert (done.state, done.reason) == (DeliveryState.SKIPPED, "taken back")


@pytest.mark.parametrize("change", [corrected, taken_back])
async def test_an_edit_or_a_removal_without_an_answer_is_told_as_tried_again_and_not_as_sent_twice(
    world: World, change: Callable[[World], Awaitable[Delivery]]
) -> None:
    desk = await sent(world, 1)
    desk.reads({"news": "corrected"}, *SENT)
    world.gateway.faults[1] = [LOST]
    assert (await change(world)).reason == "no answer in time; tried again"
    done = await drained(world, 20)
    assert (done.is_open, done.uncertain) == (False, 0)
    assert done.reason in {None, "taken back"}


async def test_a_recall_is_tried_for_hours_where_no_answer_comes_for_twice_does_no_harm(world: World) -> None:
    await sent(world, 1)
    world.gateway.faults[1] = [LOST] * 12
    await taken_back(world)
    for _ in range(12):
        await drained(world, 1000)
    assert world.gateway.standing(1) == []

"""Deliveries that nobody answers tell that Telegram is away; one lost answer does not."""

from datetime import timedelta

import pytest

from bot.errors import TryLater
from bot.runtime.watch import Watch
from tests.runtime.watched import World, world

__all__ = ["world"]
LOST = "no answer in time"


def calls(watch: Watch, *ends: tuple[str | None, float]) -> None:
    for why, seconds in ends:
        watch.called(why, seconds)


async def test_two_deliveries_that_wait_in_vain_for_long_are_a_trouble_that_the_first_answer_ends(
    world: World,
) -> None:
    world.clock.advance(20)
    calls(world.watch, (LOST, 20), (LOST, 20))
    assert (world.failing, world.told) == (["telegram"], ["telegram!"])
    calls(world.watch, (LOST, 20), (None, 0.1))
    assert (world.failing, world.told) == ([], ["telegram!", "telegram"])


async def test_one_lost_answer_is_no_trouble_and_no_more_are_while_others_are_answered(world: World) -> None:
    for _ in range(5):
        world.clock.advance(30)
        calls(world.watch, (LOST, 20), (None, 0.1))
    world.clock.advance(5)
    calls(world.watch, (LOST, 20), (LOST, 20))  # begun long before the last answer
    assert world.told == []


async def test_calls_that_fail_at_once_are_a_trouble_when_none_was_answered_for_a_while(world: World) -> None:
    for _ in range(10):
        calls(world.watch, ("no connection", 0))
        world.clock.advance(1)
    assert world.told == []
    calls(world.watch, ("no connection", 0))
    assert (world.failing, world.told) == (["telegram"], ["telegram!"])


async def test_connections_that_break_after_a_long_rest_are_no_trouble(world: World) -> None:
    world.clock.advance(3600)
    calls(world.watch, *[("the connection broke", 0.1)] * 8)
    world.clock.advance(15)
    calls(world.watch, (None, 0.1))
    assert world.told == []


async def test_an_answer_to_a_request_for_updates_counts_as_one(world: World) -> None:
    calls(world.watch, (LOST, 20))
    world.watch.answered("getUpdates")
    calls(world.watch, (LOST, 5))
    assert world.told == []


async def test_while_updates_do_not_come_an_answered_delivery_ends_nothing(world: World) -> None:
    world.clock.advance(20)
    calls(world.watch, (LOST, 20), (LOST, 20))
    world.watch.heard(TryLater(LOST, after=0))
    calls(world.watch, (None, 0.1))
    assert world.failing == ["telegram"]
    world.watch.heard(None)
    assert (world.failing, world.told) == ([], ["telegram!", "telegram"])


async def test_what_ends_the_trouble_is_not_told_again_by_a_look(world: World) -> None:
    world.clock.advance(190)
    await world.look()
    calls(world.watch, (LOST, 20), (LOST, 20), (None, 0.1))
    world.watch.read(None)
    await world.look()
    assert world.told.count("telegram!") == 1


@pytest.mark.parametrize("seconds", [-3600.0, 3600.0])
async def test_a_clock_that_is_put_is_no_silence(world: World, seconds: float) -> None:
    calls(world.watch, ("no connection", 0))
    world.clock.advance(seconds)
    world.watch.clock_moved(timedelta(seconds=seconds))
    calls(world.watch, ("no connection", 0))
    assert world.told == []

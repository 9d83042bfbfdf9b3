"""What a process met that ends, or that leads no more, is not said to be over."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.errors import BadInput, StoreError
from bot.runtime.leadership import Role
from bot.runtime.watch import log_what_lasts
from tests.runtime.watched import AWAY, TAKEN, World, world

__all__ = ["world"]


@pytest.mark.parametrize("error", [BadInput("no such token"), StoreError("moved"), asyncio.CancelledError()])
async def test_whatever_ends_the_process_what_is_wrong_is_not_said_to_be_over(
    world: World, error: BaseException
) -> None:
    with pytest.raises(type(error)), world.watch.listening():  # noqa: PT012  # what happens meanwhile
        for heard in (AWAY, AWAY, TAKEN, TAKEN):
            world.watch.heard(heard)
        raise error
    assert (world.failing, world.told) == (["updates"], ["telegram!", "telegram", "updates!"])


async def test_what_a_process_met_that_stands_by_is_left_to_the_one_that_leads(world: World) -> None:
    for heard in (AWAY, AWAY):
        world.watch.heard(heard)
    world.watch.listens(yes=False)
    assert world.failing == ["telegram"]
    world.watch.took_role(Role.STANDS_BY)
    assert (world.failing, world.told) == ([], ["telegram!"])
    assert world.watch.troubles.well_since("telegram") == world.clock.now()


async def test_who_loses_the_lease_and_gets_it_again_at_once_has_the_trouble_still(world: World) -> None:
    for _ in range(2):
        world.watch.heard(TAKEN)
    world.watch.listens(yes=False)
    world.watch.took_role(Role.LEADS)
    assert (world.failing, world.told) == (["updates"], ["updates!"])


async def test_who_stands_by_is_ready_without_updates_and_whatever_is_due(world: World) -> None:
    world.watch.heard(TAKEN)
    world.watch.heard(TAKEN)
    world.facts.oldest = world.clock.now()
    world.clock.advance(901)
    world.watch.read(None)
    world.watch.heard(TAKEN)
    await world.look()
    assert world.failing == ["updates", "deliveries"]
    world.watch.listens(yes=False)
    world.watch.took_role(Role.STANDS_BY)
    await world.look()
    assert world.failing == []


def test_how_long_a_process_stood_by_before_it_led_is_known(world: World) -> None:
    assert world.watch.stood_by is None
    world.watch.took_role(Role.STANDS_BY)
    world.clock.advance(12)
    world.watch.took_role(Role.LEADS)
    assert world.watch.stood_by == timedelta(seconds=12)


def test_a_process_that_ends_says_in_the_log_what_is_wrong_still(world: World) -> None:
    world.watch.heard(TAKEN)
    world.watch.heard(TAKEN)
    with capture_logs() as logs:
        log_what_lasts(world.watch.troubles)
    assert [(one["event"], one["trouble"]) for one in logs] == [("trouble_lasts", "updates")]

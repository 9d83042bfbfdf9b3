"""Whoever serves a chat waits until it may be sent a message, but not long."""

import asyncio

import pytest

from bot.errors import TryLater
from tests.pacing.road import Road


async def test_a_gap_of_a_chat_is_waited_for() -> None:
    road = Road(per_chat=1.0)

    async def rests() -> None:
        await road.go(1)
        await road.dispatcher.rested(1)

    await road.clock.run(rests())
    assert road.clock.now() == pytest.approx(1.0)


async def test_a_message_in_flight_is_waited_for_however_long() -> None:
    road = Road(per_chat=1.0, ways=lambda: (20.0, 20.0))

    async def rests() -> None:
        sending = asyncio.create_task(road.go(1))
        await road.clock.sleep(0.1)
        await road.dispatcher.rested(1)
        await sending

    await road.clock.run(rests())
    assert road.clock.now() >= 40.0


async def test_a_group_that_has_had_its_twenty_is_not_waited_for_but_put_off() -> None:
    road = Road(per_chat=1.0)

    async def rests() -> None:
        for _ in range(20):
            await road.go(-1)
        with pytest.raises(TryLater) as told:
            await road.dispatcher.rested(-1)
        assert told.value.after == pytest.approx(60.0 - road.clock.now())

    await road.clock.run(rests())
    assert road.clock.now() < 21.0

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


async def untold(road: Road, chat_id: int) -> str:
    """Why somebody who waits for no more than three seconds cannot write to a chat."""

    async def call() -> None:
        raise AssertionError

    with pytest.raises(TryLater) as told:
        await road.dispatcher.run(chat_id, call, patience=3.0)
    return told.value.reason


async def test_who_will_not_wait_is_told_whose_pause_it_is() -> None:
    """Telegram's, the chat's, or our own after it could not be reached."""
    road = Road(rate=30)

    async def asks() -> None:
        road.ends = lambda _: TryLater("no route", after=0.0)
        while not road.dispatcher.report.paused_for > 3.0:
            await road.go(len(road.went))
        assert await untold(road, -1) == "Telegram was not reached, and is tried again after a rest"
        road.dispatcher.pause(100.0)
        assert await untold(road, -1) == "Telegram asked for a pause"

    await road.clock.run(asks())


async def test_who_cannot_write_to_a_chat_for_its_own_sake_is_told_that() -> None:
    road = Road(per_chat=1.0)

    async def asks() -> None:
        for _ in range(20):
            await road.go(-1)
        assert await untold(road, -1) == "The chat may be sent no more at present"

    await road.clock.run(asks())

"""What many ask for at once is done at once, and then not too often."""

import asyncio
import gc

import pytest

from bot.runtime.tasks import Gently, Seldom, cancelled, first_of, rest


async def test_of_two_that_fail_at_once_one_is_raised_and_the_other_is_not_told_by_the_loop() -> None:
    lost: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: lost.append(context))

    async def fails() -> None:
        raise ValueError("twice")

    with pytest.raises(ValueError, match="twice"):
        await first_of(asyncio.create_task(fails()), asyncio.create_task(fails()))
    gc.collect()
    assert lost == []


async def test_who_rests_is_cancelled_although_woken_up_in_the_same_moment() -> None:
    wake_up = asyncio.Event()
    rounds: list[int] = []

    async def rests() -> None:
        while len(rounds) < 100:
            await rest(3600, wake_up)
            rounds.append(len(rounds))

    resting = asyncio.create_task(rests())
    for _ in range(3):
        await asyncio.sleep(0)
    wake_up.set()
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await cancelled(resting)
    assert resting.cancelled()
    assert len(rounds) <= 1


async def test_who_is_woken_up_all_the_time_lets_others_do_their_work() -> None:
    wake_up = asyncio.Event()
    rounds: list[int] = []

    async def rests() -> None:
        while len(rounds) < 100:
            wake_up.set()
            await rest(3600, wake_up)
            rounds.append(len(rounds))

    resting = asyncio.create_task(rests())
    for _ in range(5):
        await asyncio.sleep(0)
    assert not resting.done()
    await cancelled(resting)


async def test_what_is_asked_for_many_times_is_done_at_once_and_once_more() -> None:
    times: list[float] = []
    twice = asyncio.Event()

    def act() -> None:
        times.append(asyncio.get_running_loop().time())
        if len(times) == 2:
            twice.set()

    gently = Gently(act, every=0.02)
    for _ in range(5):
        gently()
    assert len(times) == 1
    async with asyncio.timeout(5):
        await twice.wait()
    assert times[1] - times[0] >= 0.019


async def test_looking_takes_a_hundredth_of_the_time_at_most() -> None:
    now, looks = [0.0], []

    async def look() -> int:
        now[0] += 2
        looks.append(now[0])
        return len(looks)

    seldom = Seldom(look, lambda: now[0])
    assert [await seldom(), await seldom()] == [1, 1]
    now[0] = 199
    assert await seldom() == 1
    now[0] = 200
    assert await seldom() == 2

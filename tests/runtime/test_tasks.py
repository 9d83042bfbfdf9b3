"""What many ask for at once is done at once, and then not too often."""

import asyncio

from bot.runtime.tasks import Gently


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

import asyncio
import time

from benchmarks.sending.stalls import SHORTEST, stalling


async def longest_wait(every: float) -> float:
    """How late the loop came back at worst, in a quarter of a second."""
    waits = []
    async with stalling(every, 1):
        for _ in range(50):
            began = time.monotonic()
            await asyncio.sleep(0)
            await asyncio.sleep(SHORTEST / 5)
            waits.append(time.monotonic() - began)
    return max(waits)


async def test_a_loop_is_held_up_again_and_again() -> None:
    assert await longest_wait(0.01) > SHORTEST


async def test_stalls_end_with_what_they_are_thrown_into() -> None:
    async with stalling(0.01, 1):
        pass
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_none_are_thrown_in_where_none_are_asked_for() -> None:
    async with stalling(0.0, 1):
        assert asyncio.all_tasks() == {asyncio.current_task()}

"""The button that drops an issue."""

import asyncio

import aiohttp

from bot.sandbox import Sandbox
from tests.sandbox.conftest import TOKEN, Clock


async def test_quick_clicks_drop_one_issue_each_with_a_pause_between(
    clock: Clock, http: aiohttp.ClientSession
) -> None:
    dropped: list[str] = []

    async def drop() -> str:
        dropped.append(f"{clock():%H:%M:%S}")
        return f"issue {len(dropped)}"

    async def click() -> str:
        async with http.post(f"{telegram.url}/sandbox/drop", json={}) as response:
            return str((await response.json())["line"])

    async with Sandbox(token=TOKEN, drop=drop, clock=clock, sleep=clock.sleep) as telegram:
        lines = await asyncio.gather(click(), click(), click())
        assert sorted(lines) == ["issue 1", "issue 2", "issue 3"]
        clock.forward(60)
        await click()
    assert dropped == ["12:00:00", "12:00:03", "12:00:06", "12:01:06"]
    assert clock.slept == [3.0, 3.0]


async def test_without_anything_to_drop_there_is_no_button(
    telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{telegram.url}/sandbox/state") as response:
        assert (await response.json())["drop"] is False
    async with http.post(f"{telegram.url}/sandbox/drop", json={}) as response:
        assert response.status == 400

"""While an issue goes out at the full rate, people who search are answered soon."""

import asyncio
import time
from pathlib import Path
from statistics import quantiles

import pytest

from bot.runtime.clock import utc_now
from bot.sandbox import Person
from bot.storage import ImportRow
from tests.acceptance.world import World, make_world
from tests.nightly import NIGHTLY

SUBSCRIBERS, READERS = range(1001, 1151), range(5001, 5051)
WHOLE = 5  # messages of the issue
SOON = 1.0  # seconds, for all but one reply of twenty


async def answered(world: World, reader: int, began: float) -> list[float]:
    """How long each reply took to a reader who keeps searching while the issue goes out."""
    took: list[float] = []
    for word in ("量化", "剪枝 2026", "GitHub", "手机"):
        await asyncio.sleep(began + (reader % 50) / 50 + 1.5 * len(took) - time.monotonic())
        asked = time.monotonic()
        await world.said(reader, f"/search {word}")
        took.append(time.monotonic() - asked)
    return took


@pytest.mark.skipif(not NIGHTLY, reason="a load needs a real clock and ten seconds: make nightly")
async def test_replies_come_within_a_second_while_an_issue_goes_out(tmp_path: Path) -> None:
    people = tuple(Person(id=one, first_name=str(one), started=True) for one in (*SUBSCRIBERS, *READERS))
    async with make_world(tmp_path, people) as world:
        for day in ("2025-11-03", "2026-01-05"):
            world.write(day)
        async with world.storage() as storage:
            rows = [ImportRow(chat_id=one, language="zh") for one in SUBSCRIBERS]
            await storage.subscribers.import_rows(rows, utc_now())
        async with world.bot():
            world.write("2026-03-02")
            await world.telegram.received(SUBSCRIBERS[0], 1)
            began = time.monotonic()
            searches = asyncio.gather(*(answered(world, reader, began) for reader in READERS))
            waits = [one for took in await searches for one in took]
            during = sum(len(world.telegram.chat(one).from_bot) for one in SUBSCRIBERS)
            for one in SUBSCRIBERS:
                await world.telegram.received(one, WHOLE)
    assert len(waits) == 4 * len(READERS)
    assert quantiles(waits, n=20)[-1] < SOON
    assert during > WHOLE * len(SUBSCRIBERS) / 4  # the broadcast went on meanwhile

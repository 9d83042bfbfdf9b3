"""While an issue goes out at the full rate, people are answered soon, and a flood takes half at most."""

import asyncio
import time
from pathlib import Path
from statistics import quantiles

from bot.runtime.clock import utc_now
from bot.sandbox import Person
from bot.settings.sections import DeliverySettings
from bot.storage import ImportRow
from tests.acceptance.world import World, make_world
from tests.nightly import nightly

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


@nightly("a load needs a real clock and ten seconds")
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


FLOOD, OTHERS = range(7001, 7061), range(8001, 8021)
SECONDS, RATE = 20, 30  # of the flood; messages a second, as Telegram takes them


async def asks_on(world: World, chat_id: int, began: float) -> None:
    """Ask for the newest issue once a second, and for help in between, whatever comes back."""
    for second in range(SECONDS):
        await asyncio.sleep(began + second + (chat_id % 60) / 60 - time.monotonic())
        await world.telegram.say(chat_id, "/latest" if second % 2 else "/help")


async def helped(world: World, chat_id: int, began: float) -> float:
    """How long the help took for somebody who asks once while others flood."""
    await asyncio.sleep(began + 4 + 0.75 * (chat_id % 20) - time.monotonic())
    asked = time.monotonic()
    await world.said(chat_id, "/help")
    return time.monotonic() - asked


async def pushed(world: World, seconds: float) -> int:
    """How many messages of a broadcast arrive meanwhile."""
    before = sum(len(world.telegram.chat(one).from_bot) for one in MANY)
    await asyncio.sleep(seconds)
    return sum(len(world.telegram.chat(one).from_bot) for one in MANY) - before


MANY = range(1001, 1401)


@nightly("a flood needs a real clock and half a minute")
async def test_sixty_who_ask_once_a_second_leave_a_broadcast_half_its_pace_and_others_their_answers(
    tmp_path: Path,
) -> None:
    started = (*MANY, *FLOOD, *OTHERS)
    people = tuple(Person(id=one, first_name=str(one), started=True) for one in started)
    delivery = DeliverySettings(rate=RATE, per_chat=1, expires_after=3650)
    async with make_world(tmp_path, people, delivery=delivery) as world:
        world.write("2026-01-05")
        async with world.storage() as storage:
            rows = [ImportRow(chat_id=one, language="zh") for one in MANY]
            await storage.subscribers.import_rows(rows, utc_now())
        async with world.bot():
            world.write("2026-03-02")
            await world.telegram.received(MANY[0], 1)
            alone = await pushed(world, SECONDS / 2) * 2
            began = time.monotonic()
            flood = asyncio.gather(*(asks_on(world, one, began) for one in FLOOD))
            waits = asyncio.gather(*(helped(world, one, began) for one in OTHERS))
            beside = await pushed(world, SECONDS)
            await flood
            waited = await waits
    assert beside >= alone / 2
    assert quantiles(waited, n=20)[-1] < SOON

"""SIGTERM in the middle of a delivery: what is in flight arrives and is recorded, and the process ends."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.apart import written_apart
from tests.chaos.world import ALL, PARTS, PATIENCE, READERS, TOKEN, World
from tests.nightly import on

ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def bot(world: World) -> AsyncIterator[Process]:
    """``jianbao run``, the whole of it."""
    settings = world.configuration.settings
    variables = {
        "JIANBAO_TOKEN": TOKEN,
        "JIANBAO_API_URL": world.telegram.url,
        "JIANBAO_DATABASE_URL": settings.database_url.get_secret_value(),
        "JIANBAO_ISSUES": str(world.folder),
        "JIANBAO_CONFIG": str(written_apart(world.folder.parent / "apart")),
        "JIANBAO_DELIVERY__RATE": "1000",
        "JIANBAO_DELIVERY__ALLOW_PAID_BROADCAST": "true",
        "JIANBAO_DELIVERY__PER_CHAT": "0",
        "JIANBAO_DELIVERY__OPEN_CHATS": "60",
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), env=os.environ | variables, stdout=DEVNULL, stderr=DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@on("postgresql")
async def test_sigterm_in_mid_delivery_drains_what_is_in_flight_and_ends_within_ten_seconds(
    world: World,
) -> None:
    world.telegram.faults.add("slow", methods={"sendMessage"}, times=None, delay=0.2)
    async with bot(world) as process:
        await world.until_sent(ALL // 15)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            assert await process.wait() == 0  # after nine seconds its own watchdog ends it, with 1
    rows = await world.rows()
    assert not any(row.in_flight for row in rows.values())
    assert sum(row.part_count for row in rows.values()) == world.count() < ALL
    world.telegram.faults.clear()
    with world.process():
        await world.until_done()
    for chat_id in READERS:
        texts = world.texts(chat_id)
        assert len(texts) == len(set(texts)) == PARTS

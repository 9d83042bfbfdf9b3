"""Two processes on one database: one sends at a time, and the other takes over."""

import asyncio
import os
import signal
from itertools import pairwise
from multiprocessing.process import BaseProcess

import sqlalchemy as sa

from bot.model import DeliveryState
from bot.runtime.clock import utc_now
from tests.chaos.test_killed import accounted
from tests.chaos.world import ALL, PATIENCE, World
from tests.nightly import on

ONE, OTHER = "127.0.0.1", "localhost"


def senders(world: World) -> list[str]:
    """By which name each message was sent, in order."""
    return [request.host.partition(":")[0] for request in world.telegram.requests.of("sendMessage")]


def handovers(names: list[str]) -> int:
    """How often the sender changed."""
    return sum(before != after for before, after in pairwise(names))


async def all_accounted(world: World) -> None:
    for row in (await world.rows()).values():
        assert row.state is DeliveryState.SENT
        accounted(world, row)


@on("sqlite")
async def test_of_two_processes_one_sends(world: World) -> None:
    with world.process(host=ONE), world.process(host=OTHER):
        await world.until_done()
    assert handovers(senders(world)) == 0
    await all_accounted(world)


@on("postgresql")
async def test_when_the_sender_dies_the_other_takes_over(world: World) -> None:
    """How soon, by the term that the bot has, is in tests/runtime/test_leadership.py."""
    with world.process(host=ONE) as first:
        await world.until_sent(ALL // 15)
        with world.process(host=OTHER):
            os.kill(first.pid or 0, signal.SIGKILL)
            first.join()
            await world.until_done()
    assert handovers(senders(world)) == 1
    await all_accounted(world)


async def stopped_between_writes(world: World, process: BaseProcess, *, at: int) -> None:
    """Stop it when so many messages were sent, and neither in the middle of a write nor of a request.

    Whoever is stopped there keeps its locks, and whoever wants them waiting, until it wakes or is killed;
    a request that was let go while the lease was had would leave after the wake.
    """
    await world.until_sent(at)
    os.kill(process.pid or 0, signal.SIGSTOP)
    while await someone_writes(world) or await someone_departs(world):
        os.kill(process.pid or 0, signal.SIGCONT)
        await world.until_sent(world.count() + 20)
        os.kill(process.pid or 0, signal.SIGSTOP)


async def someone_writes(world: World) -> bool:
    """Whether a transaction was begun that does not end."""
    async with world.storage.database.reading() as connection:
        if connection.dialect.name == "postgresql":
            return bool(await connection.scalar(_IN_TRANSACTION))
    try:
        async with asyncio.timeout(1):
            await world.storage.timestamps.set("nobody writes", utc_now())
    except TimeoutError:
        return True
    return False


async def someone_departs(world: World) -> bool:
    """Whether a part was let go that has not arrived."""
    rows = (await world.rows()).values()
    return any(row.in_flight and len(world.texts(row.chat_id)) == len(row.parts) for row in rows)


_IN_TRANSACTION = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
)


@on("sqlite")
async def test_a_sender_that_was_stopped_and_wakes_neither_sends_nor_changes_anything(world: World) -> None:
    with world.process(host=ONE) as first:
        # By then every connection is made: a part that waited for its own would leave it after the wake.
        await stopped_between_writes(world, first, at=ALL // 5)
        with world.process(host=OTHER) as second:
            await world.telegram.until(lambda: senders(world).count(OTHER) >= ALL // 25, timeout=PATIENCE)
            mine = senders(world).count(ONE)
            os.kill(first.pid or 0, signal.SIGCONT)
            await world.until_done()
            assert senders(world).count(ONE) == mine
            assert second.is_alive()
        assert first.is_alive()
    assert handovers(senders(world)) == 1
    await all_accounted(world)

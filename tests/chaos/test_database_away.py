"""A database that goes away in the middle of a delivery is waited for, and the delivery goes on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.model import DeliveryState
from tests.chaos.test_killed import accounted
from tests.chaos.world import ALL, World, make_world
from tests.postgres import TEMPLATE, Postgres


@pytest.fixture
async def on_postgresql(tmp_path: Path, postgres: Postgres) -> AsyncIterator[World]:
    async with make_world(tmp_path, postgres.new_database(template=TEMPLATE)) as made:
        yield made


async def test_postgresql_restarted_in_mid_delivery_loses_and_doubles_nothing(
    on_postgresql: World, postgres: Postgres
) -> None:
    world = on_postgresql
    async with world.engine():
        for sent in (ALL // 8, ALL // 2):
            await world.until_sent(sent)
            await asyncio.to_thread(postgres.restart)
        await world.until_sent(ALL)
        await until_done_again(world)
    for row in (await world.rows()).values():
        assert row.state is DeliveryState.SENT
        assert accounted(world, row) == 0


async def test_an_sqlite_file_moved_away_in_mid_delivery_and_back_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    var, away = tmp_path / "var", tmp_path / "var.away"
    async with make_world(tmp_path, f"sqlite:///{var}/jianbao.db") as world:
        told = asyncio.Event()
        world.storage.database.tell = lambda trouble: told.set() if trouble else None
        with capture_logs() as logs:
            async with world.engine():
                await world.until_sent(ALL // 8)
                var.rename(away)
                var.mkdir()
                await told.wait()
                assert list(var.iterdir()) == []
                var.rmdir()
                away.rename(var)
                await world.until_sent(ALL)
                await world.until_done()
        for row in (await world.rows()).values():
            assert (row.state, accounted(world, row)) == (DeliveryState.SENT, 0)
    assert [one for one in logs if one["log_level"] == "error"] == []


async def until_done_again(world: World) -> None:
    """The test's own connections broke too."""
    for _ in range(20):
        if await world.storage.database.healthy():
            break
    await world.until_done()

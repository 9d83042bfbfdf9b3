"""Databases of the tests' own: an SQLite file, or a database on a PostgreSQL server, new for each test."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage import Database
from tests.postgres import TEMPLATE, Postgres, running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests, with a database that new ones are copied from."""
    with running() as server:
        server.server.psql(f"CREATE DATABASE {TEMPLATE};")
        asyncio.run(_migrated(server.url(TEMPLATE)))
        yield server


async def _migrated(url: str) -> None:
    async with Database(url):
        pass


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a test's database is: each test that asks runs once with either."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/jianbao.db"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.new_database(template=TEMPLATE)

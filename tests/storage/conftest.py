"""A real SQLite file for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage import Database, Deliveries, Issues, Subscribers


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database(f"sqlite:///{tmp_path}/jianbao.db") as database:
        yield database


@pytest.fixture
def issues(database: Database) -> Issues:
    return Issues(database)


@pytest.fixture
def subscribers(database: Database) -> Subscribers:
    return Subscribers(database)


@pytest.fixture
def ledger(database: Database) -> Deliveries:
    return Deliveries(database)

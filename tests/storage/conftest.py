"""The storage on a real SQLite file, and at night on a real PostgreSQL server too."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage import (
    SENDER,
    Database,
    Deliveries,
    Entries,
    EntryIndex,
    Issues,
    Leases,
    Planner,
    Statistics,
    Subscribers,
    Timestamps,
)
from tests.nightly import mostly
from tests.postgres import Postgres
from tests.storage.indexed import TakeIn


@pytest.fixture(params=mostly("sqlite"))
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database is, or will be, that has no table yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new.db"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.new_database()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as database:
        yield database


@pytest.fixture
def issues(database: Database) -> Issues:
    return Issues(database)


@pytest.fixture
def entries(database: Database) -> Entries:
    return Entries(database)


@pytest.fixture
def entry_index(database: Database) -> EntryIndex:
    return EntryIndex(database)


@pytest.fixture
def take_in(issues: Issues, entry_index: EntryIndex) -> TakeIn:
    return TakeIn(issues, entry_index)


@pytest.fixture
def timestamps(database: Database) -> Timestamps:
    return Timestamps(database)


@pytest.fixture
def subscribers(database: Database) -> Subscribers:
    return Subscribers(database)


@pytest.fixture
def planner(database: Database) -> Planner:
    return Planner(database)


@pytest.fixture
def ledger(database: Database) -> Deliveries:
    return Deliveries(database)


@pytest.fixture
def statistics(database: Database) -> Statistics:
    return Statistics(database)


@pytest.fixture
def leases(database: Database) -> Leases:
    return Leases(database)


@pytest.fixture
async def token(leases: Leases) -> int:
    """That of the process that sends: ours."""
    token = await leases.acquire(SENDER, holder="test", seconds=30)
    assert token is not None
    return token

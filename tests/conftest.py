"""Databases of the tests' own: an SQLite file, or a database on a PostgreSQL server, new for each test."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.postgres import Postgres


@pytest.fixture(scope="session")
def postgres() -> "Iterator[Postgres]":
    """One server for all tests, with a database that new ones are copied from."""
    from tests.postgres import running  # noqa: PLC0415  # half of the start of a room without a database

    with running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a test's database is: each test that asks runs once with either."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/jianbao.db"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.migrated_database()

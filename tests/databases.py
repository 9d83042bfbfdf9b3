"""Where the databases of tests are; and the fixture of the rooms that do not ask a database themselves.

The storage's own tests try every statement on SQLite and on PostgreSQL. Whoever stands above it is
tried on SQLite, and at night on either: their ``conftest.py`` imports this ``database_url``.
"""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.nightly import mostly

if TYPE_CHECKING:
    from tests.postgres import Postgres


def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is, of the kind that is the fixture's parameter."""
    if request.param == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_file'), tmp_path)}"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.emptied()


@pytest.fixture(params=mostly("sqlite"))
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a test's database is: on SQLite, and at night on either."""
    return address(request, tmp_path)

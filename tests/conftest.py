"""Databases of the tests' own, empty for each test: on SQLite, and at night on a PostgreSQL server too."""

import gc
import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.night import why_at_night
from tests.nightly import NIGHTLY, examples, mostly, nightly

if TYPE_CHECKING:
    from tests.postgres import Postgres

#: Nothing by the wall clock, which what else the machine does would break.
hypothesis.settings.register_profile(
    "jianbao",
    deadline=None,
    max_examples=examples(25),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("jianbao")


#: Files of tests are synced as those of the bot are, which on a busy disk takes half of the time.
MEMORY = Path("/dev/shm")
if MEMORY.is_dir():
    _memory = os.statvfs(MEMORY)
    if _memory.f_bavail * _memory.f_frsize > 2**31 and not _memory.f_flag & os.ST_NOEXEC:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # where pytest makes its folders


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what is the night's by where it stands, unless somebody asks for that room or module."""
    config = item.config
    asked = [] if "nightly" in config.option.markexpr else map(partial(_from_root, config), config.args)
    why = why_at_night(item.nodeid.partition("[")[0], asked)
    if why is not None:
        item.add_marker(nightly(why))


def _from_root(config: pytest.Config, argument: str) -> str:
    """A path of the command line, seen from the root of the checkout."""
    return os.path.relpath(config.invocation_params.dir / argument.partition("::")[0], config.rootpath)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """By day, leave out what is for the night, unless that, or a test, is asked for by name."""
    if NIGHTLY or "nightly" in config.option.markexpr or any("::" in one for one in config.args):
        return
    left = [item for item in items if item.get_closest_marker("nightly")]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if not item.get_closest_marker("nightly")]


def pytest_collection_finish() -> None:
    """What is there now stays to the end: to look through it for garbage took a fifth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres() -> "Iterator[Postgres]":
    """One server for all tests."""
    from tests.postgres import running  # noqa: PLC0415  # half of the start of a room without a database

    with running() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file without a row, its schema up to date: copied in a moment, where making one takes many."""
    from tests.sqlite import write_empty  # noqa: PLC0415  # as above

    return write_empty(tmp_path_factory.mktemp("sqlite") / "jianbao.db")


@pytest.fixture(params=mostly("sqlite"))
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a test's database is: on SQLite, and at night on either; by day too if it is ``@on_either``."""
    if request.param == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_file'), tmp_path)}"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.emptied()


@pytest.fixture
def database_of_its_own(request: pytest.FixtureRequest, database_url: str) -> str:
    """The same for a test that makes tables, which no other must find."""
    if database_url.startswith("sqlite"):
        return database_url
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.migrated()

"""Databases to measure on, as an operator has them: what was committed survives a power cut."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

from tests.postgres import SETTINGS, running

#: Makes an empty database and returns its address.
New = Callable[[], str]
#: Those of one kind, for as long as they are needed.
Databases = Callable[[], AbstractContextManager[New]]


@contextmanager
def sqlite() -> Iterator[New]:
    """Files in a folder that goes away with them."""
    with tempfile.TemporaryDirectory(prefix="jianbao-bench-") as folder:
        numbers = count(1)
        yield lambda: f"sqlite:///{Path(folder) / f'{next(numbers)}.sqlite'}"


@contextmanager
def postgresql() -> Iterator[New]:
    """A server of our own with PostgreSQL's defaults, and not with what the tests set to be quick."""
    with running() as postgres:
        for name in SETTINGS:
            postgres.server.psql(f"ALTER SYSTEM RESET {name};")
        postgres.control("restart", "--mode=fast")
        yield postgres.new_database


#: By name, in the order of the table.
DATABASES: Mapping[str, Databases] = {"SQLite": sqlite, "PostgreSQL": postgresql}

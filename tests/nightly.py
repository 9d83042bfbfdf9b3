"""What `make nightly` does more of than `make test`: NIGHTLY=1 says which of the two it is.

``@nightly("why")`` leaves a test, or a parameter of one, to the night: for what takes over two seconds,
or repeats on other input what a test of every commit promises. Rooms and modules are left to it by
``night.toml``, and PostgreSQL by the fixture ``database_url``. ``make test ARGS="-m nightly"`` runs what
the default suite, which is to take three minutes, left out.
"""

import os
from collections.abc import Sequence

import pytest

NIGHTLY = os.environ.get("NIGHTLY") == "1"

DATABASES = ("sqlite", "postgresql")


def nightly(why: str) -> pytest.MarkDecorator:
    """Run it at night alone; ``why`` says what of it every commit tries, or what it takes."""
    return pytest.mark.nightly(why)


def by_day(first: int, cases: Sequence[object], why: str) -> list[object]:
    """The cases of a family, of which every commit tries the first ones; a tuple has several parameters."""
    rest = (case if isinstance(case, tuple) else (case,) for case in cases[first:])
    return [*cases[:first], *(pytest.param(*case, marks=nightly(why)) for case in rest)]


def mostly(database: str) -> list[object]:
    """Databases to try a test on: this one, and at night either."""
    others = [one for one in DATABASES if one != database]
    return by_day(1, [database, *others], f"every commit tries it on {database}")


def on(database: str) -> pytest.MarkDecorator:
    """Run a test on this database, and at night on either: for what takes seconds on each."""
    return pytest.mark.parametrize("database_url", mostly(database), indirect=True)


#: For what every commit tries on either database: the statements that PostgreSQL has of its own. It stands
#: nearest to the test, so that the database comes first in the names of its cases.
on_either = pytest.mark.parametrize("database_url", DATABASES, indirect=True)


def examples(of_a_commit: int) -> int:
    """How many examples a property is tried with."""
    return of_a_commit * 40 if NIGHTLY else of_a_commit

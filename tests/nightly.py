"""What `make nightly` does more of than `make test`: NIGHTLY=1 says which of the two it is."""

import os

import pytest

NIGHTLY = os.environ.get("NIGHTLY") == "1"


def examples(of_a_commit: int) -> int:
    """How many examples a property is tried with."""
    return of_a_commit * 40 if NIGHTLY else of_a_commit


def on(database: str) -> pytest.MarkDecorator:
    """Run a test on this database, and at night on either: for what takes seconds on each."""
    databases = ["sqlite", "postgresql"] if NIGHTLY else [database]
    return pytest.mark.parametrize("database_url", databases, indirect=True)

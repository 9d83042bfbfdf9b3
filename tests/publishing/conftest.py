"""The storage's own fixtures: a real database for each test, SQLite and at night PostgreSQL."""

from tests.storage.conftest import (
    database,
    issues,
    leases,
    ledger,
    statistics,
    subscribers,
    timestamps,
    token,
)

__all__ = [
    "database",
    "issues",
    "leases",
    "ledger",
    "statistics",
    "subscribers",
    "timestamps",
    "token",
]

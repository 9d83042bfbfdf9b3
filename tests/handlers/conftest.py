"""The storage's own fixtures: a real database for each test, SQLite and at night PostgreSQL."""

from tests.storage.conftest import database

__all__ = ["database"]

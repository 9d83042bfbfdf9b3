"""A real database for each test, SQLite and at night PostgreSQL."""

from tests.databases import database_url

__all__ = ["database_url"]

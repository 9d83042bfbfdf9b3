"""The storage's own database, SQLite and PostgreSQL."""

from tests.storage.conftest import database

__all__ = ["database"]

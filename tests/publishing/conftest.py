"""The storage's own fixtures: a real SQLite file for each test."""

from tests.storage.conftest import database, issues, ledger, subscribers

__all__ = ["database", "issues", "ledger", "subscribers"]

"""What only PostgreSQL has. Where it is not the database this is never imported: it takes 2 MB."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSQUERY, Insert
from sqlalchemy.dialects.postgresql import insert as insert_into

from bot.storage.schema import PARTIAL_INDEXES

__all__ = ["Insert", "as_json", "as_query", "insert_into", "prepare_indexes", "unnested"]


def as_json(text: sa.ColumnElement[str]) -> sa.ColumnElement[object]:
    """A text as the JSON that it is."""
    return sa.cast(text, JSONB)


def as_query(words: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """A text as a search for words."""
    return sa.cast(words, TSQUERY())


def unnested(words: Sequence[str]) -> sa.ColumnElement[str]:
    """Words as rows."""
    return sa.func.unnest(sa.literal(words, ARRAY(sa.Text)))


def prepare_indexes() -> None:
    """Let the indexes that are made from now on hold only the rows that they are for, as on SQLite."""
    for index in PARTIAL_INDEXES:
        index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]

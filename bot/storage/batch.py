"""Many rows as one parameter, so that one statement changes them all in one go.

The rows go over as a JSON text, which both databases take apart themselves: no limit of
parameters, and the statement is the same however many rows there are.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.connection import Connection

Types = Mapping[str, sa.types.TypeEngine[Any]]  #: Any, for these are invariant, and each column has its own
PARAMETER = "batch"


def batch(connection: Connection, types: Types) -> sa.Subquery:
    """A table of these columns; its rows come with the parameter :data:`PARAMETER`, made by :func:`pack`."""
    if connection.dialect.name == "postgresql":
        from bot.storage.postgresql import as_json  # noqa: PLC0415  # 2 MB that SQLite has no use for

        given = as_json(sa.bindparam(PARAMETER, "[]", type_=sa.Text()))
        value = sa.func.jsonb_array_elements(given).table_valued("value", name="given").c.value
        columns = [
            sa.cast(value.op("->>")(sa.literal_column(str(place))), kind).label(name)
            for place, (name, kind) in enumerate(types.items())
        ]
    else:
        value = (
            sa.func.json_each(sa.bindparam(PARAMETER, "[]", type_=sa.Text())).table_valued("value").c.value
        )
        columns = [
            _typed(sa.func.json_extract(value, sa.literal_column(f"'$[{place}]'")), kind).label(name)
            for place, (name, kind) in enumerate(types.items())
        ]
    return sa.select(*columns).subquery("batch")


def _typed(value: sa.ColumnElement[Any], kind: sa.types.TypeEngine[Any]) -> sa.ColumnElement[Any]:
    """Text is said to be text: only then does SQLite index the table where a column is compared with it."""
    return sa.cast(value, kind) if isinstance(kind, sa.Text) else sa.type_coerce(value, kind)


def pack(rows: Iterable[Sequence[object]]) -> str:
    """The rows as the parameter takes them; times must be aware."""
    return json.dumps([list(row) for row in rows], default=_time, ensure_ascii=False, separators=(",", ":"))


def _time(value: object) -> str:
    """As SQLite keeps times, which sorts as time does; PostgreSQL reads it too, in a session set to UTC."""
    assert isinstance(value, datetime)  # noqa: S101  # nothing else among our columns is unknown to JSON
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")

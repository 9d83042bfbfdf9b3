"""What is compared with ours: a row for each message. Its keys and indexes are those of the ledger."""

from typing import Any

import sqlalchemy as sa

from benchmarks.ledger.filling import NOW, SLUG
from bot.model import AT_ONCE, Purpose, SubscriberState
from bot.storage import Database
from bot.storage.connection import Connection
from bot.storage.planner import CHUNK
from bot.storage.rows import fresh
from bot.storage.schema import UtcTime, deliveries, issues, subscribers
from bot.storage.upsert import insert

PARTS = 6  # of an issue of middling length
_IN_THE_ROW = frozenset({"next_part", "parts", "reason"})  # of a delivery, and of no message
_OPEN = sa.text("state IN ('planned', 'sending')")


def _columns() -> list[sa.Column[Any]]:
    kept = [column for column in deliveries.c if column.name not in _IN_THE_ROW]
    return [
        sa.Column(
            column.name,
            column.type,
            *([sa.ForeignKey(issues.c.slug)] if column.foreign_keys else []),
            primary_key=column.primary_key,
            nullable=column.nullable,
            autoincrement=False,
        )
        for column in kept
    ]


_messages = sa.Table(
    "messages",
    sa.MetaData(),
    *_columns(),
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger),
    sqlite_with_rowid=False,
)
sa.Index(
    "messages_due",
    *(_messages.c[name] for name in ("purpose", "not_before", "planned_at")),
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
sa.Index("messages_of_chat", _messages.c.chat_id, sqlite_where=_OPEN, postgresql_where=_OPEN)


async def plan_by_message(database: Database) -> int:
    """Six rows for each subscriber, in transactions of as many subscribers as ours; returns the rows."""
    async with database.writing() as connection:
        await connection.run_sync(_messages.create)
    rows, after = 0, -1
    while (upto := await _end(database, after)) is not None:
        async with database.writing() as connection:
            chunk = _insert(connection, after, upto).execution_options(preserve_rowcount=True)
            rows += (await connection.execute(chunk)).rowcount
        after = upto
    return rows


async def _end(database: Database, after: int) -> int | None:
    """The last chat of the next chunk."""
    chats = sa.select(subscribers.c.chat_id).where(subscribers.c.chat_id > after)
    chunk = chats.order_by(subscribers.c.chat_id).limit(CHUNK).subquery()
    async with database.reading() as connection:
        upto: int | None = await connection.scalar(sa.select(sa.func.max(chunk.c.chat_id)))
    return upto


def _insert(connection: Connection, after: int, upto: int) -> Any:
    parts = sa.union_all(*(sa.select(sa.literal(part).label("part")) for part in range(PARTS))).subquery()
    values: dict[str, Any] = {
        "issue_slug": sa.literal(SLUG),
        "chat_id": subscribers.c.chat_id,
        "thread": subscribers.c.thread,
        "purpose": sa.literal(str(Purpose.PUSH)),
        "part": parts.c.part,
        "cut": subscribers.c.cut,
        "hours": subscribers.c.hours,
        "not_before": sa.literal(AT_ONCE, UtcTime),
        "version": sa.literal(0),
        "planned_at": sa.literal(NOW, UtcTime),
        "updated_at": sa.literal(NOW, UtcTime),
    } | {
        name: sa.literal(value, deliveries.c[name].type)
        for name, value in fresh().items()
        if name not in _IN_THE_ROW
    }
    everyone = (
        sa.select(*values.values())
        .select_from(subscribers.join(parts, sa.true()))
        .where(
            subscribers.c.state == SubscriberState.ACTIVE,
            subscribers.c.chat_id > after,
            subscribers.c.chat_id <= upto,
        )
    )
    return insert(connection, _messages).from_select(list(values), everyone).on_conflict_do_nothing()

"""Which rows of the database are a chat's, table by table: what a person is shown, and what is forgotten.

What is not here says nothing of whose it was: ids of updates, and texts by their names. A plan that is
being carried out holds the id of the chat that it has come to, until it ends.
"""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import date, time
from enum import Enum

import sqlalchemy as sa

from bot.model import AT_ONCE
from bot.storage import group_chats as groups
from bot.storage.admin_schema import channels, desk_messages, group_chats, role_chats
from bot.storage.database import Database
from bot.storage.feedback_schema import mistakes, readings, votes
from bot.storage.missed_issues import declined_by
from bot.storage.role_chats import is_of
from bot.storage.schema import deliveries, issues, marks, saved_items, subscribers, threads

#: A row as JSON has it, by column.
KeptRow = Mapping[str, object]

Chats = Collection[int]


def _of_ledger(chats: Chats) -> sa.ColumnElement[bool]:
    """The rows of the ledger, found issue by issue, as their key begins with it."""
    return sa.and_(deliveries.c.chat_id.in_(chats), deliveries.c.issue_slug.in_(sa.select(issues.c.slug)))


#: Each table that keeps something of a chat, with the rows that are one's.
KEPT: Mapping[sa.Table, Callable[[Chats], sa.ColumnElement[bool]]] = {
    subscribers: subscribers.c.chat_id.in_,
    deliveries: _of_ledger,
    saved_items: saved_items.c.chat_id.in_,
    threads: lambda chats: sa.or_(threads.c.chat_id.in_(chats), threads.c.set_up_by.in_(chats)),
    marks: declined_by,
    role_chats: is_of,
    desk_messages: desk_messages.c.chat_id.in_,
    group_chats: groups.is_of,
    channels: channels.c.chat_id.in_,
    votes: votes.c.person.in_,
    mistakes: lambda chats: sa.or_(mistakes.c.chat_id.in_(chats), mistakes.c.person.in_(chats)),
    readings: readings.c.person.in_,
}


class KeptRows:
    """What one database keeps of a chat. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, chat_id: int) -> dict[str, list[KeptRow]]:
        """Every row that is the chat's, by table, as JSON has it; only tables that have any."""
        found: dict[str, list[KeptRow]] = {}
        async with self._database.reading() as connection:
            for table, own in KEPT.items():
                query = sa.select(table).where(own((chat_id,))).order_by(*table.primary_key)
                if rows := [_as_json(row) for row in (await connection.execute(query)).mappings()]:
                    found[table.name] = rows
        return found


def _as_json(row: sa.RowMapping) -> KeptRow:
    return {name: json.loads(value) if name == "parts" else json_value(value) for name, value in row.items()}


def json_value(value: object) -> object:
    """The value of a column of whatever type, as JSON has it; a moment that is none is null."""
    return None if value == AT_ONCE else json.loads(json.dumps(value, default=_plain))


def _plain(value: object) -> object:
    """What stands for a value of a type that JSON lacks."""
    match value:
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case Enum():
            return value.value
    return str(value)

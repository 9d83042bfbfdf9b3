"""The bot's messages in the editors' chat that it still has something to do with, and what each is about.

======= ============================================================================
card    a draft; ``shown`` tells what the message shows
correction
        an issue that is out and has changed; ``body`` is the edition that an editor put aside
mistake what a reader says is wrong; ``about`` ends with what names it
due     that a draft's day has come while something keeps it from going out
live    an issue that goes out, by its aim and when that began; ``body`` is what was planned
preview what a reader gets of an issue; ``about`` is the same of all that came together
======= ============================================================================
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.storage.admin_schema import desk_messages
from bot.storage.database import Database
from bot.storage.upsert import insert

BETWEEN = "|"  #: the slug of what a message is about, and what else it is about


class DeskKind(StrEnum):
    """What a message is."""

    CARD = "card"
    CORRECTION = "correction"
    DUE = "due"
    LIVE = "live"
    MISTAKE = "mistake"
    PREVIEW = "preview"


def issue_of(about: str) -> str:
    """The slug of the issue in what a message is about."""
    return about.split(BETWEEN, maxsplit=1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskMessage:
    """A message of a chat since ``at``."""

    chat_id: int
    message_id: int
    kind: DeskKind
    about: str
    at: datetime
    shown: str = ""
    body: str = ""

    @property
    def issue(self) -> str:
        """The slug of the issue that it is about."""
        return issue_of(self.about)

    @property
    def more(self) -> str:
        """What it is about besides; empty for nothing."""
        return self.about.partition(BETWEEN)[2].partition(BETWEEN)[0]


class DeskMessages:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, chat_id: int, message_id: int) -> DeskMessage | None:
        """What is known of a message; None if nothing is."""
        found = await self._all(desk_messages.c.chat_id == chat_id, desk_messages.c.message_id == message_id)
        return next(iter(found), None)

    async def of(self, chat_id: int, kind: DeskKind) -> dict[str, DeskMessage]:
        """The newest message about each thing in a chat."""
        found = await self._all(desk_messages.c.chat_id == chat_id, desk_messages.c.kind == kind)
        return {one.about: one for one in found}

    async def about(self, chat_id: int, kind: DeskKind, about: str) -> tuple[DeskMessage, ...]:
        """All messages about a thing in a chat, in order."""
        own = (desk_messages.c.chat_id == chat_id, desk_messages.c.kind == kind)
        return await self._all(*own, desk_messages.c.about == about)

    async def put(self, one: DeskMessage) -> None:
        """Remember a message, in place of what was known of it."""
        values = {column.name: getattr(one, column.name) for column in desk_messages.c}
        async with self._database.writing() as connection:
            row = insert(connection, desk_messages).values(values)
            fields = {name: row.excluded[name] for name in values}
            key = [desk_messages.c.chat_id, desk_messages.c.message_id]
            await connection.execute(row.on_conflict_do_update(index_elements=key, set_=fields))

    async def drop(self, chat_id: int, messages: Collection[int]) -> None:
        """Know nothing more of these messages."""
        of = desk_messages.c
        gone = sa.delete(desk_messages).where(of.chat_id == chat_id, of.message_id.in_(messages))
        await self._database.change(gone)

    async def forget(self, before: datetime) -> None:
        """Know nothing more of what came before."""
        await self._database.change(sa.delete(desk_messages).where(desk_messages.c.at < before))

    async def _all(self, *which: sa.ColumnElement[bool]) -> tuple[DeskMessage, ...]:
        query = sa.select(desk_messages).where(*which)
        query = query.order_by(desk_messages.c.at, desk_messages.c.message_id)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(DeskMessage(**{**row, "kind": DeskKind(row["kind"])}) for row in rows)

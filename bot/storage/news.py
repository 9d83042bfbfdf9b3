"""What the admin chat is to be told, and what it was told, so that nothing is told twice.

======== =================================================================================
lasts    told when it began, and to be told when it has ended: the row goes with that
happened told once; the row stays for some days, so that it is not told again
watched  not told yet: it is told when it ends, such as an issue that is on its way
======== =================================================================================
"""

import json
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.model import News
from bot.storage.admin_schema import news
from bot.storage.database import Database, rows_changed
from bot.storage.upsert import insert


class Kind(StrEnum):
    """How long a row stays."""

    LASTS = "lasts"
    HAPPENED = "happened"
    WATCHED = "watched"


class NewsStore:
    """The news of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def post(self, one: News) -> bool:
        """Let the admin chat be told that something happened; False if that is known."""
        return await self._put(one, Kind.HAPPENED, told=False)

    async def watch(self, one: News) -> None:
        """Remember what is told when it ends; what is watched already keeps its time."""
        await self._put(one, Kind.WATCHED, told=False)

    async def waiting(self) -> tuple[News, ...]:
        """What happened and was not told yet, in order."""
        return await self._all(news.c.kind == Kind.HAPPENED, ~news.c.told)

    async def lasting(self) -> tuple[News, ...]:
        """What the chat was told of and still lasts, as far as it knows."""
        return await self._all(news.c.kind == Kind.LASTS)

    async def watched(self, what: str) -> tuple[News, ...]:
        """What of this kind is told when it ends."""
        found = await self._all(news.c.kind == Kind.WATCHED)
        return tuple(one for one in found if one.what == what)

    async def began(self, one: News) -> None:
        """Note that the chat knows of something that lasts, and what it knows now."""
        async with self._database.writing() as connection:
            row = insert(connection, news).values(
                key=one.key, kind=Kind.LASTS, body=_body(one), at=one.at, told=True
            )
            body = {"body": row.excluded.body}
            await connection.execute(row.on_conflict_do_update(index_elements=[news.c.key], set_=body))

    async def note_told(self, key: str, *, told: bool = True) -> None:
        """Note that what happened was told, or that it was not after all."""
        await self._database.change(sa.update(news).where(news.c.key == key).values(told=told))

    async def drop(self, key: str) -> None:
        """Know nothing of it any more."""
        await self._database.change(sa.delete(news).where(news.c.key == key))

    async def forget(self, before: datetime | None = None) -> None:
        """Know nothing of what happened and was told before; nor, without a moment, of what a chat knew."""
        gone = sa.delete(news).where(news.c.kind != Kind.WATCHED)
        if before is not None:
            gone = gone.where(news.c.kind == Kind.HAPPENED, news.c.told, news.c.at < before)
        await self._database.change(gone)

    async def _put(self, one: News, kind: Kind, *, told: bool) -> bool:
        async with self._database.writing() as connection:
            row = insert(connection, news).values(
                key=one.key, kind=kind, body=_body(one), at=one.at, told=told
            )
            return await rows_changed(connection, row.on_conflict_do_nothing()) == 1

    async def _all(self, *which: sa.ColumnElement[bool]) -> tuple[News, ...]:
        query = sa.select(news.c.key, news.c.body, news.c.at).where(*which).order_by(news.c.at, news.c.key)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(News(key=row.key, at=row.at, **json.loads(row.body)) for row in rows)


def _body(one: News) -> str:
    return json.dumps({"what": one.what, "values": dict(one.values)}, ensure_ascii=False)

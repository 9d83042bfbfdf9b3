"""What readers keep: items by issue and id, which outlast corrections of their text."""

from collections.abc import Collection

import sqlalchemy as sa

from bot.model import SavedItem
from bot.storage.connection import Connection
from bot.storage.database import Database, rows_changed
from bot.storage.index_schema import items
from bot.storage.schema import saved_items
from bot.storage.upsert import insert

#: As the index has it now, or as it was when it was kept.
_READ = (
    saved_items.c.issue_slug,
    saved_items.c.item_id,
    sa.func.coalesce(items.c.title, saved_items.c.title).label("title"),
    sa.func.coalesce(items.c.url, saved_items.c.url).label("url"),
    saved_items.c.saved_at,
)
_same_item = sa.and_(items.c.issue_slug == saved_items.c.issue_slug, items.c.item_id == saved_items.c.item_id)


class SavedItems:
    """The saved items of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, chat_id: int, item: SavedItem, *, most: int) -> bool:
        """Keep an item; False, without a change, if the chat has it or ``most`` already."""
        async with self._database.writing() as connection:
            if await _count(connection, chat_id) >= most:
                return False
            values = {
                "chat_id": chat_id,
                "issue_slug": item.issue_slug,
                "item_id": item.item_id,
                "title": item.title,
                "url": item.url,
                "saved_at": item.saved_at,
            }
            new = insert(connection, saved_items).values(values).on_conflict_do_nothing()
            return await rows_changed(connection, new) == 1

    async def drop(self, chat_id: int, issue_slug: str, item_id: str) -> bool:
        """Keep an item no longer; False if it was not kept."""
        own = sa.delete(saved_items).where(saved_items.c.chat_id == chat_id)
        one = own.where(saved_items.c.issue_slug == issue_slug, saved_items.c.item_id == item_id)
        return await self._database.change(one) == 1

    async def of_issue(self, chat_id: int, issue_slug: str) -> Collection[str]:
        """The ids of the items of an issue that the chat keeps."""
        query = sa.select(saved_items.c.item_id).where(
            saved_items.c.chat_id == chat_id, saved_items.c.issue_slug == issue_slug
        )
        async with self._database.reading() as connection:
            return frozenset(await connection.scalars(query))

    async def count(self, chat_id: int) -> int:
        """How many items a chat keeps."""
        async with self._database.reading() as connection:
            return await _count(connection, chat_id)

    async def page(self, chat_id: int, *, limit: int | None, offset: int = 0) -> tuple[SavedItem, ...]:
        """Some of what a chat keeps, what it kept last first, with the titles of today."""
        order = (saved_items.c.saved_at.desc(), saved_items.c.issue_slug.desc(), saved_items.c.item_id)
        kept = sa.select(*_READ).select_from(saved_items.outerjoin(items, _same_item))
        query = kept.where(saved_items.c.chat_id == chat_id).order_by(*order)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.limit(limit).offset(offset))).mappings()
            return tuple(SavedItem(**row) for row in rows)


async def move_saved(connection: Connection, old: int, new: int) -> None:
    """Let a chat that got another id keep what it kept, in the caller's transaction; harmless to repeat."""
    others = saved_items.alias("others")
    twin = sa.exists().where(
        others.c.chat_id == new,
        others.c.issue_slug == saved_items.c.issue_slug,
        others.c.item_id == saved_items.c.item_id,
    )
    own = saved_items.c.chat_id == old
    await connection.execute(sa.delete(saved_items).where(own, twin))
    await connection.execute(sa.update(saved_items).where(own).values(chat_id=new))


async def _count(connection: Connection, chat_id: int) -> int:
    query = sa.select(sa.func.count()).where(saved_items.c.chat_id == chat_id)
    return await connection.scalar(query) or 0

"""Channels: what they are called, and what their posts have besides text."""

import sqlalchemy as sa

from bot.model import Channel
from bot.storage.admin_schema import channels, group_chats
from bot.storage.database import Database
from bot.storage.upsert import insert

MOST = 50  # of one person that are listed


class Channels:
    """The channels of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, chat_id: int) -> Channel | None:
        """What is known of a channel; None of any other chat."""
        async with self._database.reading() as connection:
            row = (
                (await connection.execute(sa.select(channels).where(channels.c.chat_id == chat_id)))
                .mappings()
                .first()
            )
        return Channel(**row) if row else None

    async def note(self, chat_id: int, title: str, username: str | None) -> None:
        """Note what a channel is called now; what was chosen for it stays."""
        async with self._database.writing() as connection:
            row = insert(connection, channels).values(
                chat_id=chat_id, title=title, username=username, pins=False, buttons=False
            )
            called = {"title": row.excluded.title, "username": row.excluded.username}
            await connection.execute(
                row.on_conflict_do_update(index_elements=[channels.c.chat_id], set_=called)
            )

    async def choose(
        self, chat_id: int, *, pins: bool | None = None, buttons: bool | None = None
    ) -> Channel | None:
        """Choose what its posts have besides text; what is not given stays."""
        chosen = {name: one for name, one in (("pins", pins), ("buttons", buttons)) if one is not None}
        if pins is not None:  # tried anew, and told anew if it is refused
            chosen["may_not_pin"] = False
        if chosen:
            await self._database.change(
                sa.update(channels).where(channels.c.chat_id == chat_id).values(**chosen)
            )
        return await self.get(chat_id)

    async def let_in_by(self, person: int) -> tuple[Channel, ...]:
        """The channels into which somebody let the bot, where it may post, by their names."""
        query = (
            sa.select(channels)
            .join(group_chats, group_chats.c.chat_id == channels.c.chat_id)
            .where(group_chats.c.added_by == person, group_chats.c.parked.is_(None))
            .order_by(channels.c.title, channels.c.chat_id)
            .limit(MOST)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(Channel(**row) for row in rows)

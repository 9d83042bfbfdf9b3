"""A group that became a supergroup: the same readers under another chat id."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import DeliveryState
from bot.storage.database import Database
from bot.storage.rows import KEY, delivery_of, parts_text
from bot.storage.schema import deliveries, is_open, subscribers


async def move_chat(database: Database, old: int, new: int, now: datetime) -> None:
    """Let the subscription and the open deliveries of a chat go on under its new id.

    Harmless to repeat. What the new id has already stays, and the old one's is closed instead.
    What stood in the group before has no id any more, for its ids name other messages there: it can
    be neither edited nor deleted. Raises StoreError when the database does.
    """
    async with database.writing() as connection:
        known = sa.exists().where(subscribers.c.chat_id == new)
        if await connection.scalar(sa.select(known)):
            await connection.execute(sa.delete(subscribers).where(subscribers.c.chat_id == old))
        else:
            await connection.execute(
                sa.update(subscribers).where(subscribers.c.chat_id == old).values(chat_id=new, updated_at=now)
            )
        await _move_deliveries(connection, old, new, now)


async def _move_deliveries(connection: AsyncConnection, old: int, new: int, now: datetime) -> None:
    others = deliveries.alias("others")
    twin = sa.exists().where(
        others.c.issue_slug == deliveries.c.issue_slug,
        others.c.purpose == deliveries.c.purpose,
        others.c.chat_id == new,
    )
    own = (deliveries.c.chat_id == old, is_open)
    fields = {"updated_at": now, "version": deliveries.c.version + 1}
    closed = {"state": DeliveryState.SKIPPED, "reason": f"the group became {new}", **fields}
    await connection.execute(sa.update(deliveries).where(*own, twin).values(**closed))
    for row in (await connection.execute(sa.select(deliveries).where(*own))).all():
        delivery = delivery_of(row)
        foreign = parts_text(tuple(replace(part, message_id=None) for part in delivery.parts))
        key = (column == value for column, value in zip(KEY, delivery.key, strict=True))
        change = sa.update(deliveries).where(*key).values(chat_id=new, parts=foreign, **fields)
        await connection.execute(change)

"""A group that became a supergroup: its deliveries go on under another chat id, in the same threads."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from bot.model import DeliveryState
from bot.storage.connection import Connection
from bot.storage.rows import READ, DeliveryRow, change, close, delivery_of, has_key, parts_text
from bot.storage.schema import deliveries, is_open


async def move_deliveries(connection: Connection, old: int, new: int, now: datetime) -> None:
    """Let the open deliveries of a chat go on under its new id; harmless to repeat.

    What the new id has already stays, and the old one's is closed instead. What stood in the group
    before has no id any more, for its ids name other messages there: it can be neither edited nor deleted.
    """
    others = deliveries.alias("others")
    twin = sa.exists().where(
        others.c.issue_slug == deliveries.c.issue_slug,
        others.c.thread == deliveries.c.thread,
        others.c.purpose == deliveries.c.purpose,
        others.c.chat_id == new,
    )
    own = deliveries.c.chat_id == old
    closed = close(now, DeliveryState.SKIPPED, f"the group became {new}")
    await connection.execute(closed.where(own, twin))
    for row in (await connection.execute(sa.select(*READ).where(own, is_open))).all():
        delivery = delivery_of(DeliveryRow._make(row))
        foreign = parts_text(tuple(replace(part, message_id=None) for part in delivery.parts))
        moved = change(now, chat_id=new, parts=foreign)
        await connection.execute(moved.where(has_key(delivery.key)))

"""The rows of the table ``threads``, as other transactions change them."""

import sqlalchemy as sa

from bot.model import Destination
from bot.storage.connection import Connection
from bot.storage.schema import threads
from bot.storage.upsert import insert

KEY = (threads.c.chat_id, threads.c.thread)


def is_thread(to: Destination) -> sa.ColumnElement[bool]:
    """True for the row of this thread."""
    return sa.and_(threads.c.chat_id == to.chat, threads.c.thread == to.thread)


async def note_parked(connection: Connection, to: Destination, reason: str) -> None:
    """Note why a thread is parked, in the caller's transaction."""
    row = insert(connection, threads).values(
        chat_id=to.chat, thread=to.thread, set_up_by=None, parked=reason, told=False
    )
    fields = {"parked": row.excluded.parked}
    await connection.execute(row.on_conflict_do_update(index_elements=KEY, set_=fields))


async def note_open(connection: Connection, to: Destination) -> None:
    """Note that a thread is parked no more, in the caller's transaction."""
    await connection.execute(sa.update(threads).where(is_thread(to)).values(parked=None, told=False))


async def move_threads(connection: Connection, old: int, new: int) -> None:
    """Let a chat's threads go with it to its new id, in the caller's transaction; harmless to repeat."""
    known = list(await connection.scalars(sa.select(threads.c.thread).where(threads.c.chat_id == new)))
    own = threads.c.chat_id == old
    await connection.execute(sa.delete(threads).where(own, threads.c.thread.in_(known)))
    await connection.execute(sa.update(threads).where(own).values(chat_id=new))

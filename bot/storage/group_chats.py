"""Groups: who let the bot in, which language they chose, and why nothing can be sent there."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from bot.model import LANGUAGES, GroupChat, Language, Parked
from bot.storage.admin_schema import group_chats
from bot.storage.connection import Connection
from bot.storage.database import Database, rows_changed
from bot.storage.upsert import insert

_UNKNOWN = GroupChat()


class GroupChats:
    """The groups of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, chat_id: int) -> GroupChat:
        """What is known of a group; nothing of one that was never noted."""
        async with self._database.reading() as connection:
            row = (
                await connection.execute(sa.select(group_chats).where(group_chats.c.chat_id == chat_id))
            ).first()
        if row is None:
            return _UNKNOWN
        language = next((one for one in LANGUAGES if one == row.language), None)
        parked = Parked(row.parked) if row.parked else None
        return GroupChat(added_by=row.added_by, language=language, parked=parked)

    async def note_added(self, chat_id: int, by: int | None, at: datetime) -> bool:
        """Note that somebody let the bot in, which ends what parked the group.

        False, and nothing changed, where it is in already: Telegram repeats what was not confirmed, and a
        group that became a supergroup tells of it once more.
        """
        async with self._database.writing() as connection:
            known = sa.select(group_chats.c.added_at).where(group_chats.c.chat_id == chat_id)
            if await connection.scalar(known) is not None:
                return False
            await _put(connection, chat_id, added_by=by, added_at=at, parked=None)
        return True

    async def note_adder(self, chat_id: int, person: int) -> None:
        """Note who sets up a channel of which nobody knows who let the bot in."""
        nobody = group_chats.c.chat_id == chat_id, group_chats.c.added_by.is_(None)
        async with self._database.writing() as connection:
            row = insert(connection, group_chats).values(chat_id=chat_id)
            await connection.execute(row.on_conflict_do_nothing(index_elements=[group_chats.c.chat_id]))
            await connection.execute(sa.update(group_chats).where(*nobody).values(added_by=person))

    async def set_language(self, chat_id: int, language: Language) -> None:
        """Note the language of what is said in a group that is not subscribed."""
        async with self._database.writing() as connection:
            await _put(connection, chat_id, language=language)

    async def park(self, chat_id: int, reason: Parked | None) -> None:
        """Note why nothing can be sent to the group; None: it can again."""
        ended = {"added_at": None} if reason is Parked.REMOVED else {}
        async with self._database.writing() as connection:
            await _put(connection, chat_id, parked=reason, **ended)


async def _put(connection: Connection, chat_id: int, **fields: object) -> None:
    row = insert(connection, group_chats).values(chat_id=chat_id, **fields)
    await connection.execute(row.on_conflict_do_update(index_elements=[group_chats.c.chat_id], set_=fields))


async def move_group(connection: Connection, old: int, new: int) -> None:
    """Let what is known of a group be known of its new id, in the caller's transaction; harmless to repeat.

    Nothing parks it: it is the new chat that says so.
    """
    known = (
        (await connection.execute(sa.select(group_chats).where(group_chats.c.chat_id == old)))
        .mappings()
        .first()
    )
    if known is None:
        return
    kept = {name: known[name] for name in ("added_by", "added_at", "language") if known[name] is not None}
    await connection.execute(sa.delete(group_chats).where(group_chats.c.chat_id == old))
    if kept:
        await _put(connection, new, **kept)


def is_of(chats: Collection[int]) -> sa.ColumnElement[bool]:
    """True for what is known of one of the groups, or says that one of the people let the bot in."""
    return sa.or_(group_chats.c.chat_id.in_(chats), group_chats.c.added_by.in_(chats))


async def forget_adders(connection: Connection, people: Collection[int]) -> int:
    """Forget that they let the bot into groups, which stay; returns into how many."""
    own = group_chats.c.added_by.in_(people), group_chats.c.chat_id.not_in(people)
    return await rows_changed(connection, sa.update(group_chats).where(*own).values(added_by=None))

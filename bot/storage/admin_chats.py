"""The admin chat: one that claimed to be it, or what became of the one that the settings name.

The settings name a chat once and for all, so a row says where it is now: under another id, or nowhere,
because the bot was put out of it.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import LANGUAGES, Language
from bot.storage.admin_schema import admin_chats, claim_codes
from bot.storage.database import Database, rows_changed
from bot.storage.upsert import insert

CLAIMED = 0  #: what no chat is called: the row of the one that was claimed


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminChat:
    """The chat since ``at``, and the language of who claimed it; None where nobody did."""

    chat_id: int
    language: Language | None = None
    at: datetime | None = None


class AdminChats:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, named: int | None) -> AdminChat | None:
        """The admin chat: the one that the settings ``named``, or else the claimed one; None if none is."""
        query = sa.select(admin_chats).where(admin_chats.c.named == (named or CLAIMED))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            return AdminChat(chat_id=named) if named else None
        language = next((one for one in LANGUAGES if one == row.language), None)
        return AdminChat(chat_id=row.chat_id, language=language, at=row.at) if row.chat_id else None

    async def name(self, named: int, now: datetime) -> None:
        """Note that the settings name a chat, so that it is known when it gets another id."""
        async with self._database.writing() as connection:
            row = insert(connection, admin_chats).values(named=named, chat_id=named, language=None, at=now)
            await connection.execute(row.on_conflict_do_nothing())

    async def offer(self, digest: str, until: datetime) -> None:
        """Let the code with this digest claim a chat until then, and no other."""
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(claim_codes))
            await connection.execute(sa.insert(claim_codes).values(digest=digest, until=until))

    async def offered_until(self) -> datetime | None:
        """Until when a code claims a chat; None if there is none."""
        async with self._database.reading() as connection:
            until: datetime | None = await connection.scalar(sa.select(claim_codes.c.until))
        return until

    async def claim(self, digest: str, chat_id: int, language: Language, now: datetime) -> bool:
        """Make a chat the admin chat, in place of any other, if the code is good; that ends the code."""
        async with self._database.writing() as connection:
            offered = (await connection.execute(sa.select(claim_codes))).first()
            if offered is None or not hmac.compare_digest(offered.digest, digest) or offered.until < now:
                return False
            used = sa.delete(claim_codes).where(claim_codes.c.digest == offered.digest)
            if await rows_changed(connection, used) != 1:  # somebody else was faster
                return False
            await _put(connection, CLAIMED, chat_id, now, language=language)
            return True

    async def forget(self) -> bool:
        """Let no chat be the claimed one, nor a code claim one; returns whether there was one.

        What the settings name counts as they name it.
        """
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(claim_codes))
            return await rows_changed(connection, sa.delete(admin_chats)) > 0

    async def lose(self, chat_id: int, named: int | None, now: datetime) -> bool:
        """Let a chat be the admin chat no longer; False if it was not."""
        known = await self.get(named)
        if known is None or known.chat_id != chat_id:
            return False
        async with self._database.writing() as connection:
            if named:
                await _put(connection, named, None, now)
            else:
                await connection.execute(sa.delete(admin_chats).where(is_of((chat_id,))))
        return True

    async def regain(self, named: int) -> None:
        """Let the chat that the settings name be it again, which let the bot in again."""
        await self._database.change(sa.delete(admin_chats).where(admin_chats.c.named == named))


async def move_admin_chat(connection: AsyncConnection, old: int, new: int) -> None:
    """Let the admin chat go on under its new id, in the caller's transaction; harmless to repeat."""
    await connection.execute(sa.update(admin_chats).where(admin_chats.c.chat_id == old).values(chat_id=new))


def is_of(chats: Collection[int]) -> sa.ColumnElement[bool]:
    """True for what says that one of the chats is the admin chat."""
    return sa.or_(admin_chats.c.chat_id.in_(chats), admin_chats.c.named.in_(chats))


async def _put(
    connection: AsyncConnection,
    named: int,
    chat_id: int | None,
    now: datetime,
    *,
    language: Language | None = None,
) -> None:
    row = insert(connection, admin_chats).values(named=named, chat_id=chat_id, language=language, at=now)
    fields = {name: row.excluded[name] for name in ("chat_id", "language", "at")}
    await connection.execute(row.on_conflict_do_update(index_elements=[admin_chats.c.named], set_=fields))

"""The chat that has a role: one that claimed it, or what became of the one that the settings name.

The settings name a chat once and for all, so a row says where it is now: under another id, or nowhere,
because the bot was put out of it. So does the row of a claimed one, until another claims the role.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model import LANGUAGES, ChatRole, Language
from bot.storage.admin_schema import claim_codes, role_chats
from bot.storage.connection import Connection
from bot.storage.database import Database, rows_changed
from bot.storage.upsert import insert

CLAIMED = 0  #: what no chat is called: the row of the one that was claimed


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChat:
    """The chat since ``at``, and the language of who claimed it; None where nobody did."""

    chat_id: int
    language: Language | None = None
    at: datetime | None = None


class RoleChats:
    """Which chat of one database has this role. Every method raises StoreError when the database does."""

    def __init__(self, database: Database, role: ChatRole) -> None:
        self.role = role
        self._database = database

    async def get(self, named: int | None) -> RoleChat | None:
        """The chat: the one that the settings ``named``, or else the claimed one; None if none is."""
        row = await self._found(named)
        if row is None:
            return RoleChat(chat_id=named) if named else None
        language = next((one for one in LANGUAGES if one == row.language), None)
        return RoleChat(chat_id=row.chat_id, language=language, at=row.at) if row.chat_id else None

    async def lost_at(self, named: int | None) -> datetime | None:
        """When that chat put the bot out; None if it did not, or none had the role."""
        row = await self._found(named)
        at: datetime | None = row.at if row is not None and row.chat_id is None else None
        return at

    async def _found(self, named: int | None) -> sa.Row[Any] | None:
        query = sa.select(role_chats).where(*self._row(named or CLAIMED))
        async with self._database.reading() as connection:
            return (await connection.execute(query)).first()

    async def name(self, named: int, now: datetime) -> None:
        """Note that the settings name a chat, so that it is known when it gets another id."""
        async with self._database.writing() as connection:
            row = insert(connection, role_chats).values(
                role=self.role, named=named, chat_id=named, language=None, at=now
            )
            await connection.execute(row.on_conflict_do_nothing())

    async def offer(self, digest: str, until: datetime) -> None:
        """Let the code with this digest claim the role until then, and no other."""
        async with self._database.writing() as connection:
            await connection.execute(self._no_code())
            values = {"digest": digest, "role": self.role, "until": until}
            await connection.execute(sa.insert(claim_codes).values(values))

    async def offered_until(self) -> datetime | None:
        """Until when a code claims the role; None if there is none."""
        query = sa.select(claim_codes.c.until).where(claim_codes.c.role == self.role)
        async with self._database.reading() as connection:
            until: datetime | None = await connection.scalar(query)
        return until

    async def claim(self, digest: str, chat_id: int, language: Language, now: datetime) -> bool:
        """Give a chat the role, in place of any other, if the code is good; that ends the code."""
        query = sa.select(claim_codes).where(claim_codes.c.role == self.role)
        async with self._database.writing() as connection:
            offered = (await connection.execute(query)).first()
            if offered is None or not hmac.compare_digest(offered.digest, digest) or offered.until < now:
                return False
            used = sa.delete(claim_codes).where(claim_codes.c.digest == offered.digest)
            if await rows_changed(connection, used) != 1:  # somebody else was faster
                return False
            await self._put(connection, CLAIMED, chat_id, now, language=language)
            return True

    async def forget(self) -> bool:
        """Let no chat be the claimed one, nor a code claim the role; returns whether there was one.

        What the settings name counts as they name it.
        """
        async with self._database.writing() as connection:
            await connection.execute(self._no_code())
            gone = sa.delete(role_chats).where(role_chats.c.role == self.role)
            return await rows_changed(connection, gone) > 0

    async def lose(self, chat_id: int, named: int | None, now: datetime) -> bool:
        """Let a chat have the role no longer; False if it had not."""
        known = await self.get(named)
        if known is None or known.chat_id != chat_id:
            return False
        async with self._database.writing() as connection:
            gone = sa.delete(role_chats).where(role_chats.c.role == self.role, is_of((chat_id,)))
            await connection.execute(gone)
            await self._put(connection, named or CLAIMED, None, now)
        return True

    async def regain(self, named: int) -> None:
        """Let the chat that the settings name have it again, which let the bot in again."""
        await self._database.change(sa.delete(role_chats).where(*self._row(named)))

    def _row(self, named: int) -> tuple[sa.ColumnElement[bool], ...]:
        return role_chats.c.role == self.role, role_chats.c.named == named

    def _no_code(self) -> sa.Delete:
        return sa.delete(claim_codes).where(claim_codes.c.role == self.role)

    async def _put(
        self,
        connection: Connection,
        named: int,
        chat_id: int | None,
        now: datetime,
        *,
        language: Language | None = None,
    ) -> None:
        row = insert(connection, role_chats).values(
            role=self.role, named=named, chat_id=chat_id, language=language, at=now
        )
        fields = {name: row.excluded[name] for name in ("chat_id", "language", "at")}
        await connection.execute(
            row.on_conflict_do_update(index_elements=[role_chats.c.role, role_chats.c.named], set_=fields)
        )


async def move_roles(connection: Connection, old: int, new: int) -> None:
    """Let a chat keep its roles under its new id, in the caller's transaction; harmless to repeat."""
    await connection.execute(sa.update(role_chats).where(role_chats.c.chat_id == old).values(chat_id=new))


def is_of(chats: Collection[int]) -> sa.ColumnElement[bool]:
    """True for what says that one of the chats has a role."""
    return sa.or_(role_chats.c.chat_id.in_(chats), role_chats.c.named.in_(chats))

"""Texts that readers still have of an issue that changed, and which corrections they are told of."""

from collections.abc import Mapping

import sqlalchemy as sa

from bot.model import EDITION, IssueState
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.feedback_schema import former_texts, told_corrections
from bot.storage.schema import deliveries, issues
from bot.storage.upsert import insert

_edition = sa.func.substr(issues.c.checksum, 1, EDITION)


class CorrectionsTold:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def is_told(self, slug: str, edition: str) -> bool:
        """Whether readers are told of the correction that brings this edition of an issue."""
        told = sa.exists().where(told_corrections.c.issue_slug == slug, told_corrections.c.edition == edition)
        async with self._database.reading() as connection:
            return bool(await connection.scalar(sa.select(told)))

    async def former(self, slug: str) -> Mapping[str, str]:
        """The texts of an issue that were replaced while it was out, by edition, as far as they are kept."""
        query = sa.select(former_texts.c.edition, former_texts.c.text)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.where(former_texts.c.issue_slug == slug))).all()
        return {row.edition: row.text for row in rows}

    async def prune(self) -> None:
        """Keep no text that nobody has any more, and no word about a correction that is over."""
        has = sa.exists().where(
            deliveries.c.issue_slug == former_texts.c.issue_slug,
            deliveries.c.edition == former_texts.c.edition,
        )
        kept = sa.exists().where(former_texts.c.issue_slug == told_corrections.c.issue_slug)
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(former_texts).where(~has))
            await connection.execute(sa.delete(told_corrections).where(~kept))


async def former_text(connection: Connection, slug: str) -> Mapping[str, str] | None:
    """The text that an issue has which is out, for :func:`keep_former`; None of any other issue."""
    query = sa.select(issues.c.slug.label("issue_slug"), _edition.label("edition"), issues.c.text)
    query = query.where(issues.c.slug == slug, issues.c.state == IssueState.PUBLISHED)
    row = (await connection.execute(query)).mappings().one_or_none()
    return dict(row) if row else None


async def keep_former(connection: Connection, former: Mapping[str, str] | None) -> None:
    """Keep a text that was replaced in the caller's transaction, if it is one that readers have."""
    if former:
        new = insert(connection, former_texts).values(former)
        await connection.execute(new.on_conflict_do_nothing())


async def note_told(connection: Connection, slug: str) -> None:
    """Note in the caller's transaction that readers are told of the text that an issue has now."""
    row = sa.select(issues.c.slug, _edition).where(issues.c.slug == slug)
    new = insert(connection, told_corrections).from_select(["issue_slug", "edition"], row)
    await connection.execute(new.on_conflict_do_nothing())

"""The issues: their text, and whether they are out."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.model import READABLE, UNBORN, Hold, IndexedIssue, IssueRecord, IssueState, IssueText
from bot.storage.approvals import disapprove
from bot.storage.connection import Connection
from bot.storage.corrections_told import former_text, keep_former
from bot.storage.database import Database, rows_changed
from bot.storage.entry_index import replace_entries
from bot.storage.holds import is_free, is_under_way, note_doubt, waits_for_approval
from bot.storage.issue_states import may_come_out
from bot.storage.schema import is_issue, issues
from bot.storage.upsert import insert


class _Row(NamedTuple):
    """What is read of a row, as :data:`READ` asks for it."""

    slug: str
    title: str | None
    date: date | None
    checksum: str
    state: str
    found_at: datetime
    published_at: datetime | None
    published_checksum: str | None
    day_known: bool
    publish_at: datetime | None
    file: str | None
    file_slug: str | None
    file_away: datetime | None
    commit: str | None


READ = tuple(issues.c[name] for name in _Row._fields)
_age = (
    sa.func.coalesce(issues.c.date, sa.func.date(issues.c.found_at)),
    # Numbers instead of dates: issue-100 is newer than issue-99.
    sa.case((issues.c.date.is_(None), sa.func.length(issues.c.slug)), else_=0),
    issues.c.slug,
)
OLDEST_FIRST, NEWEST_FIRST = _age, tuple(term.desc() for term in _age)

#: True for the issues that readers may see.
is_listed = sa.and_(issues.c.state.in_(READABLE), is_issue)


class Issues:
    """The issues and notices of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        record: IssueRecord,
        text: str,
        indexed: IndexedIssue | None = None,
        *,
        held: Hold | None = None,
    ) -> bool:
        """Add an issue and its entries; False, without a change, if its slug is known already.

        It is ``held`` from the beginning, if that is given.
        """
        async with self._database.writing() as connection:
            added = await add_record(connection, record, text)
            if added and indexed:
                await replace_entries(connection, record.slug, indexed)
            if added and held:
                await note_doubt(connection, record.slug, held)
            return added

    async def get(self, slug: str) -> IssueRecord | None:
        """The record of the issue ``slug``; None if there is none."""
        return next(iter(await self._records(issues.c.slug == slug)), None)

    async def all(self) -> tuple[IssueRecord, ...]:
        """Every issue, also those that wait, and every notice, newest first."""
        return await self._records(sa.true())

    async def latest(self) -> IssueRecord | None:
        """The newest issue that readers may see."""
        return next(iter(await self._records(is_listed, limit=1)), None)

    async def waiting(self) -> tuple[IssueRecord, ...]:
        """The issues that wait for their moment, oldest first; none that is held, or whose file is away."""
        may_go = (may_come_out, is_free(issues.c.slug))
        return (await self._records(sa.and_(*may_go)))[::-1]

    async def unapproved(self) -> tuple[IssueRecord, ...]:
        """The issues that wait for their moment and are held for want of approval alone, oldest first."""
        return (await self._records(sa.and_(may_come_out, waits_for_approval(issues.c.slug))))[::-1]

    async def not_out(self) -> tuple[IssueRecord, ...]:
        """The issues that are not out yet, held or not, oldest first; no notices."""
        is_draft = issues.c.state.in_((IssueState.WAITING, IssueState.DRAFT))
        return (await self._records(sa.and_(is_draft, is_issue)))[::-1]

    async def corrected(self) -> tuple[IssueRecord, ...]:
        """The issues that are out with another text than the present one, newest first."""
        changed = issues.c.checksum.is_distinct_from(issues.c.published_checksum)
        return await self._records(sa.and_(issues.c.state == IssueState.PUBLISHED, changed))

    async def text(self, slug: str) -> str | None:
        """The Markdown of the issue ``slug``."""
        async with self._database.reading() as connection:
            text: str | None = await connection.scalar(sa.select(issues.c.text).where(issues.c.slug == slug))
        return text

    async def whole(self, slug: str) -> tuple[IssueRecord, str] | None:
        """The record of the issue ``slug`` with the Markdown that it tells of; None if there is none."""
        query = sa.select(*READ, issues.c.text).where(issues.c.slug == slug)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return row and (record_of(row[:-1]), row.text)

    async def update_text(
        self, slug: str, new: IssueText, *, even_if_under_way: bool = False, now: datetime | None = None
    ) -> bool:
        """Replace the text, and the entries with it, by a corrected one.

        False, without a change, while any delivery of the issue is open or being planned: it continues with
        the text that it began with, unless it may continue with the new one ``even_if_under_way``. Those that
        wait at ``now`` for their reader's hour keep nothing back: they go with the new text. An issue that
        waits is held from now on if the new text is in doubt, and no longer if only the old one was. What is
        not out waits from now on, or is a draft, as the text says; if its day is another one, nobody approved
        it yet. A text that is ``unseen`` counts as what readers have.
        """
        change = sa.update(issues).where(issues.c.slug == slug)
        if not even_if_under_way:
            change = change.where(~is_under_way(slug, now))
        change = change.values(text=new.text, checksum=new.checksum, title=new.title)
        change = change.values(date=new.date, day_known=new.day_known, publish_at=new.release.at)
        change = change.values(commit=new.commit)
        if new.unseen:
            change = change.values(published_checksum=new.checksum)
        unborn = IssueState.DRAFT if new.release.draft else IssueState.WAITING
        change = change.values(state=sa.case((issues.c.state.in_(UNBORN), unborn), else_=issues.c.state))
        same_day = sa.select(issues.c.slug).where(
            issues.c.slug == slug, issues.c.date.is_not_distinct_from(new.date)
        )
        async with self._database.writing() as connection:
            keeps_day = await connection.scalar(same_day) is not None
            former = await former_text(connection, slug)
            if await rows_changed(connection, change) != 1:
                return False
            await keep_former(connection, former)
            if new.indexed:
                await replace_entries(connection, slug, new.indexed)
            if not keeps_day:
                await disapprove(connection, slug)
            await note_doubt(connection, slug, new.held)
            return True

    async def archive(self, slug: str) -> bool:
        """Move a waiting issue to the archive, where readers can ask for it; False if it does not wait."""
        change = (
            sa.update(issues)
            .where(issues.c.slug == slug, issues.c.state == IssueState.WAITING)
            .values(state=IssueState.ARCHIVED)
        )
        return await self._database.change(change) == 1

    async def _records(
        self, where: sa.ColumnElement[bool], limit: int | None = None
    ) -> tuple[IssueRecord, ...]:
        query = sa.select(*READ).where(where).order_by(*NEWEST_FIRST).limit(limit)
        async with self._database.reading() as connection:
            return tuple(record_of(row) for row in await connection.execute(query))


async def add_record(connection: Connection, record: IssueRecord, text: str) -> bool:
    """Add an issue or a notice in the caller's transaction; False if its slug is known already."""
    new = insert(connection, issues).values(
        slug=record.slug,
        title=record.title,
        date=record.date,
        text=text,
        checksum=record.checksum,
        state=record.state,
        found_at=record.found_at,
        published_at=record.published_at,
        day_known=record.day_known,
        publish_at=record.publish_at,
        file=record.file,
        file_slug=record.file_slug,
        commit=record.commit,
    )
    return await rows_changed(connection, new.on_conflict_do_nothing()) == 1


def record_of(values: Iterable[Any]) -> IssueRecord:
    """The record in the values of :data:`READ`."""
    row = _Row._make(values)
    return IssueRecord(
        slug=row.slug,
        title=row.title,
        date=row.date,
        checksum=row.checksum,
        state=IssueState(row.state),
        found_at=row.found_at,
        published_at=row.published_at,
        published_checksum=row.published_checksum,
        day_known=row.day_known,
        publish_at=row.publish_at,
        file=row.file,
        file_slug=row.file_slug,
        file_away=row.file_away,
        commit=row.commit,
    )

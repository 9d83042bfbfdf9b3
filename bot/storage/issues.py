"""The issues: their text, and whether they are out."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.model import EDITION, READABLE, UNBORN, Hold, IndexedIssue, IssueRecord, IssueState, IssueText
from bot.storage.approvals import disapprove
from bot.storage.connection import Connection
from bot.storage.corrections_told import former_text, keep_former, note_told
from bot.storage.database import Database, rows_changed
from bot.storage.entry_index import replace_entries
from bot.storage.holds import is_free, is_under_way, let_go, note_doubt, nothing_holds
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


#: True for the issues that come out by themselves, if nothing holds them.
_may_come_out = sa.and_(issues.c.state == IssueState.WAITING, issues.c.file_away.is_(None))
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
        may_go = (_may_come_out, is_free(issues.c.slug))
        return (await self._records(sa.and_(*may_go)))[::-1]

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
        it yet.
        """
        change = sa.update(issues).where(issues.c.slug == slug)
        if not even_if_under_way:
            change = change.where(~is_under_way(slug, now))
        change = change.values(text=new.text, checksum=new.checksum, title=new.title)
        change = change.values(date=new.date, day_known=new.day_known, publish_at=new.release.at)
        change = change.values(commit=new.commit)
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


async def is_readable(connection: Connection, slug: str) -> bool:
    """Whether readers may have the issue; it stays so until the caller's transaction ends.

    True for one that is unknown: the database refuses what names it.
    """
    query = sa.select(issues.c.state).where(issues.c.slug == slug).with_for_update(read=True)
    state = await connection.scalar(query)
    return state != IssueState.RETRACTED


async def mark_due_published(connection: Connection, slug: str, now: datetime, *, checksum: str) -> bool:
    """As :func:`mark_published`, for one that waits with this text and is not held; False for any other."""
    may_be = sa.and_(_may_come_out, issues.c.checksum == checksum, nothing_holds(slug))
    return await _mark_published(connection, slug, now, may_be)


async def mark_published(
    connection: Connection, slug: str, now: datetime, *, checksum: str | None = None
) -> bool:
    """Set the issue to published, in the caller's transaction; False if it is so already, or unknown.

    The same if it has not the text of this ``checksum``, if one is given. What held the issue holds it no
    longer.
    """
    may_be = issues.c.state != IssueState.PUBLISHED
    if checksum is not None:
        may_be = sa.and_(may_be, issues.c.checksum == checksum)
    published = await _mark_published(connection, slug, now, may_be)
    if published:
        await let_go(connection, slug)
    return published


async def _mark_published(
    connection: Connection, slug: str, now: datetime, may_be: sa.ColumnElement[bool]
) -> bool:
    change = (
        sa.update(issues)
        .where(issues.c.slug == slug, may_be)
        .values(state=IssueState.PUBLISHED, published_at=now, published_checksum=issues.c.checksum)
    )
    return await rows_changed(connection, change) == 1


async def mark_retracted(connection: Connection, slug: str, _: datetime) -> bool:
    """Set the issue to retracted, in the caller's transaction; False if it is unknown.

    One that is not out comes out no more.
    """
    change = sa.update(issues).where(issues.c.slug == slug).values(state=IssueState.RETRACTED)
    return await rows_changed(connection, change) == 1


async def mark_corrected(
    connection: Connection, slug: str, _: datetime, *, checksum: str | None = None, told: bool = False
) -> bool:
    """Note that what is out is to be what the text says now; False if the issue is not out.

    The same if it has not the text of this ``checksum``, if one is given. ``told``: readers are told of it.
    """
    is_meant = sa.true() if checksum is None else issues.c.checksum == checksum
    change = (
        sa.update(issues)
        .where(issues.c.slug == slug, issues.c.state == IssueState.PUBLISHED, is_meant)
        .values(published_checksum=issues.c.checksum)
    )
    corrected = await rows_changed(connection, change) == 1
    if corrected and told:
        await note_told(connection, slug)
    return corrected


def is_published(slug: str) -> sa.ColumnElement[bool]:
    """True while the issue is out."""
    return sa.exists().where(issues.c.slug == slug, issues.c.state == IssueState.PUBLISHED)


def present_edition(slug: str) -> sa.ScalarSelect[str]:
    """What a delivery calls the text that the issue has now."""
    edition = sa.func.substr(issues.c.checksum, 1, EDITION)
    return sa.select(edition).where(issues.c.slug == slug).scalar_subquery()


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

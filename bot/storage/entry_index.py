"""The index of entries as it is written: issue by issue, in the transaction that changes the issue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.model import IndexedIssue, IssueState
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.entry_rows import Row, fields_of, item_row, topic_rows, url_rows, word_row, words_of
from bot.storage.index_schema import index_words, indexed_issues, item_topics, item_urls, item_words, items
from bot.storage.schema import is_issue, issues
from bot.storage.token_text import text_of
from bot.storage.upsert import insert


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexProgress:
    """How many issues are in the index as it is to be, of ``total``."""

    done: int
    total: int


async def replace_entries(connection: Connection, issue_slug: str, indexed: IndexedIssue) -> bool:
    """Put the entries of an issue in the place of those before, in the caller's transaction.

    False, without a change, if there is no such issue.
    """
    entries = indexed.entries
    number = await _number(connection, issue_slug, indexed.fingerprint)
    if number is None:
        return False
    await connection.execute(sa.delete(items).where(items.c.issue_slug == issue_slug))
    written = text_of if connection.dialect.name == "postgresql" else " ".join
    fields = tuple(map(fields_of, entries))
    rows: dict[sa.Table, Iterable[Row]] = {
        items: (item_row(number, entry) for entry in entries),
        item_topics: (row for entry in entries for row in topic_rows(number, entry)),
        item_urls: (row for entry in entries for row in url_rows(number, entry)),
        item_words: (word_row(number, *one, written) for one in zip(entries, fields, strict=True)),
    }
    for table, given in rows.items():
        if found := list(given):
            await connection.execute(sa.insert(table), found)
    if words := words_of(fields):
        await _note_words(connection, words)
    if indexed.day_known is not None:
        await _note_day(connection, issue_slug, known=indexed.day_known)
    return True


async def _note_day(connection: Connection, issue_slug: str, *, known: bool) -> None:
    """Know from now on whether the issue has a day or a month alone, which earlier programs did not."""
    otherwise = sa.and_(issues.c.slug == issue_slug, issues.c.day_known.is_not(known))
    await connection.execute(sa.update(issues).where(otherwise).values(day_known=known))


async def _note_words(connection: Connection, words: Sequence[str]) -> None:
    """Know the words from now on; on PostgreSQL in one statement, where each costs a way to the server."""
    new = insert(connection, index_words)
    if connection.dialect.name == "postgresql":
        from bot.storage.postgresql import unnested  # noqa: PLC0415  # 2 MB that SQLite has no use for

        every = sa.select(unnested(words))
        await connection.execute(new.from_select(["word"], every).on_conflict_do_nothing())
    else:
        await connection.execute(new.on_conflict_do_nothing(), [{"word": word} for word in words])


async def remove_entries(connection: Connection, issue_slug: str) -> None:
    """Take an issue out of the index, in the caller's transaction."""
    for table in (items, indexed_issues):
        await connection.execute(sa.delete(table).where(table.c.issue_slug == issue_slug))


_to_index = sa.and_(issues.c.state != IssueState.RETRACTED, is_issue)


class EntryIndex:
    """Writes the index of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def replace(self, issue_slug: str, indexed: IndexedIssue) -> bool:
        """As :func:`replace_entries`, in a transaction of its own."""
        async with self._database.writing() as connection:
            return await replace_entries(connection, issue_slug, indexed)

    async def remove(self, issue_slug: str) -> None:
        """As :func:`remove_entries`, in a transaction of its own."""
        async with self._database.writing() as connection:
            await remove_entries(connection, issue_slug)

    async def stale(self, fingerprint: str, *, limit: int) -> tuple[str, ...]:
        """Issues that are not in the index yet, or were put there by another fingerprint; newest first."""
        known = sa.and_(indexed_issues.c.issue_slug == issues.c.slug, _is_made_by(fingerprint))
        query = sa.select(issues.c.slug).where(_to_index, ~sa.exists().where(known))
        newest = query.order_by(issues.c.date.desc(), issues.c.slug.desc()).limit(limit)
        async with self._database.reading() as connection:
            return tuple(await connection.scalars(newest))

    async def progress(self, fingerprint: str) -> IndexProgress:
        """How far the index has come to be made by this fingerprint."""
        known = sa.select(sa.func.count()).select_from(indexed_issues.join(issues))
        done = known.where(_to_index, _is_made_by(fingerprint))
        total = sa.select(sa.func.count()).select_from(issues).where(_to_index)
        async with self._database.reading() as connection:
            return IndexProgress(
                done=await connection.scalar(done) or 0, total=await connection.scalar(total) or 0
            )


def _is_made_by(fingerprint: str) -> sa.ColumnElement[bool]:
    return indexed_issues.c.fingerprint == fingerprint


async def _number(connection: Connection, issue_slug: str, fingerprint: str) -> int | None:
    """The issue's number in the index, which it keeps; None if there is no such issue."""
    day = sa.func.coalesce(issues.c.date, sa.func.date(issues.c.found_at))
    made = sa.select(issues.c.slug, day, sa.literal(fingerprint)).where(issues.c.slug == issue_slug)
    row = insert(connection, indexed_issues).from_select(["issue_slug", "day", "fingerprint"], made)
    changed = row.on_conflict_do_update(
        index_elements=[indexed_issues.c.issue_slug],
        set_={"day": row.excluded.day, "fingerprint": row.excluded.fingerprint},
    )
    number: int | None = await connection.scalar(changed.returning(indexed_issues.c.number))
    return number

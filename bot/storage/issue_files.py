"""The file of each issue: where it lies, since when it is away, and that it is another one now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.model import UNBORN, IssueState, ToldItem
from bot.storage.admin_schema import accepted_lengths, approvals
from bot.storage.connection import Connection
from bot.storage.database import Database, rows_changed
from bot.storage.index_schema import indexed_issues, item_urls, items
from bot.storage.reader_schema import topic_answers
from bot.storage.schema import deliveries, holds, issues, past_counts, plans, tallies

_CHUNK = 500  # values in a query

#: What goes along when an issue gets another slug.
GOES_ALONG = (
    deliveries.c.issue_slug,
    plans.c.issue_slug,
    past_counts.c.issue_slug,
    tallies.c.issue_slug,
    holds.c.scope,
    approvals.c.slug,
    accepted_lengths.c.slug,
    topic_answers.c.slug,
)
#: What is made anew then.
MADE_ANEW = (items.c.issue_slug, indexed_issues.c.issue_slug)


class IssueFiles:
    """The files of one database's issues. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, here: Mapping[str, str], away: Collection[str], now: datetime) -> None:
        """Note of issues where their files lie, which are ``here``, or that they are away from now on."""
        own = issues.c.slug == sa.bindparam("of_slug")
        found = sa.update(issues).where(own).values(file=sa.bindparam("path"), file_away=None)
        gone = sa.update(issues).where(own, issues.c.file_away.is_(None)).values(file_away=now)
        async with self._database.writing() as connection:
            if rows := [{"of_slug": slug, "path": path} for slug, path in here.items()]:
                await connection.execute(found, rows)
            if rows := [{"of_slug": slug} for slug in away]:
                await connection.execute(gone, rows)

    async def call_off(self, slug: str) -> bool:
        """Let an issue to come not come out, unless its file comes back; False for any other."""
        coming = issues.c.state.in_((IssueState.WAITING, IssueState.DRAFT))
        change = sa.update(issues).where(issues.c.slug == slug, coming)
        return await self._database.change(change.values(state=IssueState.CALLED_OFF)) == 1

    async def belongs_to(self, slug: str, file: str, file_slug: str) -> bool:
        """Note that an issue, which keeps its slug, has another file from now on; False if there is none."""
        change = sa.update(issues).where(issues.c.slug == slug)
        other = None if file_slug == slug else file_slug
        return await self._database.change(change.values(file=file, file_slug=other, file_away=None)) == 1

    async def rename(self, slug: str, to: str) -> bool:
        """Give an issue that is not out another slug, that of its new file.

        False, without a change, for any other issue, and if there is one with that slug. Its entries are to
        be made anew.
        """
        async with self._database.writing() as connection:
            if not await _copied(connection, slug, to):
                return False
            for column in GOES_ALONG:
                change = sa.update(column.table).where(column == slug)
                await connection.execute(change.values({column: to}))
            for column in MADE_ANEW:
                await connection.execute(sa.delete(column.table).where(column == slug))
            await connection.execute(sa.delete(issues).where(issues.c.slug == slug))
            return True

    async def text(self, slug: str) -> str:
        """The Markdown of an issue; empty if there is none."""
        async with self._database.reading() as connection:
            found = await connection.scalar(sa.select(issues.c.text).where(issues.c.slug == slug))
        return found or ""

    async def sharing(self, addresses: Collection[str], titles: Collection[str]) -> frozenset[str]:
        """The issues that have an item with one of these folded addresses, or of these titles."""
        linked = sa.select(items.c.issue_slug).join(item_urls, item_urls.c.item == items.c.id)
        queries = (
            linked.where(item_urls.c.address.in_(addresses)),
            sa.select(items.c.issue_slug).where(items.c.title.in_(titles)),
        )
        async with self._database.reading() as connection:
            return frozenset([slug for query in queries for slug in await connection.scalars(query)])

    async def told(self, slugs: Sequence[str]) -> Mapping[str, Sequence[ToldItem]]:
        """What each item of these issues tells."""
        found: dict[str, list[ToldItem]] = {}
        async with self._database.reading() as connection:
            for some in _chunks(slugs):
                query = sa.select(*(items.c[name] for name in ("issue_slug", "title", "url", "summary")))
                query = query.where(items.c.issue_slug.in_(some)).order_by(items.c.position)
                for slug, title, url, summary in await connection.execute(query):
                    found.setdefault(slug, []).append((title or "", url or "", summary))
        return found


async def _copied(connection: Connection, slug: str, to: str) -> bool:
    """Whether a row of the new slug stands beside the old one now."""
    state = sa.select(issues.c.state).where(issues.c.slug == slug).with_for_update()
    taken = sa.select(sa.exists().where(issues.c.slug == to))
    if await connection.scalar(state) not in UNBORN or await connection.scalar(taken):
        return False
    kept = [column for column in issues.c if column is not issues.c.slug]
    row = sa.select(sa.literal(to), *kept).where(issues.c.slug == slug)
    return await rows_changed(connection, sa.insert(issues).from_select([issues.c.slug, *kept], row)) == 1


def _chunks(slugs: Sequence[str]) -> Iterable[Sequence[str]]:
    return (slugs[at : at + _CHUNK] for at in range(0, len(slugs), _CHUNK))

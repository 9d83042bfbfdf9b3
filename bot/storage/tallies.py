"""What happened when, counted by quarters of an hour: no person can be told from it, and no row is large.

A quarter of an hour, because every time zone is so many of them from UTC: days can be told in any.
"""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa

from bot.model import LOSSES, Destination, Happening, IssueState, Purpose, SubscriberState
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.schema import deliveries, is_issue, issues, tallies
from bot.storage.timestamps import moment
from bot.storage.upsert import insert

T = TypeVar("T")

#: The issue that was the last to go out, and was not taken back.
_NEWEST_OUT = (
    sa.select(issues.c.slug)
    .where(issues.c.state == IssueState.PUBLISHED, is_issue)
    .order_by(issues.c.published_at.desc(), issues.c.slug.desc())
    .limit(1)
)
QUARTER = timedelta(minutes=15)
#: The mark of a database that is older than the counts: since then losses are counted.
COUNTED_SINCE = "losses counted since"
_EPOCH = datetime.fromtimestamp(0, UTC)


class Tallies:
    """The counts of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_quarter(self, since: datetime) -> dict[datetime, dict[Happening, int]]:
        """What happened in each quarter of an hour, from the one that ``since`` lies in."""
        found: dict[datetime, dict[Happening, int]] = {}
        async with self._database.reading() as connection:
            for at, what, number in await connection.execute(_sums(tallies.c.at, since)):
                found.setdefault(at, {})[Happening(what)] = int(number)
        return found

    async def in_all(self, since: datetime) -> dict[Happening, int]:
        """What happened since then, from the quarter of an hour that it lies in."""
        async with self._database.reading() as connection:
            sums = await connection.execute(_sums(sa.literal("all"), since))
            return {Happening(what): int(number) for _, what, number in sums}

    async def by_issue(self, since: datetime) -> dict[str, dict[Happening, int]]:
        """What happened with each issue since then, as it was when it happened.

        Without a name what no issue had to do with.
        """
        found: dict[str, dict[Happening, int]] = {}
        async with self._database.reading() as connection:
            for slug, what, number in await connection.execute(_sums(tallies.c.issue_slug, since)):
                found.setdefault(slug, {})[Happening(what)] = int(number)
        return found

    async def counted_since(self) -> datetime | None:
        """Since when losses are counted; None if that is since the database was made."""
        async with self._database.reading() as connection:
            return await moment(connection, COUNTED_SINCE)


def quarter_of(at: datetime) -> datetime:
    """The beginning of its quarter of an hour."""
    return at.astimezone(UTC) - (at - _EPOCH) % QUARTER


async def tally(
    connection: Connection, what: Happening, now: datetime, *, issue_slug: str = "", number: int = 1
) -> None:
    """Count something in the caller's transaction."""
    new = insert(connection, tallies).values(
        at=quarter_of(now), what=what, issue_slug=issue_slug, number=number
    )
    more = {"number": tallies.c.number + new.excluded.number}
    await connection.execute(new.on_conflict_do_update(index_elements=tallies.primary_key, set_=more))


async def tally_change(
    connection: Connection,
    to: Destination,
    before: SubscriberState | None,
    after: SubscriberState,
    now: datetime,
) -> None:
    """Count in the caller's transaction that a subscriber came or was lost, where that is so.

    Who comes is counted with the newest issue that is out. A loss is counted with the issue that was the
    last to be pushed to them: Telegram often says only at the next one that they blocked the bot.
    """
    what = happening(before, after)
    if what is None:
        return
    slug = await connection.scalar(_last_pushed(to) if what in LOSSES else _NEWEST_OUT)
    await tally(connection, what, now, issue_slug=slug or "")


def happening(before: SubscriberState | None, after: SubscriberState) -> Happening | None:
    """What a change of state counts as; None if nobody came or was lost."""
    if after is SubscriberState.ACTIVE:
        if before is None:
            return Happening.JOINED
        return None if before in (after, SubscriberState.PARKED) else Happening.RETURNED
    if after is SubscriberState.PARKED:
        return None  # the chat is there still
    return Happening(after) if before is SubscriberState.ACTIVE else None


def _last_pushed(to: Destination) -> sa.Select[str]:
    """Found issue by issue, as the key of the ledger begins with it."""
    return (
        sa.select(deliveries.c.issue_slug)
        .where(
            deliveries.c.chat_id == to.chat,
            deliveries.c.thread == to.thread,
            deliveries.c.issue_slug.in_(sa.select(issues.c.slug)),
            deliveries.c.purpose == Purpose.PUSH,
            deliveries.c.next_part > 0,
        )
        .order_by(deliveries.c.planned_at.desc())
        .limit(1)
    )


def _sums(by: sa.ColumnElement[T], since: datetime) -> sa.Select[T, str, int]:
    query = sa.select(by, tallies.c.what, sa.func.sum(tallies.c.number))
    return query.where(tallies.c.at >= quarter_of(since)).group_by(by, tallies.c.what)

"""Subscribers and an issue, put into an empty database without a program in between."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.model import Cut, IssueRecord, IssueState, SubscriberState
from bot.storage import Database, Issues
from bot.storage.schema import UtcTime, subscribers

SLUG = "2026-03-02"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
JOINED = NOW - timedelta(days=30)  # who changes while an issue is planned is looked at once more
_APART = 1009  # between two ids, which are never in a row
_ZONES = ("Asia/Shanghai", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Sydney")
_TIMES = tuple(f"{hour:02}30" for hour in range(6, 22))


async def fill(database: Database, readers: int, *, sets: int = 0) -> None:
    """So many active subscribers, and an issue that is not out yet; the schema has to be there.

    With ``sets`` of hours, neighbours have different ones: an hour in a zone, of every day or one day of
    the week, with quiet hours or without.
    """
    await add_issue(database)
    async with database.writing() as connection:
        numbers = _numbers(readers)
        columns = _subscriber(numbers.c.number)
        if sets:
            columns["hours"] = _hours(numbers.c.number % sets)
        rows = sa.select(*columns.values())
        await connection.execute(sa.insert(subscribers).from_select(list(columns), rows))


async def add_issue(database: Database) -> None:
    """The issue alone."""
    record = IssueRecord(
        slug=SLUG,
        title=None,
        date=NOW.date(),
        checksum="benchmark",
        state=IssueState.WAITING,
        found_at=NOW,
        published_at=None,
    )
    await Issues(database).add(record, "# benchmark")


def _numbers(count: int) -> sa.CTE:
    """A table of the numbers from 1 on."""
    first = sa.select(sa.literal(1).label("number")).cte("numbers", recursive=True)
    return first.union_all(sa.select(first.c.number + 1).where(first.c.number < count))


def _subscriber(number: sa.ColumnElement[int]) -> dict[str, sa.ColumnElement[Any]]:
    cut = Cut()
    joined = sa.literal(JOINED, UtcTime)
    return {
        "chat_id": sa.cast(number, sa.BigInteger) * _APART,
        "thread": sa.literal(0),
        "state": sa.literal(str(SubscriberState.ACTIVE)),
        "language": sa.literal(cut.language),
        "mode": sa.literal(str(cut.mode)),
        "topics": sa.literal(""),
        "sections": sa.literal(""),
        "cut": sa.literal(cut.signature),
        "joined_at": joined,
        "updated_at": joined,
    }


def _hours(place: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    """The signature of the hours in that place; the first 400 are different."""
    days = ("", *map(str, range(4)))
    parts = (
        (place % len(_ZONES), _ZONES),
        (place // len(_ZONES) % len(_TIMES), _TIMES),
        (place // (len(_ZONES) * len(_TIMES)) % len(days), days),
        (place % 2, ("", "2200-0700")),
    )
    words = [sa.case(dict(enumerate(words)), value=which) for which, words in parts]
    return words[0] + "|" + words[1] + "|" + words[2] + "|" + words[3] + "|"

"""Subscribers and an issue, put into an empty database without a program in between."""

from datetime import UTC, datetime, time
from typing import Any

import sqlalchemy as sa

from bot.model import Cut, Hours, IssueRecord, IssueState, Quiet, SubscriberState
from bot.storage import Database, Issues
from bot.storage.batch import PARAMETER, Types, batch, pack
from bot.storage.schema import UtcTime, subscribers

SLUG = "2026-03-02"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_APART = 1009  # between two ids, which are never in a row
_CHOSEN: Types = {"place": sa.Integer(), "hours": sa.Text()}
_ZONES = ("Asia/Shanghai", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Sydney")
_ASLEEP = Quiet(begins=time(22), ends=time(7))


async def fill(database: Database, readers: int, *, sets: int = 0) -> None:
    """So many active subscribers, and an issue that is not out yet; the schema has to be there.

    With ``sets`` of hours, neighbours have different ones: an hour in a zone, of every day or one day of
    the week, with quiet hours or without.
    """
    await add_issue(database)
    async with database.writing() as connection:
        numbers = _numbers(readers)
        columns = _subscriber(numbers.c.number)
        rows, given = sa.select(*columns.values()), dict[str, str]()
        if sets:
            chosen = batch(connection, _CHOSEN)
            columns["hours"] = chosen.c.hours
            rows = sa.select(*columns.values()).join(chosen, chosen.c.place == numbers.c.number % sets)
            given = {PARAMETER: pack((place, _hours(place).signature) for place in range(sets))}
        await connection.execute(sa.insert(subscribers).from_select(list(columns), rows), given)


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
    now = sa.literal(NOW, UtcTime)
    return {
        "chat_id": sa.cast(number, sa.BigInteger) * _APART,
        "thread": sa.literal(0),
        "state": sa.literal(str(SubscriberState.ACTIVE)),
        "language": sa.literal(cut.language),
        "mode": sa.literal(str(cut.mode)),
        "topics": sa.literal(""),
        "sections": sa.literal(""),
        "cut": sa.literal(cut.signature),
        "joined_at": now,
        "updated_at": now,
    }


def _hours(place: int) -> Hours:
    """The first 1440 are different."""
    return Hours(
        zone=_ZONES[place % 5],
        at=time(place // 5 % 24, 30 * (place // 120 % 2)),
        day=place // 240 % 7 if place >= 240 else None,
        quiet=_ASLEEP if place % 2 else None,
    )

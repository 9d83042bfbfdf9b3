"""What readers do in a week, by topic: theirs until the week is over, then counted, and nobody's any more."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from bot.model import ALL_TOPICS, Deed, WeekCount
from bot.storage.connection import Connection
from bot.storage.database import Database, rows_changed
from bot.storage.feedback_schema import readings, votes, week_counts, weeks
from bot.storage.index_schema import item_topics, items
from bot.storage.schema import is_issue, issues
from bot.storage.upsert import insert

FEW = 5  #: readers at least, or their number is not kept
MOST = 50  #: that are counted of one reader, topic and week
VOTES_KEPT = timedelta(days=28)  #: after their week, in which a vote can be taken back


class Span(NamedTuple):
    """A week by its first day, from its beginning to its end."""

    week: date
    start: datetime
    end: datetime


class Weekly:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, person: int, week: date, what: Deed, topics: Collection[str]) -> None:
        """Note that a person did something with an item of these topics."""
        rows = [
            {"week": week, "person": person, "topic": topic, "what": what, "number": 1}
            for topic in {ALL_TOPICS, *topics}
        ]
        async with self._database.writing() as connection:
            new = insert(connection, readings).values(rows)
            more = {"number": readings.c.number + 1}
            change = new.on_conflict_do_update(
                index_elements=readings.primary_key, set_=more, where=readings.c.number < MOST
            )
            await connection.execute(change)

    async def unsettled(self, before: date) -> Sequence[date]:
        """The weeks before this one of which something is noted that was not counted, in order."""
        query = sa.select(readings.c.week).where(readings.c.week < before).distinct()
        async with self._database.reading() as connection:
            return sorted(await connection.scalars(query))

    async def settle(self, span: Span, now: datetime, *, told: bool) -> bool:
        """Count a week that is over, and keep no more of it than the counts; False if it was counted before.

        ``told``: nobody is to be told of it any more.
        """
        async with self._database.writing() as connection:
            row = insert(connection, weeks).values(week=span.week, at=now, told=told)
            is_new = await rows_changed(connection, row.on_conflict_do_nothing()) == 1
            if is_new and (counted := await _counted(connection, span)):
                await connection.execute(sa.insert(week_counts), counted)
            await connection.execute(sa.delete(readings).where(readings.c.week == span.week))
            await connection.execute(sa.delete(votes).where(votes.c.at < span.end - VOTES_KEPT))
            return is_new

    async def untold(self) -> date | None:
        """The newest week that was counted and of which nobody was told; None if there is none."""
        query = sa.select(weeks.c.week).where(~weeks.c.told).order_by(weeks.c.week.desc()).limit(1)
        async with self._database.reading() as connection:
            found: date | None = await connection.scalar(query)
        return found

    async def note_told(self, week: date, *, told: bool = True) -> bool:
        """Note that a week was told, or was not after all; False if that is so already."""
        change = sa.update(weeks).where(weeks.c.week == week, weeks.c.told.is_(not told))
        return await self._database.change(change.values(told=told)) == 1

    async def newest(self) -> date | None:
        """The newest week that was counted."""
        async with self._database.reading() as connection:
            found: date | None = await connection.scalar(sa.select(sa.func.max(weeks.c.week)))
        return found

    async def counts(self, week: date) -> tuple[WeekCount, ...]:
        """What was counted of a week."""
        query = sa.select(week_counts.c.topic, week_counts.c.what, week_counts.c.number)
        query = query.where(week_counts.c.week == week).order_by(week_counts.c.topic, week_counts.c.what)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(WeekCount(topic=row[0], what=Deed(row[1]), number=row[2]) for row in rows)


Row = dict[str, object]


async def _counted(connection: Connection, span: Span) -> list[Row]:
    readers = sa.func.count(readings.c.person.distinct())
    done = sa.select(readings.c.topic, readings.c.what, sa.func.sum(readings.c.number), readers)
    done = done.where(readings.c.week == span.week).group_by(readings.c.topic, readings.c.what)
    voted = sa.select(votes.c.person, votes.c.likes, votes.c.topics)
    voted = voted.where(votes.c.at >= span.start, votes.c.at < span.end)
    rows = [
        _row(span, topic, what, int(number) if persons >= FEW else None)
        for topic, what, number, persons in await connection.execute(done)
    ]
    rows += _liked(
        span, [(person, likes, topics) for person, likes, topics in await connection.execute(voted)]
    )
    rows += [
        _row(span, topic, Deed.OFFERED, number) for topic, number in await connection.execute(_offered(span))
    ]
    in_all = await connection.scalar(sa.select(sa.func.count(items.c.id)).where(_came_out(span)))
    return [*rows, *([_row(span, ALL_TOPICS, Deed.OFFERED, in_all)] if in_all else [])]


def _row(span: Span, topic: str, what: str, number: int | None) -> Row:
    return {"week": span.week, "topic": topic, "what": str(what), "number": number}


def _liked(span: Span, voted: Iterable[tuple[int, bool, str]]) -> Iterator[Row]:
    """Votes by topic; of a part with many topics each has the vote."""
    number: Counter[tuple[str, Deed]] = Counter()
    persons: dict[tuple[str, Deed], set[int]] = {}
    for person, likes, topics in voted:
        for topic in {ALL_TOPICS, *filter(None, topics.split(","))}:
            key = topic, Deed.LIKED if likes else Deed.DISLIKED
            number[key] += 1
            persons.setdefault(key, set()).add(person)
    for key, votes_for in sorted(number.items()):
        yield _row(span, *key, votes_for if len(persons[key]) >= FEW else None)


def _offered(span: Span) -> sa.Select[str, int]:
    """How many items of each topic stood in the issues that came out."""
    count = sa.func.count(items.c.id)
    query = sa.select(item_topics.c.topic, count).join(items, items.c.id == item_topics.c.item)
    return query.where(_came_out(span)).group_by(item_topics.c.topic)


def _came_out(span: Span) -> sa.ColumnElement[bool]:
    at = issues.c.published_at
    came = sa.select(issues.c.slug).where(is_issue, at >= span.start, at < span.end)
    return items.c.issue_slug.in_(came)

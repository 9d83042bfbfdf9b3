"""What the second reader answered, and how many requests it got."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.reader_schema import second_reader_months, second_readings
from bot.storage.upsert import insert

KEPT = timedelta(days=400)  #: an answer; what is asked again later costs a request
_CHUNK = 500  # values in a query


class SecondReadings:
    """Those of one database. Every method raises StoreError when the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self, questions: Collection[str]) -> Mapping[str, bool | None]:
        """The answers to those questions that were asked; None where it said neither yes nor no."""
        found: dict[str, bool | None] = {}
        async with self._database.reading() as connection:
            for some in _chunks(sorted(questions)):
                table = second_readings.c
                query = sa.select(table.question, table.yes).where(table.question.in_(some))
                found |= {row.question: row.yes for row in await connection.execute(query)}
        return found

    async def note(self, answers: Mapping[str, bool | None], now: datetime) -> None:
        """Keep answers, each in place of an earlier one, and drop those that are too old."""
        old = sa.delete(second_readings).where(second_readings.c.at < now - KEPT)
        rows = [{"question": question, "yes": yes, "at": now} for question, yes in answers.items()]
        async with self._database.writing() as connection:
            await connection.execute(old)
            if rows:
                row = insert(connection, second_readings)
                fields = {name: row.excluded[name] for name in ("yes", "at")}
                key = [second_readings.c.question]
                await connection.execute(row.on_conflict_do_update(index_elements=key, set_=fields), rows)

    async def take(self, month: str, most: int) -> bool:
        """Count one request more in a month; False, and it is not counted, if that has so many already."""
        own = second_reader_months.c.month == month
        less = sa.update(second_reader_months).where(own, second_reader_months.c.requests < most)
        async with self._database.writing() as connection:
            first = insert(connection, second_reader_months).values(month=month, requests=0)
            await connection.execute(first.on_conflict_do_nothing())
            more = less.values(requests=second_reader_months.c.requests + 1)
            return (await connection.execute(more)).rowcount == 1

    async def give_back(self, month: str) -> None:
        """Count one request less, which did not reach anybody."""
        own = sa.update(second_reader_months).where(second_reader_months.c.month == month)
        await self._database.change(own.values(requests=second_reader_months.c.requests - 1))

    async def requests(self, month: str) -> int:
        """How many were counted in a month."""
        query = sa.select(second_reader_months.c.requests).where(second_reader_months.c.month == month)
        async with self._database.reading() as connection:
            return await connection.scalar(query) or 0


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[at : at + _CHUNK] for at in range(0, len(values), _CHUNK))

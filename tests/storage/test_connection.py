"""What is done on a connection is done, or undone, to its end; also when its task is cancelled."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.errors import StoreError
from bot.storage import Database
from bot.storage.connection import completed
from tests.nightly import on_either

MARK = sa.text("INSERT INTO marks VALUES ('a', '2026-03-02')")
COUNT = sa.text("SELECT count(*) FROM marks")
NUMBERS = sa.text(
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 25)"
    " SELECT n FROM numbers"
)


async def test_what_a_cancelled_task_wrote_is_undone_and_the_next_may_write(database: Database) -> None:
    written = asyncio.Event()

    async def write_and_wait() -> None:
        async with database.writing() as connection:
            await connection.execute(MARK)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.writing() as connection:
        assert await connection.scalar(COUNT) == 0
        await connection.execute(MARK)
    async with database.reading() as connection:
        assert await connection.scalar(COUNT) == 1


async def test_work_that_must_end_ends_however_often_its_caller_is_cancelled() -> None:
    done: list[str] = []
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await may_end.wait()
        done.append("closed")

    task = asyncio.create_task(completed(work()))
    await begun.wait()
    for _ in range(3):
        task.cancel()
        await asyncio.sleep(0)
    assert not task.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == ["closed"]


async def test_why_such_work_failed_reaches_its_caller() -> None:
    async def work() -> None:
        raise StoreError("database: away")

    with pytest.raises(StoreError, match="away"):
        await completed(work())


@on_either
async def test_rows_come_in_chunks_and_a_reader_may_stop_between_them(database: Database) -> None:
    async with database.reading() as connection:
        assert [len(rows) async for rows in connection.chunks(NUMBERS, size=10)] == [10, 10, 5]
        chunks = connection.chunks(NUMBERS, size=10)
        assert [row.n for row in await anext(chunks)] == list(range(1, 11))
        await chunks.aclose()
        assert await connection.scalar(COUNT) == 0


async def test_a_statement_is_carried_out_once_for_each_of_the_values(database: Database) -> None:
    insert = sa.text("INSERT INTO marks VALUES (:name, '2026-03-02')")
    async with database.writing() as connection:
        await connection.execute(insert, [{"name": name} for name in "abc"])
        assert (await connection.scalars(sa.text("SELECT name FROM marks ORDER BY name"))).all() == [*"abc"]

"""Who changes while an issue is planned is looked at once more, by the keys of the rows."""

import pytest
import sqlalchemy as sa

from bot.model import Cut, Destination
from bot.storage import Database, Issues, Planner, Subscribers
from bot.storage.plan_statements import ANY_WAITS
from bot.storage.plan_sweep import sweep_changed
from bot.storage.schema import deliveries, subscribers
from tests.builders import NOON
from tests.nightly import on_either
from tests.storage.rows import add_issue
from tests.storage.test_deliveries import steps

SLUG = "2026-03-02"
THREADS = [Destination(-7, thread) for thread in range(3)]


@on_either
@pytest.mark.parametrize("most", [1, 2, 100])
async def test_all_who_changed_are_seen_however_many_at_a_time(
    database: Database, issues: Issues, most: int
) -> None:
    await add_issue(issues)
    for reader in (*THREADS, Destination(1), Destination(2)):
        await Subscribers(database).join(reader, Cut(), NOON)
    await Planner(database).push(SLUG, NOON)
    stops = sa.update(subscribers).where(subscribers.c.thread == 1).values(state="stopped")
    async with database.writing() as connection:
        await connection.execute(sa.update(subscribers).values(cut=Cut(language="en").signature))
        await connection.execute(stops)
        await sweep_changed(connection, SLUG, NOON, NOON, most=most)
        columns = (deliveries.c.thread, deliveries.c.state, deliveries.c.cut)
        rows = [tuple(row) for row in await connection.execute(sa.select(*columns))]
    english = Cut(language="en").signature
    assert [row for row in rows if row[0] == 1] == [(1, "skipped", Cut().signature)]
    assert [row[1:] for row in rows if row[0] != 1] == [("planned", english)] * 4


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_that_nobody_waits_is_found_in_the_index_of_who_does(database: Database) -> None:
    """It is asked once a chunk, and must not read every open row each time."""
    async with database.reading() as connection:
        assert "deliveries_deferred" in await steps(connection, ANY_WAITS)

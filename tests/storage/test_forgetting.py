"""A chat is forgotten whole, whatever goes on beside it, on either database."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.model import Aim, Cut, Purpose, SavedItem
from bot.storage import (
    Database,
    Deliveries,
    Forgetting,
    Issues,
    KeptCounts,
    MissedIssues,
    Planner,
    SavedItems,
    Subscribers,
)
from bot.storage.plan_statements import STATEMENTS
from bot.storage.schema import deliveries, marks, metadata, plans, subscribers
from tests.builders import NOON
from tests.storage.rows import add_issue

LIN, ADA = 1001, 1002
SLUGS = ("2026-03-01", "2026-03-02")


@pytest.fixture
async def forgetting(database: Database, issues: Issues) -> Forgetting:
    """Two chats of which everything is kept that may be."""
    saved = SavedItem(issue_slug=SLUGS[0], item_id="one", title="One", url=None, saved_at=NOON)
    for chat in (LIN, ADA):
        await Subscribers(database).join(chat, Cut(), NOON)
        await SavedItems(database).save(chat, saved, most=9)
        await MissedIssues(database).decline(chat, NOON)
    for slug in SLUGS:
        await add_issue(issues, slug, checksum=slug)
        await Planner(database).push(slug, NOON)
    for purpose in (Purpose.REQUEST, Purpose.REST):
        await Planner(database).plan_one(
            chat_id=LIN, issue_slug=SLUGS[0], purpose=purpose, cut=Cut(), now=NOON
        )
    return Forgetting(database)


async def rows_of(database: Database, chat_id: int) -> dict[str, int]:
    """How many rows name the chat, in each table that names chats."""
    tables = [table for table in metadata.sorted_tables if "chat_id" in table.c]
    count = sa.select(sa.func.count())
    async with database.reading() as connection:
        named = {
            table.name: await connection.scalar(count.select_from(table).where(table.c.chat_id == chat_id))
            for table in tables
        }
        moments = list(await connection.scalars(sa.select(marks.c.name)))
    return {name: found or 0 for name, found in named.items()} | {
        "marks": sum(str(chat_id) in name for name in moments)
    }


async def test_no_table_names_a_chat_that_was_forgotten_and_others_stay(
    forgetting: Forgetting, database: Database
) -> None:
    others = await rows_of(database, ADA)
    assert all(others.values())
    assert await forgetting.kept(LIN) == KeptCounts(saved=1, issues=2)
    for _ in range(2):
        await forgetting.forget(LIN)
        assert not any((await rows_of(database, LIN)).values())
        assert await forgetting.kept(LIN) == KeptCounts(saved=0, issues=0)
    assert await rows_of(database, ADA) == others


async def test_an_issue_that_is_being_planned_is_not_planned_for_who_was_forgotten(
    forgetting: Forgetting, database: Database, issues: Issues
) -> None:
    """The chunk has seen the subscriber, and ends only when the chat is already being forgotten."""
    slug = "2026-03-03"
    await add_issue(issues, slug, checksum=slug)
    plan = {"issue_slug": slug, "aim": "send", "after": None, "swept": False, "begun_at": NOON}
    await database.change(sa.insert(plans).values(plan))
    async with database.writing() as connection:
        await connection.execute(sa.select(plans).with_for_update())
        chunk = await STATEMENTS[Aim.SEND](connection, slug, (None, ADA), NOON)
        await connection.execute(chunk)
        forgotten = asyncio.create_task(forgetting.forget(LIN))
        while not (forgotten.done() or await waits(database)):
            pass
    await forgotten
    assert await Planner(database).resume(NOON) == 0
    assert await Deliveries(database).get(slug, LIN, Purpose.PUSH) is None
    assert await Deliveries(database).get(slug, ADA, Purpose.PUSH) is not None


async def test_a_chat_is_forgotten_although_its_rows_are_written_the_other_way_round(
    forgetting: Forgetting, database: Database
) -> None:
    """On PostgreSQL each waits for the other until one of them is undone."""
    async with database.writing() as connection:
        await connection.execute(
            sa.update(deliveries).where(deliveries.c.chat_id == LIN).values(updated_at=NOON)
        )
        forgotten = asyncio.create_task(forgetting.forget(LIN))
        while not (forgotten.done() or await waits(database)):
            pass
        await connection.execute(
            sa.update(subscribers).where(subscribers.c.chat_id == LIN).values(updated_at=NOON)
        )
    await forgotten
    assert not any((await rows_of(database, LIN)).values())


async def waits(database: Database) -> bool:
    """Whether somebody waits for a lock; on SQLite it is taken in the process."""
    async with database.reading() as connection:
        if connection.dialect.name == "sqlite":
            return True
        locks = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(await connection.scalar(locks))


async def test_who_joins_again_is_a_stranger(forgetting: Forgetting, database: Database) -> None:
    await forgetting.forget(LIN)
    assert await Subscribers(database).join(LIN, Cut(language="en"), NOON)
    assert await MissedIssues(database).declined_at(LIN) is None
    assert await SavedItems(database).count(LIN) == 0

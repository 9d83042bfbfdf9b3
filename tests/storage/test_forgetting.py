"""A chat is forgotten whole, whatever goes on beside it, on either database."""

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime, time
from decimal import Decimal
from enum import Enum

import pytest
import sqlalchemy as sa

from bot.errors import StoreBusy
from bot.model import Aim, ChatRole, Cut, Deed, Destination, Purpose, SavedItem
from bot.storage import (
    Database,
    Deliveries,
    Forgetting,
    Issues,
    KeptCounts,
    KeptRows,
    MissedIssues,
    Planner,
    SavedItems,
    Subscribers,
)
from bot.storage.channels import Channels
from bot.storage.desk_messages import DeskKind, DeskMessage, DeskMessages
from bot.storage.group_chats import GroupChats
from bot.storage.kept_rows import KEPT, json_value
from bot.storage.mistakes import Mistake, Mistakes
from bot.storage.plan_statements import STATEMENTS
from bot.storage.role_chats import RoleChats
from bot.storage.schema import deliveries, metadata, plans, subscribers
from bot.storage.threads import Threads
from bot.storage.votes import Votes
from bot.storage.weekly import Weekly
from tests.builders import NOON
from tests.nightly import on_either
from tests.storage.everything import fill
from tests.storage.rows import add_issue

LIN, ADA = 7_101_001_003, 7_202_002_004  # found nowhere else, wherever they stand

#: Large numbers that are no chat's, or no longer than a moment: why nothing is to be forgotten there.
NO_CHATS = {
    "plans.after": "the chat that a plan has come to, gone with the plan, within seconds",
    "leases.token": "counts who was allowed to send",
    "updates.update_id": "Telegram's number of an update; what it said goes once it was handled",
    "items.id": "an entry of an issue",
    "item_topics.item": "the same",
    "item_urls.item": "the same",
    "item_words.item": "the same",
}
SLUGS = ("2026-03-01", "2026-03-02")


class Color(Enum):
    """An enumeration whose values are no texts."""

    RED = 1


@pytest.fixture
async def forgetting(database: Database, issues: Issues) -> Forgetting:
    """Two chats of which everything is kept that may be."""
    saved = SavedItem(issue_slug=SLUGS[0], item_id="one", title="One", url=None, saved_at=NOON)
    for chat in (LIN, ADA):
        await Subscribers(database).join(Destination(chat), Cut(), NOON)
        await SavedItems(database).save(chat, saved, most=9)
        await Threads(database).set_up(Destination(chat, 7), person=chat)
        await MissedIssues(database).decline(Destination(chat), NOON)
        await RoleChats(database, ChatRole.ADMIN).name(chat, NOON)
        card = DeskMessage(chat_id=chat, message_id=1, kind=DeskKind.CARD, about=SLUGS[0], at=NOON)
        await DeskMessages(database).put(card)
        await GroupChats(database).note_added(chat, chat, NOON)
        await Channels(database).note(chat, "channel", None)
        await Votes(database).vote(chat, SLUGS[0], "papers", likes=True, topics=(), now=NOON)
        await Mistakes(database).ask(
            Mistake(
                chat_id=-1,
                asked=chat,
                person=chat,
                language="zh",
                issue_slug=SLUGS[0],
                item_id="one",
                title="One",
                at=NOON,
            )
        )
        await Weekly(database).note(chat, NOON.date(), Deed.OPENED, ("quantization",))
    for slug in SLUGS:
        await add_issue(issues, slug, checksum=slug)
        await Planner(database).push(slug, NOON)
    for purpose in (Purpose.REQUEST, Purpose.REST):
        await Planner(database).plan_one(
            to=Destination(LIN), issue_slug=SLUGS[0], purpose=purpose, cut=Cut(), now=NOON
        )
    return Forgetting(database)


async def rows_of(database: Database, chat_id: int) -> dict[str, int]:
    """How many rows hold the id of the chat, in whatever column, of each table."""
    async with database.reading() as connection:
        return {
            table.name: sum(
                str(chat_id) in " ".join(map(str, row)) for row in await connection.execute(sa.select(table))
            )
            for table in metadata.sorted_tables
        }


def test_every_column_that_may_hold_a_chat_is_forgotten_or_named_with_the_reason() -> None:
    """Chats have large numbers: a new column of them is a chat's until somebody says what else it is."""
    large = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, sa.BigInteger) and table not in KEPT
    }
    assert large == NO_CHATS.keys()


async def test_no_table_names_a_chat_that_was_forgotten_and_others_stay(
    forgetting: Forgetting, database: Database
) -> None:
    others = await rows_of(database, ADA)
    assert {name for name, rows in others.items() if rows} == {table.name for table in KEPT}
    assert await forgetting.kept(LIN) == KeptCounts(saved=1, issues=2, declined=True)
    for _ in range(2):
        await forgetting.forget(LIN, NOON)
        assert not any((await rows_of(database, LIN)).values())
        assert await forgetting.kept(LIN) == KeptCounts(saved=0, issues=0, declined=False)
    assert await rows_of(database, ADA) == others


async def test_what_is_kept_is_told_whole_row_by_row(forgetting: Forgetting, database: Database) -> None:
    found = await KeptRows(database).of(LIN)
    assert {name: len(rows) for name, rows in found.items()} == {
        name: rows for name, rows in (await rows_of(database, LIN)).items() if rows
    }
    for name, rows in found.items():
        assert all([*row] == metadata.tables[name].c.keys() for row in rows)
    assert found["subscribers"][0]["joined_at"] == NOON.isoformat()
    assert found["deliveries"][0]["parts"] == []
    assert found["deliveries"][0]["not_before"] is None
    assert found["readings"][0]["week"] == NOON.date().isoformat()
    assert json.loads(json.dumps(found)) == found
    await forgetting.forget(LIN, NOON)
    assert await KeptRows(database).of(LIN) == {}


async def test_a_value_of_any_column_of_any_table_can_be_told(database: Database) -> None:
    await fill(database)
    async with database.reading() as connection:
        for table in metadata.sorted_tables:
            for row in await connection.execute(sa.select(table)):
                told = [json_value(value) for value in row]
                assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (NOON.date(), "2026-03-02"),
        (datetime(2026, 3, 2, 8, 30, tzinfo=UTC), "2026-03-02T08:30:00+00:00"),
        (time(8, 30), "08:30:00"),
        (b"\x00\xff", "00ff"),
        (Decimal("1.50"), "1.50"),
        (Purpose.PUSH, "push"),
        (Color.RED, 1),
        (["one", NOON.date()], ["one", "2026-03-02"]),
        ({"day": NOON.date()}, {"day": "2026-03-02"}),
    ],
)
def test_a_value_that_json_has_not_is_told_in_words(value: object, told: object) -> None:
    assert json.dumps(json_value(value)) == json.dumps(told)


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
        await connection.execute(*chunk)
        forgotten = asyncio.create_task(forgetting.forget(LIN, NOON))
        while not (forgotten.done() or await waits(database)):
            pass
    await forgotten
    assert await Planner(database).resume(NOON) == 0
    assert await Deliveries(database).get(slug, Destination(LIN), Purpose.PUSH) is None
    assert await Deliveries(database).get(slug, Destination(ADA), Purpose.PUSH) is not None


@on_either
async def test_a_chat_is_forgotten_although_its_rows_are_written_the_other_way_round(
    forgetting: Forgetting, database: Database
) -> None:
    """On PostgreSQL each waits for the other until one of them is undone, mostly who waited first."""
    with suppress(StoreBusy):
        async with database.writing() as connection:
            await connection.execute(
                sa.update(deliveries).where(deliveries.c.chat_id == LIN).values(updated_at=NOON)
            )
            forgotten = asyncio.create_task(forgetting.forget(LIN, NOON))
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
    await forgetting.forget(LIN, NOON)
    assert await Subscribers(database).join(Destination(LIN), Cut(language="en"), NOON)
    assert await MissedIssues(database).declined_at(Destination(LIN)) is None
    assert await SavedItems(database).count(LIN) == 0

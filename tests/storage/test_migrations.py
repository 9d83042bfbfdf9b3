"""A database of every earlier revision becomes one of today, and loses nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.model import (
    ANY_TIME,
    AT_ONCE,
    Aim,
    ChatRole,
    Cut,
    DeliveryState,
    Destination,
    Part,
    Purpose,
    Subscriber,
    SubscriberState,
)
from bot.storage import Database, Deliveries, Issues, MissedIssues, Subscribers
from bot.storage.revision import HEAD, MIGRATIONS, bring_to_head, revision_of
from bot.storage.role_chats import RoleChat, RoleChats
from bot.storage.schema import metadata
from bot.storage.threads import Threads
from tests.nightly import mostly
from tests.storage.revisions import at_revision, back_to_revision
from tests.storage.rows import row

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_the_head_is_the_revision_of_the_last_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert steps[0] == HEAD
    assert steps == sorted(steps, reverse=True)  # an older one is told by its number


async def test_a_new_database_is_as_one_that_took_every_step(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "head")
        stepped = await connection.run_sync(described)
        assert await connection.run_sync(revision_of) == HEAD
        await connection.run_sync(emptied)
        await connection.run_sync(bring_to_head)
        made = await connection.run_sync(described)
        assert await connection.run_sync(revision_of) == HEAD
    await database.close()
    assert made == stepped


def described(connection: sa.Connection) -> Mapping[str, object]:
    """What a database has that the program relies on; and it is what the tables say."""
    options = {"compare_type": True, "include_name": lambda name, *_: not is_full_text(name)}
    context = MigrationContext.configure(connection, opts=options)
    assert compare_metadata(context, metadata) == []
    found = sa.inspect(connection)
    names = [name for name in found.get_table_names() if not is_full_text(name)]
    return {name: table(found, name) for name in names} | {"full text": full_text(connection)}


def is_full_text(name: str | None) -> bool:
    """What SQLAlchemy cannot declare: SQLite's virtual table with its own ones, PostgreSQL's index."""
    return bool(name and name.startswith("item_index"))


def full_text(connection: sa.Connection) -> list[str]:
    """How the index of words and what keeps it up to date were made."""
    if connection.dialect.name == "postgresql":
        made = "SELECT indexdef FROM pg_indexes WHERE indexname = 'item_index'"
    else:
        made = "SELECT sql FROM sqlite_master WHERE name = 'item_index' OR type = 'trigger' ORDER BY name"
    return list(connection.scalars(sa.text(made)))


def table(found: sa.Inspector, name: str) -> tuple[object, ...]:
    """Columns, key, references and indexes of a table."""
    columns = (
        (one["name"], str(one["type"]), one["nullable"], one["default"]) for one in found.get_columns(name)
    )
    references = ((one["constrained_columns"], one["referred_table"]) for one in found.get_foreign_keys(name))
    indexes = ((str(one["name"]), one["column_names"], conditions(one)) for one in found.get_indexes(name))
    return sorted(columns), found.get_pk_constraint(name), sorted(references), sorted(indexes)


def conditions(index: Mapping[str, Any]) -> str:
    """The rows that an index is of."""
    return " ".join(map(str, index["dialect_options"].values()))


def emptied(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text("DROP TABLE item_index"))
    found = sa.MetaData()
    found.reflect(connection)
    found.drop_all(connection)


def filled(connection: sa.Connection) -> None:
    """A published issue: sent to the first, on its way to the second, planned for the third."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    issue = {"slug": "2026-03-02", "title": "简报", "date": NOON.date(), "text": "# 简报", "checksum": "c1"}
    connection.execute(
        metadata.tables["issues"].insert(),
        issue | {"state": "published", "found_at": NOON, "published_at": NOON},
    )
    rows = [(1, "sent", 2, "[11, 12]"), (2, "sending", 1, "[21]"), (3, "planned", 0, "[]")]
    connection.execute(
        metadata.tables["deliveries"].insert(),
        [
            {
                "issue_slug": "2026-03-02",
                "chat_id": chat_id,
                "purpose": "push",
                "cut": "zh|full|cut||",
                "state": state,
                "next_part": next_part,
                "message_ids": message_ids,
                "attempts": 1,
                "not_before": NOON,
                "reason": None,
                "planned_at": NOON,
                "updated_at": NOON,
            }
            for chat_id, state, next_part, message_ids in rows
        ],
    )


async def test_the_ledger_of_the_first_revision_comes_along(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "0001")
        await connection.run_sync(filled)
    await database.migrate()
    ledger = Deliveries(database)
    first, second = await row(ledger), await row(ledger, 2)
    assert first.parts == (Part(name="", message_id=11), Part(name="", message_id=12))
    assert (first.state, first.aim, first.cut) == (DeliveryState.SENT, Aim.SEND, Cut())
    assert (second.state, second.part_count, second.attempts) == (DeliveryState.SENDING, 1, 1)
    assert (second.not_before, second.in_flight, second.uncertain) == (NOON, False, 0)
    assert [one.chat_id for one in await ledger.due(NOON, limit=9, purposes=[Purpose.PUSH])] == [2, 3]
    issue = await Issues(database).get("2026-03-02")
    assert issue is not None
    assert not issue.corrected
    await database.close()


async def test_failures_that_were_packed_with_their_weight_are_taken_apart(new_url: str) -> None:
    """Two heavy failures and three light ones were 43 in the second revision."""
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "0001")
        await connection.run_sync(filled)
        await connection.run_sync(at_revision, "0002")
        await connection.execute(sa.text("UPDATE deliveries SET attempts = 43 WHERE chat_id = 2"))
    await database.migrate()
    found = await row(Deliveries(database), 2)
    assert (found.attempts, found.weight) == (5, 43)
    await database.close()


async def test_issues_of_an_earlier_program_have_no_file_yet_and_go_back_as_nobody_may_see_them(
    new_url: str,
) -> None:
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "0001")
        await connection.run_sync(filled)
    await database.migrate()
    issue = await Issues(database).get("2026-03-02")
    assert issue is not None
    assert (issue.publish_at, issue.file, issue.file_slug, issue.file_away) == (None, None, None, None)
    async with database.writing() as connection:
        await connection.execute(sa.text("UPDATE issues SET state = 'draft', file = '2026-03-02.md'"))
        await connection.run_sync(back_to_revision, "0013")
        assert await connection.scalar(sa.text("SELECT state FROM issues")) == "retracted"
    await database.close()


async def test_the_admin_chat_stays_when_roles_are_told_apart(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "0014")
        made = sa.text("INSERT INTO admin_chats VALUES (0, -4001, 'en', :at)")
        await connection.execute(made.bindparams(sa.bindparam("at", NOON, sa.DateTime(timezone=True))))
    await database.migrate()
    found = await RoleChats(database, ChatRole.ADMIN).get(None)
    assert found == RoleChat(chat_id=-4001, language="en", at=NOON)
    assert await RoleChats(database, ChatRole.EDITORS).get(None) is None
    await database.close()


async def test_a_code_for_the_editors_claims_no_admin_chat_in_an_earlier_program(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    await database.migrate()
    for role in (ChatRole.ADMIN, ChatRole.EDITORS):
        await RoleChats(database, role).offer(f"digest of {role}", NOON)
    async with database.writing() as connection:
        await connection.run_sync(back_to_revision, "0015")
        kept = list(await connection.scalars(sa.text("SELECT digest FROM claim_codes")))
    await database.close()
    assert kept == [f"digest of {ChatRole.ADMIN}"]


async def test_what_is_held_as_a_copy_is_told_apart_and_a_doubtful_date_stays_one(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    copied, dated = "it tells what 2026-03-02 told, whose file is there too", "its title says 2026-02-02"
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "0026")
        for slug, why in (("2026-03-09", copied), ("2026-03-16", dated)):
            held = sa.text("INSERT INTO holds VALUES (:slug, 'date', :why, :at)")
            held = held.bindparams(sa.bindparam("at", NOON, sa.DateTime(timezone=True)), slug=slug, why=why)
            await connection.execute(held)
        await connection.run_sync(at_revision, "head")
        found = sa.text("SELECT held_by FROM holds ORDER BY scope")
        assert list(await connection.scalars(found)) == ["copy", "date"]
        await connection.run_sync(back_to_revision, "0026")
        assert list(await connection.scalars(found)) == ["date", "date"]
    await database.close()


EARLIER = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("0*.py"))[:-1]


@pytest.mark.parametrize("new_url", mostly("sqlite"), indirect=True)
@pytest.mark.parametrize("revision", EARLIER)
async def test_what_an_earlier_program_knew_belongs_to_the_chats_themselves_and_comes_at_once(
    new_url: str, revision: str
) -> None:
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "0001")
        await connection.run_sync(filled)
        await connection.run_sync(subscribed)
        await connection.run_sync(at_revision, revision)
    await database.migrate()
    found = await Subscribers(database).get(Destination(-4001))
    assert found == Subscriber(chat_id=-4001, state=SubscriberState.ACTIVE, cut=Cut(), joined_at=NOON)
    assert found.hours == ANY_TIME
    assert (await row(Deliveries(database))).destination == Destination(1)
    waiting = await row(Deliveries(database), 3)
    assert (waiting.hours, waiting.earlier, waiting.not_before) == (ANY_TIME, (), NOON)
    await Subscribers(database).join(Destination(-4001, 7), Cut(), NOON)
    assert len([one async for one in Subscribers(database).all()]) == 2
    await database.close()


def subscribed(connection: sa.Connection) -> None:
    metadata = sa.MetaData()
    metadata.reflect(connection)
    row = {
        "chat_id": -4001,
        "state": "active",
        "language": "zh",
        "mode": "full",
        "topics": "",
        "sections": "",
    }
    times = {"joined_at": NOON, "updated_at": NOON}
    cut = Cut().signature
    connection.execute(metadata.tables["subscribers"].insert(), row | times | {"cut": cut})


async def test_an_earlier_program_finds_the_chats_and_none_of_their_threads(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    await database.migrate()
    for to in (Destination(5), Destination(-4001), Destination(-4001, 7)):
        await Subscribers(database).join(to, Cut(), NOON)
        await MissedIssues(database).decline(to, NOON)
    await Threads(database).park(Destination(-4001), "TOPIC_CLOSED", NOON)
    async with database.writing() as connection:
        await connection.run_sync(back_to_revision, "0016")
        rows = await connection.execute(sa.text("SELECT chat_id, state FROM subscribers ORDER BY chat_id"))
        assert rows.all() == [(-4001, "blocked"), (5, "active")]
        marks = await connection.scalars(sa.text("SELECT name FROM marks ORDER BY name"))
        assert list(marks) == ["declined:-4001", "declined:5"]
        await connection.run_sync(at_revision, "head")
    assert await Subscribers(database).get(Destination(5)) is not None
    await database.close()


async def test_an_earlier_program_sends_at_once_what_waits_for_its_hour(new_url: str) -> None:
    database = Database(new_url)
    database.make_file()
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "0001")
        await connection.run_sync(filled)
        await connection.run_sync(at_revision, "head")
        waits = "UPDATE deliveries SET hours = 'UTC|2000|||', reason = NULL WHERE chat_id = 3"
        await connection.execute(sa.text(waits))
        await connection.run_sync(back_to_revision, "0019")
        await connection.run_sync(at_revision, "head")
    assert (await row(Deliveries(database), 3)).not_before == AT_ONCE
    assert (await row(Deliveries(database), 2)).not_before == NOON
    await database.close()

"""A database of every earlier revision becomes one of today, and loses nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.model import Aim, Cut, DeliveryState, Part, Purpose
from bot.storage import Database, Deliveries, Issues
from bot.storage.database import MIGRATIONS
from tests.postgres import Postgres
from tests.storage.rows import row

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at_revision(connection: sa.Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


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


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_the_ledger_of_the_first_revision_comes_along(
    tmp_path: Path, postgres: Postgres, kind: str
) -> None:
    database = Database(f"sqlite:///{tmp_path}/old.db" if kind == "sqlite" else postgres.new_database())
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


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_failures_that_were_packed_with_their_weight_are_taken_apart(
    tmp_path: Path, postgres: Postgres, kind: str
) -> None:
    """Two heavy failures and three light ones were 43 in the second revision."""
    database = Database(f"sqlite:///{tmp_path}/old.db" if kind == "sqlite" else postgres.new_database())
    async with database.writing() as connection:
        await connection.run_sync(at_revision, "0001")
        await connection.run_sync(filled)
        await connection.run_sync(at_revision, "0002")
        await connection.execute(sa.text("UPDATE deliveries SET attempts = 43 WHERE chat_id = 2"))
    await database.migrate()
    found = await row(Deliveries(database), 2)
    assert (found.attempts, found.weight) == (5, 43)
    await database.close()

"""Whoever stops the bot, or starts it again, reads how much is left."""

from structlog.testing import capture_logs

from bot.errors import StoreError
from bot.model import Cut, Destination, HeldBy, Hold
from bot.runtime.left_over import note_held, note_left
from bot.storage import Database, Storage
from tests.builders import NOON
from tests.storage.rows import add_issue

FIRST, SECOND = "2026-03-02", "2026-03-03"


async def test_what_is_left_is_said_of_each_issue_and_nothing_where_nothing_is(database_url: str) -> None:
    async with Database(database_url) as database:
        storage = Storage.of(database)
        for slug in (FIRST, SECOND):
            await add_issue(storage.issues, slug)
        with capture_logs() as logs:
            await note_left(storage.statistics)
        assert logs == []
        for chat in (1, 2, 3):
            await storage.subscribers.join(Destination(chat), Cut(), NOON)
        await storage.planner.push(SECOND, NOON)
        with capture_logs() as logs:
            await note_left(storage.statistics)
    assert [(one["event"], one["issue"], one["chats"]) for one in logs] == [("deliveries_left", SECOND, 3)]


async def test_that_everything_is_held_is_said_with_what_lets_it_go_on(database_url: str) -> None:
    async with Database(database_url) as database:
        storage = Storage.of(database)
        with capture_logs() as logs:
            await note_held(storage.holds)
            await storage.holds.hold_everything(Hold(by=HeldBy.RESTORED, why="restored", at=NOON))
            await note_held(storage.holds)
    (held,) = logs
    assert (held["event"], held["reason"]) == ("everything_held", "restored")
    assert "jianbao resume goes on" in held["advice"]
    assert "jianbao resume --skip-open leaves out" in held["advice"]


class Away:
    async def left(self) -> dict[str, int]:
        raise StoreError("the disk is full")


async def test_a_database_that_cannot_say_keeps_no_process_from_stopping() -> None:
    with capture_logs() as logs:
        await note_left(Away())
    assert [one["log_level"] for one in logs if one["log_level"] != "debug"] == []

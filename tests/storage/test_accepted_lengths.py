"""An operator lets an issue be as long as the text that he saw, and its hold ends with that."""

import pytest

from bot.model import HeldBy, Hold
from bot.storage import Database, Holds, Issues
from bot.storage.accepted_lengths import AcceptedLengths
from tests.builders import NOON
from tests.storage.rows import add_issue

SLUG = "2026-03-02"


@pytest.fixture
async def checksum(issues: Issues) -> str:
    """That of an issue which waits."""
    await add_issue(issues, SLUG)
    record = await issues.get(SLUG)
    assert record is not None
    return record.checksum


async def held(database: Database, by: HeldBy) -> None:
    assert await Holds(database).hold(SLUG, Hold(by=by, why="", at=NOON))


async def test_what_is_accepted_is_held_no_more_and_a_later_number_takes_its_place(
    database: Database, checksum: str
) -> None:
    lengths = AcceptedLengths(database)
    assert await lengths.of(SLUG) == 0
    for messages in (41, 50):
        await held(database, HeldBy.MESSAGES)
        assert await lengths.accept(SLUG, checksum, messages)
        assert (await lengths.of(SLUG), await Holds(database).get(SLUG)) == (messages, None)


@pytest.mark.parametrize("by", [one for one in HeldBy if one is not HeldBy.MESSAGES])
async def test_what_something_else_holds_stays_held(database: Database, checksum: str, by: HeldBy) -> None:
    await held(database, by)
    assert not await AcceptedLengths(database).accept(SLUG, checksum, 41)
    assert await AcceptedLengths(database).of(SLUG) == 0
    assert await Holds(database).get(SLUG) is not None


@pytest.mark.usefixtures("checksum")
async def test_another_text_is_not_accepted(database: Database) -> None:
    await held(database, HeldBy.MESSAGES)
    assert not await AcceptedLengths(database).accept(SLUG, "another", 41)
    assert await Holds(database).get(SLUG) is not None

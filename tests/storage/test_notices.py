"""A notice is planned once for whom it is for, chunk by chunk, and is no issue."""

import pytest

from bot.model import Cut, Destination, IssueState, Notice, Purpose
from bot.storage import Database, Deliveries, Issues, ListedIssues, Planner, Subscribers
from tests.builders import NOON
from tests.storage.rows import record

SLUG = "notice:2026-03-02"
#: What each chat follows; one topic is the beginning of another.
FOLLOWED = {1: ("ai",), 2: ("ai-chips",), 3: (), 4: ("ai", "compiler"), 5: ("aid", "xai")}


def notice(*topics: str) -> Notice:
    return Notice(texts={"zh": "通知"}, topics=topics)


@pytest.mark.parametrize(
    ("topics", "readers"), [((), [1, 2, 3, 4, 5]), (("ai",), [1, 4]), (("ai", "aid"), [1, 4, 5])]
)
async def test_each_whom_it_is_for_has_one_row(
    database: Database, topics: tuple[str, ...], readers: list[int]
) -> None:
    for chat, followed in FOLLOWED.items():
        await Subscribers(database).join(Destination(chat), Cut(topics=followed), NOON)
    text = notice(*topics)
    named = record(SLUG, title="通知", date=None, checksum=text.checksum)
    planner = Planner(database, chunk=2)
    assert await planner.announce(named, text.as_text, NOON) == len(readers)
    assert await planner.announce(named, text.as_text, NOON) is None
    assert await planner.resume(NOON) == 0
    ledger = Deliveries(database)
    due = await ledger.due(NOON, limit=9, purposes=[Purpose.PUSH])
    assert [one.chat_id for one in due] == readers
    known = await Issues(database).get(SLUG)
    assert known is not None
    assert (known.state, known.corrected) == (IssueState.PUBLISHED, False)
    assert await Issues(database).latest() is None
    assert await ListedIssues(database).count() == 0
    assert await planner.retract(SLUG, NOON) == 0  # as it had come to none of them
    assert not await ledger.due(NOON, limit=9, purposes=[Purpose.PUSH])


def test_what_is_kept_is_the_same_when_it_is_read_again() -> None:
    one = Notice(texts={"zh": "通知", "en": "A “notice”"}, otherwise="en", topics=("ai",))
    assert Notice.parse(one.as_text) == one


def test_who_reads_in_a_language_without_a_text_gets_the_one_that_was_named() -> None:
    one = Notice(texts={"zh": "通知"}, otherwise="zh")
    assert (one.text("en"), one.lacks("en")) == ("通知", False)
    assert (notice().text("en"), notice().lacks("en")) == ("通知", True)

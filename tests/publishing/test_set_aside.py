"""What lies in a folder of past issues goes out no more, unless all issues of the digest lie there."""

from pathlib import Path

import pytest

from bot.model import IssueEventKind, IssueState
from bot.publishing.file_watch import READINGS
from tests.builders import NOON
from tests.publishing.test_files import ITEMS, NEXT_WEEK, TOMORROW, Desk, desk
from tests.publishing.test_publishing import drop

TODAY = "2026-03-02"
__all__ = ["desk"]


def put(desk: Desk, slug: str, folder: str = "归档", text: str = ITEMS) -> Path:
    (desk.folder / folder).mkdir(exist_ok=True)
    drop(desk.folder / folder, slug, text)
    return desk.folder / folder / f"{slug}.md"


@pytest.mark.parametrize("slug", [TODAY, NEXT_WEEK])
async def test_an_issue_that_is_new_there_is_not_sent_and_told(desk: Desk, slug: str) -> None:
    put(desk, slug)
    found = await desk.publishing.read(NOON)
    assert [one.reason for one in found.passed_over] == ["lies in a folder of past issues (归档)"]
    assert slug not in await desk.states()


async def test_one_that_would_be_late_is_taken_in_for_who_asks(desk: Desk) -> None:
    drop(desk.folder, TODAY, ITEMS)
    put(desk, "2026-01-05", "old", "70 an older story")
    await desk.read()
    assert await desk.publish() == [TODAY]
    assert "2026-01-05" in await desk.states()


async def test_one_that_waits_and_is_moved_there_is_called_off_and_comes_back_as_it_does(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    there = put(desk, TOMORROW)
    (desk.folder / f"{TOMORROW}.md").unlink()
    await desk.read(READINGS + 1)
    assert (await desk.states())[TOMORROW] is IssueState.CALLED_OFF
    assert desk.told[-1].kind is IssueEventKind.CALLED_OFF
    there.rename(desk.folder / f"{TOMORROW}.md")
    await desk.read(2)
    assert (await desk.states())[TOMORROW] is IssueState.WAITING


async def test_one_that_is_out_and_is_moved_there_stays_out(desk: Desk) -> None:
    drop(desk.folder, TODAY, ITEMS)
    await desk.read()
    assert await desk.publish() == [TODAY]
    put(desk, TODAY)
    (desk.folder / f"{TODAY}.md").unlink()
    await desk.read(READINGS + 1)
    assert (await desk.states())[TODAY] is IssueState.PUBLISHED
    assert desk.told == []


async def test_where_all_issues_lie_in_such_a_folder_they_are_sent(desk: Desk) -> None:
    (desk.folder / "2026-02-16.md").rename(put(desk, "2026-02-16", "archive"))
    put(desk, TODAY, "archive")
    await desk.read(READINGS + 1)
    assert await desk.publish() == [TODAY]

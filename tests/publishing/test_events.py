"""What happens to an issue and the news of it are one: a full disk loses neither, and doubles neither."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.model import IssueEventKind, IssueState
from bot.publishing.file_watch import READINGS
from bot.storage import Database
from tests.publishing.test_files import ITEMS, TOMORROW, Desk, desk
from tests.publishing.test_publishing import drop

__all__ = ["desk"]
KIND = IssueEventKind
OUT = "2026-03-02"


def draft(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, f"draft\n{ITEMS}")


def whole(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)


def gone(desk: Desk) -> None:
    (desk.folder / f"{TOMORROW}.md").unlink()


def gone_of_what_is_out(desk: Desk) -> None:
    (desk.folder / f"{OUT}.md").unlink()


def renamed(desk: Desk) -> None:
    (desk.folder / f"{TOMORROW}.md").rename(desk.folder / "2026-03-09.md")


def renamed_of_what_is_out(desk: Desk) -> None:
    (desk.folder / f"{OUT}.md").rename(desk.folder / "2026-03-09.md")


Act = Callable[[Desk], None]


@pytest.mark.parametrize(
    ("before", "act", "kind"),
    [
        ((), draft, KIND.DRAFT_WAITS),
        ((draft,), whole, KIND.DRAFT_READY),
        ((whole,), draft, KIND.CALLED_OFF),
        ((whole,), gone, KIND.CALLED_OFF),
        ((whole, gone), whole, KIND.CAME_BACK),
        ((), gone_of_what_is_out, KIND.FILE_GONE),
        ((whole,), renamed, KIND.RENAMED),
        ((), renamed_of_what_is_out, KIND.RENAMED),
    ],
)
@pytest.mark.parametrize("restarts", [False, True])
async def test_news_that_the_database_did_not_take_are_told_once_when_it_takes_them(
    desk: Desk, before: tuple[Act, ...], act: Act, kind: IssueEventKind, *, restarts: bool
) -> None:
    drop(desk.folder, OUT, "7 another\n8 story\n")
    await desk.read()
    await desk.publish()
    for earlier in before:
        earlier(desk)
        await desk.read(READINGS + 2)
    desk.told.clear()
    act(desk)
    desk.is_full = True
    with pytest.raises(StoreError):
        await desk.read(READINGS + 2)
    desk.is_full = False
    if restarts:
        desk.restart()
    await desk.read(2 * READINGS)
    assert [told for told, _ in desk.kinds() if told is not KIND.CHANGED] == [kind]


async def test_a_file_that_went_just_before_a_restart_is_told_once_after_it(desk: Desk) -> None:
    drop(desk.folder, OUT, ITEMS)
    await desk.read()
    await desk.publish()
    gone_of_what_is_out(desk)
    await desk.read()
    for _ in range(3):
        desk.restart()
        await desk.read(READINGS + 1)
    assert desk.kinds() == [(KIND.FILE_GONE, OUT)]


async def test_an_issue_too_late_to_be_sent_is_archived_with_its_news_or_not_at_all(
    tmp_path: Path, database: Database
) -> None:
    desk = Desk(tmp_path, database)
    await desk.read()
    for slug in ("2026-02-16", OUT):
        drop(tmp_path, slug, f"{slug.replace('-', '')} {slug}")
    await desk.read()
    desk.is_full = True
    with pytest.raises(StoreError):
        await desk.publish()
    assert (await desk.states())["2026-02-16"] is IssueState.WAITING
    desk.is_full = False
    await desk.publish()
    assert (await desk.states())["2026-02-16"] is IssueState.ARCHIVED
    assert [one.values["slug"] for one in await desk.news.waiting()] == ["2026-02-16"]

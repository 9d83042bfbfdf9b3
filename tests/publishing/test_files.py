"""Drafts, files that go away or come back, and files that get another name."""

import os
import re
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.errors import BadInput, StoreError
from bot.model import (
    HELD,
    FilePattern,
    HeldBy,
    Hold,
    Issue,
    IssueEvent,
    IssueEventKind,
    IssueState,
    News,
    Release,
)
from bot.model.issue_event import ARCHIVED
from bot.publishing.file_watch import READINGS, SECONDS
from bot.runtime.expiry_news import issue_expired
from bot.runtime.issue_news import post_event
from bot.sources import FolderSource
from bot.storage import Database, Holds, Issues
from bot.storage.news import NewsStore
from tests import builders
from tests.builders import NOON
from tests.publishing.parts import Publishing
from tests.publishing.test_publishing import drop, states

DAY = timedelta(days=1)
TOMORROW, NEXT_WEEK = "2026-03-03", "2026-03-09"
KIND = IssueEventKind
Logs = list[MutableMapping[str, Any]]


_ITEM = r"^(\S+/)?(\d+) ([^:\n]+)(?:: (.+))?$"


def parse(slug: str, text: str) -> Issue:
    """A line ``a/1 title: words`` is an item, its address, its title and what it says."""
    day = next((date.fromisoformat(one) for one in re.findall(r"\d{4}-\d\d-\d\d", f"{text} {slug}")), None)
    items = [
        builders.item(
            id=number, title=title, url=f"https://example.com/{path}{number}", summary=builders.text(words)
        )
        for path, number, title, words in re.findall(_ITEM, text, re.MULTILINE)
    ]
    lead = () if items or not text.strip() else builders.text(text)
    return builders.issue(
        builders.section("news", *items), slug=slug, title=f"简报 {day}", date=day, lead=lead
    )


def release(text: str) -> Release:
    at = re.search(r"at (\S+)", text)
    return Release(
        draft="draft: true" if "draft" in text else None,
        at=datetime.fromisoformat(at[1]) if at else None,
    )


class Desk:
    """A folder, what reads it, and what editors were told."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.issues = Issues(database)
        self.holds = Holds(database)
        self.told: list[IssueEvent] = []
        self.now = NOON
        self.news = NewsStore(database)
        self.is_full = False
        self._database = database
        self.restart()

    def restart(self) -> None:
        source = FolderSource(path=self.folder, pattern=FilePattern.of(r"[\d-]+\.md"))
        self.publishing = Publishing(
            source,
            self._database,
            parse,
            release=lambda _, text, __: release(text),
            listener=self._hear,
            on_expired=self._expired,
        )

    async def read(self, times: int = 1) -> None:
        """So many readings, ten seconds apart."""
        for _ in range(times):
            await self.publishing.read(self.now)
            self.now += SECONDS

    async def publish(self, at: datetime | None = None) -> list[str]:
        return [one.slug for one in await self.publishing.publish_due(at or self.now)]

    async def states(self) -> dict[str, IssueState]:
        return await states(self.issues)

    def kinds(self) -> list[tuple[IssueEventKind, str]]:
        return [(one.kind, one.slug) for one in self.told]

    async def _expired(self, slug: str, now: datetime) -> None:
        self._check_space()
        await self.news.post(issue_expired(slug, now))

    def _check_space(self) -> None:
        if self.is_full:
            raise StoreError("database: database or disk is full")

    async def _hear(self, one: IssueEvent) -> bool:
        self._check_space()
        is_news = await post_event(self.news, self.holds, one)
        if is_news:
            self.told.append(one)
        return is_news


@pytest.fixture
async def desk(tmp_path: Path, database: Database) -> Desk:
    """A digest whose first start is over; an old issue lies in the folder."""
    folder = tmp_path / "issues"
    folder.mkdir()
    drop(folder, "2026-02-16", "90 an old story")
    desk = Desk(folder, database)
    await desk.read()
    return desk


@pytest.fixture
def logs() -> Iterator[Logs]:
    with capture_logs() as captured:
        yield captured


ITEMS = "1 甲\n2 乙\n3 丙\n"


async def test_a_draft_is_not_sent_and_the_log_says_why(desk: Desk, logs: Logs) -> None:
    drop(desk.folder, "2026-03-02", f"draft\n{ITEMS}")
    await desk.read()
    assert await desk.publish(NOON + DAY) == []
    assert (await desk.states())["2026-03-02"] is IssueState.DRAFT
    (told,) = (one for one in logs if one["event"] == "draft_waits")
    assert (told["issue"], told["file"], told["reason"]) == ("2026-03-02", "2026-03-02.md", "draft: true")
    assert desk.kinds() == [(KIND.DRAFT_WAITS, "2026-03-02")]


async def test_a_draft_on_the_first_start_is_no_archive(tmp_path: Path, database: Database) -> None:
    drop(tmp_path, "2026-02-16", "draft\n1 甲")
    desk = Desk(tmp_path, database)
    await desk.read()
    assert await desk.states() == {"2026-02-16": IssueState.DRAFT}


async def test_a_draft_that_is_one_no_more_comes_out_as_any_issue_that_becomes_due(desk: Desk) -> None:
    drop(desk.folder, "2026-03-02", f"draft\n{ITEMS}")
    await desk.read()
    drop(desk.folder, "2026-03-02", ITEMS)
    await desk.read()
    assert await desk.publish() == ["2026-03-02"]
    assert desk.kinds()[-1] == (KIND.DRAFT_READY, "2026-03-02")


async def test_an_issue_that_becomes_a_draft_before_its_day_is_called_off(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    drop(desk.folder, TOMORROW, f"draft\n{ITEMS}")
    await desk.read()
    assert await desk.publish(NOON + 2 * DAY) == []
    assert desk.told[-1].kind is KIND.CALLED_OFF
    assert desk.told[-1].why == "its file says draft: true"


async def test_an_issue_that_becomes_a_draft_after_it_was_out_is_told_and_stays_as_it_was(
    desk: Desk, logs: Logs
) -> None:
    drop(desk.folder, "2026-03-02", ITEMS)
    await desk.read()
    await desk.publish()
    drop(desk.folder, "2026-03-02", "draft\n9 half a sentence")
    await desk.read(3)
    assert (await desk.states())["2026-03-02"] is IssueState.PUBLISHED
    assert await desk.issues.text("2026-03-02") == ITEMS
    reasons = [str(one["reason"]) for one in logs if one["event"] == "file_skipped"]
    assert len(reasons) == 1
    assert reasons[0].endswith("jianbao retract 2026-03-02 takes it back")
    drop(desk.folder, "2026-03-02", ITEMS + "4 丁")
    await desk.read()
    assert await desk.issues.text("2026-03-02") == ITEMS + "4 丁"


async def test_what_an_operator_holds_stays_a_draft_when_it_is_let_go(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    await desk.publishing.hold(TOMORROW, "", NOON)
    drop(desk.folder, TOMORROW, f"draft\n{ITEMS}")
    await desk.read()
    await desk.publishing.resume(TOMORROW)
    assert await desk.publish(NOON + 2 * DAY) == []


async def test_a_draft_can_be_held_and_is_held_once_it_is_ready(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, f"draft\n{ITEMS}")
    await desk.read()
    await desk.publishing.hold(TOMORROW, "", NOON)
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    assert await desk.publish(NOON + 2 * DAY) == []
    await desk.publishing.resume(TOMORROW)
    assert await desk.publish(NOON + 2 * DAY) == [TOMORROW]


async def test_an_issue_comes_out_at_the_moment_that_its_file_names(desk: Desk) -> None:
    drop(desk.folder, "2026-03-02", f"at 2026-03-05T10:00:00+00:00\n{ITEMS}")
    await desk.read()
    at = datetime(2026, 3, 5, 10, tzinfo=UTC)
    assert await desk.publish(at - timedelta(seconds=1)) == []
    assert await desk.publish(at) == ["2026-03-02"]


async def test_an_old_issue_that_names_its_moment_is_not_late_at_it(desk: Desk) -> None:
    drop(desk.folder, "2026-01-05", f"at 2026-03-05T10:00:00+00:00\n{ITEMS}")
    drop(desk.folder, "2026-03-02", "7 a newer one")
    await desk.read()
    assert await desk.publish(datetime(2026, 3, 5, 10, tzinfo=UTC)) == ["2026-03-02", "2026-01-05"]


async def test_an_issue_whose_file_went_away_does_not_come_out_and_is_called_off(
    desk: Desk, logs: Logs
) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    (desk.folder / f"{TOMORROW}.md").unlink()
    await desk.read()
    assert await desk.publish(NOON + 2 * DAY) == []
    assert (await desk.states())[TOMORROW] is IssueState.WAITING
    await desk.read(READINGS)
    assert (await desk.states())[TOMORROW] is IssueState.CALLED_OFF
    assert await desk.publish(NOON + 2 * DAY) == []
    (told,) = (one for one in logs if one["event"] == "issue_called_off")
    assert (told["issue"], told["file"], told["reason"]) == (TOMORROW, f"{TOMORROW}.md", "its file is gone")
    assert desk.kinds() == [(KIND.CALLED_OFF, TOMORROW)]


async def test_that_a_held_issue_is_called_off_says_what_will_hold_it_and_ends_its_hold(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    await desk.holds.hold(TOMORROW, Hold(by=HeldBy.OPERATOR, why="a typo", at=NOON))
    await desk.news.began(News(key=f"{HELD}{TOMORROW}", what="held", at=NOON, values={"slug": TOMORROW}))
    (desk.folder / f"{TOMORROW}.md").unlink()
    await desk.read(READINGS + 1)
    (told,) = await desk.news.waiting()
    assert (told.values["kind"], told.values["held"]) == ("called_off", "a typo")
    assert await desk.news.lasting() == ()
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read(2)
    assert (await desk.holds.all())[TOMORROW].why == "a typo"


async def test_a_file_that_comes_back_brings_its_issue_back(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    (desk.folder / f"{TOMORROW}.md").unlink()
    await desk.read(READINGS + 1)
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read(2)
    assert desk.kinds()[-1] == (KIND.CAME_BACK, TOMORROW)
    assert await desk.publish(NOON + 2 * DAY) == [TOMORROW]


def empty(desk: Desk, slug: str, text: str) -> None:
    (desk.folder / f"{slug}.md").write_text(text, encoding="utf-8")
    os.utime(desk.folder / f"{slug}.md", (0, 0))


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere.md")


def as_no_text(path: Path) -> None:
    path.write_bytes(f"{ITEMS}4 丁\n".encode("utf-16-le"))
    os.utime(path, (0, 0))


def as_before(path: Path) -> None:
    """An issue's file, whatever became of it."""
    path.rmdir() if path.is_dir() else path.unlink()
    drop(path.parent, path.stem, ITEMS)


SPOILED = [as_folder, as_dangling_link, as_no_text]


@pytest.mark.parametrize("spoil", SPOILED)
async def test_an_issue_does_not_come_out_while_its_file_cannot_be_read(
    desk: Desk, spoil: Callable[[Path], None]
) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read(2)
    spoil(desk.folder / f"{TOMORROW}.md")
    await desk.read()
    assert await desk.publish(NOON + 2 * DAY) == []
    desk.restart()
    await desk.read(READINGS + 1)
    assert await desk.publish(NOON + 2 * DAY) == []
    assert (desk.told, desk.publishing.intake.watch.stuck) == ([], ())
    as_before(desk.folder / f"{TOMORROW}.md")
    await desk.read()
    assert await desk.publish(NOON + 2 * DAY) == [TOMORROW]


async def test_a_file_that_could_not_be_read_and_is_gone_then_calls_its_issue_off(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    as_no_text(desk.folder / f"{TOMORROW}.md")
    await desk.read(2)
    (desk.folder / f"{TOMORROW}.md").unlink()
    await desk.read(READINGS + 1)
    assert desk.kinds() == [(KIND.CALLED_OFF, TOMORROW)]


async def test_a_file_that_cannot_be_read_for_a_moment_costs_nothing(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    for spoil in SPOILED:
        spoil(desk.folder / f"{TOMORROW}.md")
        await desk.read(READINGS - 1)
        assert await desk.publish(NOON + 2 * DAY) == []
        as_before(desk.folder / f"{TOMORROW}.md")
        await desk.read()
    assert desk.told == []
    assert await desk.publish(NOON + 2 * DAY) == [TOMORROW]


async def test_a_file_that_was_being_written_and_cannot_be_read_then_keeps_its_issue_back(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read(2)
    path = desk.folder / f"{TOMORROW}.md"
    as_no_text(path)
    os.utime(path, (desk.now.timestamp(), desk.now.timestamp()))
    await desk.read()
    assert (await desk.issues.all())[0].file_away is None
    await desk.read()
    assert await desk.publish(NOON + 2 * DAY) == []


@pytest.mark.parametrize("spoil", SPOILED)
async def test_an_issue_that_is_out_stays_as_it_is_when_its_file_cannot_be_read(
    desk: Desk, spoil: Callable[[Path], None]
) -> None:
    drop(desk.folder, "2026-03-02", ITEMS)
    await desk.read()
    await desk.publish()
    before = await desk.issues.get("2026-03-02"), await desk.issues.text("2026-03-02")
    spoil(desk.folder / "2026-03-02.md")
    await desk.read(READINGS + 3)
    assert (await desk.issues.get("2026-03-02"), await desk.issues.text("2026-03-02")) == before
    assert desk.told == []


@pytest.mark.parametrize("text", ["", "\n \n"])
async def test_a_file_that_is_emptied_calls_its_issue_off_until_it_has_text_again(
    desk: Desk, logs: Logs, text: str
) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    empty(desk, TOMORROW, text)
    await desk.read()
    assert await desk.publish(NOON + 2 * DAY) == []
    desk.restart()
    await desk.read(READINGS)
    assert (await desk.states())[TOMORROW] is IssueState.CALLED_OFF
    (told,) = (one for one in logs if one["event"] == "issue_called_off")
    assert (told["issue"], told["reason"]) == (TOMORROW, "its file has no content any more")
    await desk.read(READINGS)
    assert await desk.publish(NOON + 2 * DAY) == []
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read(2)
    assert desk.kinds() == [(KIND.CALLED_OFF, TOMORROW), (KIND.CAME_BACK, TOMORROW)]
    assert await desk.publish(NOON + 2 * DAY) == [TOMORROW]


@pytest.mark.parametrize("back", [ITEMS, f"{ITEMS}4 丁\n"])
async def test_a_save_that_is_cut_off_for_a_moment_costs_nothing(desk: Desk, back: str) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    await desk.publishing.hold(TOMORROW, "", NOON)
    for _ in range(3):
        empty(desk, TOMORROW, "")
        await desk.read(READINGS - 1)
        assert await desk.publish(NOON + 2 * DAY) == []
        drop(desk.folder, TOMORROW, back)
        await desk.read()
    assert [kind for kind, _ in desk.kinds()] in ([], [KIND.CHANGED])
    await desk.publishing.resume(TOMORROW)
    assert await desk.publish(NOON + 2 * DAY) == [TOMORROW]


@pytest.mark.parametrize("out", ["2026-03-02", "2026-02-16"])
async def test_an_issue_that_is_out_stays_as_it_is_when_its_file_is_emptied(desk: Desk, out: str) -> None:
    drop(desk.folder, "2026-03-02", ITEMS)
    await desk.read()
    await desk.publish()
    before = await desk.issues.get(out), await desk.issues.text(out)
    empty(desk, out, "")
    await desk.read(READINGS + 3)
    assert (await desk.issues.get(out), await desk.issues.text(out)) == before
    assert desk.told == []


@pytest.mark.parametrize("slug", ["2026-03-02", TOMORROW])
async def test_other_line_ends_are_no_change_of_an_issue(desk: Desk, logs: Logs, slug: str) -> None:
    drop(desk.folder, slug, ITEMS)
    await desk.read()
    await desk.publish()
    before = await desk.issues.get(slug)
    for end in ("\r\n", "\r", "\n"):
        (desk.folder / f"{slug}.md").write_bytes(b"\xef\xbb\xbf" + ITEMS.replace("\n", end).encode())
        os.utime(desk.folder / f"{slug}.md", (0, 0))
        desk.restart()
        await desk.read(2)
    assert await desk.issues.get(slug) == before
    assert not [one for one in logs if one["event"] in ("correction_pending", "issue_updated")]


@pytest.mark.parametrize("slug", ["2026-03-02", TOMORROW])
async def test_blanks_that_no_reader_sees_are_no_change_of_an_issue(
    desk: Desk, logs: Logs, slug: str
) -> None:
    drop(desk.folder, slug, ITEMS)
    await desk.read()
    await desk.publish()
    before = await desk.issues.get(slug)
    for text in (
        f"{ITEMS}\n\n",
        ITEMS.rstrip(),
        ITEMS.replace("\n", " \n"),
        ITEMS.replace("\n", "\t\n") + "  \n",
    ):
        drop(desk.folder, slug, text)
        desk.restart()
        await desk.read(2)
    assert await desk.issues.get(slug) == before
    assert not [one for one in logs if one["event"] in ("correction_pending", "issue_updated")]


@pytest.mark.parametrize("known_by", [lambda data: data, lambda data: data.replace(b"\r\n", b"\n")])
async def test_an_issue_that_an_earlier_version_knew_by_its_bytes_is_not_taken_in_again(
    desk: Desk, logs: Logs, known_by: Callable[[bytes], bytes]
) -> None:
    data = ITEMS.replace("\n", "\r\n").encode() + b"\r\n"
    (desk.folder / "2026-01-12.md").write_bytes(data)
    os.utime(desk.folder / "2026-01-12.md", (0, 0))
    known = replace(
        await _old(desk), slug="2026-01-12", file="2026-01-12.md", checksum=sha256(known_by(data)).hexdigest()
    )
    await desk.issues.add(known, ITEMS)
    await desk.read(2)
    assert not [one for one in logs if one["event"] in ("issue_added", "issue_updated")]


async def test_a_file_that_is_away_for_a_moment_costs_nothing(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    for _ in range(3):
        (desk.folder / f"{TOMORROW}.md").unlink()
        await desk.read(READINGS - 1)
        drop(desk.folder, TOMORROW, ITEMS)
        await desk.read(2)
    assert desk.told == []
    assert await desk.publish(NOON + 2 * DAY) == [TOMORROW]


async def test_readings_in_quick_succession_call_nothing_off(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    (desk.folder / f"{TOMORROW}.md").unlink()
    for _ in range(9):
        await desk.publishing.read(desk.now)
    assert desk.told == []


async def test_a_folder_that_is_empty_calls_nothing_off_and_sends_nothing_that_it_lost(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    away = desk.folder.rename(desk.folder.with_name("not mounted"))
    desk.folder.mkdir()
    await desk.read(9)
    assert desk.told == []
    assert await desk.publish(NOON + 2 * DAY) == []
    desk.folder.rmdir()
    away.rename(desk.folder)
    await desk.read(2)
    assert await desk.publish(NOON + 2 * DAY) == [TOMORROW]
    assert desk.told == []


async def test_a_folder_that_is_not_there_calls_nothing_off(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    away = desk.folder.rename(desk.folder.with_name("away"))
    for _ in range(9):
        with pytest.raises(BadInput):
            await desk.read()
    away.rename(desk.folder)
    await desk.read()
    assert await desk.publish(NOON + 2 * DAY) == [TOMORROW]


async def test_a_sub_folder_that_is_empty_calls_nothing_off_and_one_that_is_gone_does(desk: Desk) -> None:
    (desk.folder / "2026").mkdir()
    drop(desk.folder / "2026", TOMORROW, ITEMS)
    await desk.read()
    (desk.folder / "2026" / f"{TOMORROW}.md").unlink()
    await desk.read(9)
    assert desk.told == []
    (desk.folder / "2026").rmdir()
    await desk.read(1)
    assert desk.kinds() == [(KIND.CALLED_OFF, TOMORROW)]


async def test_an_issue_that_lay_in_a_folder_of_drafts_meanwhile_is_called_off(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    (desk.folder / "drafts").mkdir()
    (desk.folder / f"{TOMORROW}.md").rename(desk.folder / "drafts" / f"{TOMORROW}.md")
    await desk.read(READINGS + 1)
    assert desk.kinds() == [(KIND.CALLED_OFF, TOMORROW)]


async def test_a_file_that_cannot_be_read_is_not_gone(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    (desk.folder / f"{TOMORROW}.md").write_bytes(b"\xff\xff\x00\x01" * 400)
    await desk.read(9)
    assert desk.told == []


async def test_a_file_that_goes_away_after_the_issue_was_out_is_told_once_and_changes_nothing(
    desk: Desk, logs: Logs
) -> None:
    drop(desk.folder, "2026-03-02", ITEMS)
    await desk.read()
    await desk.publish()
    (desk.folder / "2026-03-02.md").unlink()
    await desk.read(READINGS + 3)
    desk.restart()
    await desk.read(READINGS + 3)
    assert [one["event"] for one in logs if "gone" in str(one["event"])] == ["file_gone"]
    record = await desk.issues.get("2026-03-02")
    assert record is not None
    assert (record.state, record.file_away) == (IssueState.PUBLISHED, NOON + 2 * SECONDS)
    assert desk.kinds() == [(KIND.FILE_GONE, "2026-03-02")]


async def test_that_the_file_of_an_archived_issue_went_away_is_told_as_that(desk: Desk) -> None:
    for slug in ("2026-02-16", "2026-02-23"):
        drop(desk.folder, slug, f"{slug}\n{ITEMS}")
    await desk.read()
    (desk.folder / "2026-02-16.md").unlink()
    await desk.read(READINGS + 3)
    assert [(one.kind, one.slug, one.why) for one in desk.told] == [(KIND.FILE_GONE, "2026-02-16", ARCHIVED)]


async def test_an_issue_that_went_away_while_the_bot_was_down_does_not_come_out(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    (desk.folder / f"{TOMORROW}.md").unlink()
    desk.restart()
    await desk.read()
    assert await desk.publish(NOON + 2 * DAY) == []


@pytest.mark.parametrize("text", [ITEMS, ITEMS.replace("乙", "乙（改）"), ITEMS.replace("3 丙", "4 丁")])
async def test_an_issue_that_is_out_and_gets_another_name_rings_nobody_twice(
    desk: Desk, logs: Logs, text: str
) -> None:
    drop(desk.folder, "2026-03-01", ITEMS)
    await desk.read()
    await desk.publish()
    (desk.folder / "2026-03-01.md").unlink()
    text = f"of 2026-03-02\n{text}"
    drop(desk.folder, "2026-03-02", text)
    await desk.read(5)
    assert await desk.publish(NOON + DAY) == []
    assert set(await desk.states()) == {"2026-02-16", "2026-03-01"}
    record = await desk.issues.get("2026-03-01")
    assert record is not None
    assert (record.date, record.file) == (date(2026, 3, 2), "2026-03-02.md")
    assert desk.kinds() == [(KIND.RENAMED, "2026-03-01")]
    renamed = [one for one in logs if one["event"] == "file_renamed"]
    assert [(one["file"], one["before"]) for one in renamed] == [("2026-03-02.md", "2026-03-01.md")]
    with pytest.raises(BadInput, match="2026-03-02: its file is that of issue 2026-03-01"):
        await desk.publishing.publish("2026-03-02", NOON)
    drop(desk.folder, "2026-03-02", f"{text}5 戊")
    await desk.read()
    assert await desk.issues.text("2026-03-01") == f"{text}5 戊"


async def test_a_new_issue_under_the_old_name_of_another_is_an_issue_of_its_own(desk: Desk) -> None:
    drop(desk.folder, "2026-03-01", ITEMS)
    await desk.read()
    await desk.publish()
    (desk.folder / "2026-03-01.md").rename(desk.folder / "2026-03-02.md")
    await desk.read()
    drop(desk.folder, "2026-03-01", "7 something else\n8 and more")
    await desk.read(3)
    assert await desk.publish() == ["2026-03-01-2"]
    drop(desk.folder, "2026-03-01", "7 something else\n8 and more\n9 and yet more")
    await desk.read(3)
    assert await desk.publish() == []
    assert await desk.issues.text("2026-03-01") == ITEMS


async def test_an_issue_that_waits_and_gets_another_name_moves_with_it(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    (desk.folder / f"{TOMORROW}.md").unlink()
    drop(desk.folder, NEXT_WEEK, ITEMS)
    await desk.read(4)
    assert set(await desk.states()) == {"2026-02-16", NEXT_WEEK}
    assert await desk.publish(NOON + 2 * DAY) == []
    assert await desk.publish(NOON + 8 * DAY) == [NEXT_WEEK]
    assert desk.kinds() == [(KIND.RENAMED, NEXT_WEEK), (KIND.CHANGED, NEXT_WEEK)]


async def test_what_an_operator_held_stays_held_under_another_name(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    await desk.publishing.hold(TOMORROW, "", NOON)
    (desk.folder / f"{TOMORROW}.md").rename(desk.folder / "2026-03-04.md")
    await desk.read()
    assert set(await desk.holds.all()) == {"2026-03-04"}
    assert await desk.publish(NOON + 3 * DAY) == []


async def test_an_issue_that_was_called_off_and_comes_back_under_another_name_is_the_same(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    (desk.folder / f"{TOMORROW}.md").unlink()
    await desk.read(READINGS + 1)
    drop(desk.folder, NEXT_WEEK, ITEMS)
    await desk.read()
    assert await desk.publish(NOON + 8 * DAY) == [NEXT_WEEK]
    assert TOMORROW not in await desk.states()


async def test_an_issue_that_was_taken_back_is_not_rung_under_another_name(desk: Desk) -> None:
    drop(desk.folder, "2026-03-01", ITEMS)
    await desk.read()
    await desk.publish()
    await desk.publishing.retract("2026-03-01", NOON)
    (desk.folder / "2026-03-01.md").rename(desk.folder / "2026-03-02.md")
    await desk.read(3)
    assert await desk.publish() == []
    assert (await desk.states())["2026-03-01"] is IssueState.RETRACTED


async def test_that_an_issue_was_taken_back_before_it_was_out_is_told_and_no_end_of_its_hold(
    desk: Desk,
) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    await desk.publishing.hold(TOMORROW, "wrong", NOON)
    held = News(key=f"{HELD}{TOMORROW}", what="held", at=NOON, values={})
    await desk.news.began(held)
    await desk.publishing.retract(TOMORROW, NOON)
    assert desk.kinds()[-1:] == [(IssueEventKind.TAKEN_BACK, TOMORROW)]
    assert await desk.news.lasting() == ()


async def test_that_an_issue_is_taken_back_that_is_out_is_told_as_it_goes(desk: Desk) -> None:
    drop(desk.folder, "2026-03-01", ITEMS)
    await desk.read()
    await desk.publish()
    await desk.publishing.retract("2026-03-01", NOON)
    assert IssueEventKind.TAKEN_BACK not in [kind for kind, _ in desk.kinds()]


DATED = "".join(f"{{date}}/{at} {title}: 于 {{day}} 说\n" for at, title in enumerate("甲乙丙"))


def dated(date: str, day: str) -> str:
    return DATED.replace("{date}", date).replace("{day}", day)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("2026-03-01", "3月1日"), ("2026-03-01", "3月2日")),
        (("2026-03-01", "2026-03-01"), ("2026-03-02", "2026-03-02")),
        (("20260301", "3月1日"), ("20260302", "3月2日")),
        (("2026/03/01", "2026.3.1"), ("2026/03/02", "2026.3.2")),
        (("p/2026_03_01", "2026年3月1日"), ("p/2026_03_02", "2026年3月2日")),
        (("2026/mar/01", "March 1, 2026"), ("2026/mar/02", "March 2, 2026")),
        (("0301", "1 Mar"), ("0302", "2 Mar")),
    ],
)
async def test_an_issue_whose_date_was_replaced_everywhere_rings_nobody_twice(
    desk: Desk, before: tuple[str, str], after: tuple[str, str]
) -> None:
    drop(desk.folder, "2026-03-01", f"of 2026-03-01\n{dated(*before)}")
    await desk.read()
    await desk.publish()
    (desk.folder / "2026-03-01.md").unlink()
    drop(desk.folder, "2026-03-02", f"of 2026-03-02\n{dated(*after)}")
    await desk.read(3)
    assert await desk.publish(NOON + DAY) == []
    assert desk.kinds() == [(KIND.RENAMED, "2026-03-01")]


async def test_an_issue_with_the_words_of_the_one_before_and_pages_of_its_own_comes_out(desk: Desk) -> None:
    drop(desk.folder, "2026-03-01", f"of 2026-03-01\n{dated('2026-03-01', '3月1日')}")
    await desk.read()
    await desk.publish()
    drop(desk.folder, "2026-03-02", f"of 2026-03-02\n{dated('2026-03-02', '3月2日')}")
    await desk.read(3)
    assert await desk.publish(NOON + DAY) != []


@pytest.mark.parametrize(
    "text",
    [
        "weekly/124/0 新一\nweekly/124/1 新二\nweekly/124/2 新三",
        "2026-03-02/0 头条: 今天的一句\n2026-03-02/1 天气: 雨\n2026-03-02/2 推荐: 另一个",
        "2026-03-02/0 头条: 昨天的一句\n2026-03-02/1 新的: 又一件\n2026-03-02/2 更新的: 还一件",
        "2026-03-02/0 头条: 今天的一句\n2026-03-02/1 天气: 雨\n2026-03-02/2 推荐: 一个",
        "2026-03-03/0 头条: 昨天的一句\n2026-03-03/1 天气: 晴\n2026-03-03/2 推荐: 一个",
    ],
)
async def test_the_next_issue_of_a_digest_with_a_page_for_each_day_is_new(desk: Desk, text: str) -> None:
    drop(
        desk.folder,
        "2026-03-01",
        "of 2026-03-01\n2026-03-01/0 头条: 昨天的一句\n2026-03-01/1 天气: 晴\n2026-03-01/2 推荐: 一个",
    )
    await desk.read()
    await desk.publish()
    (desk.folder / "2026-03-01.md").unlink()
    drop(desk.folder, "2026-03-02", f"of 2026-03-02\n{text}")
    await desk.read()
    assert await desk.publish() == ["2026-03-02"]


@pytest.mark.parametrize(
    "text", ["7 another\n8 issue", "11 甲\n12 乙\n13 丙", "1 甲\n8 new\n9 newer\n10 newest", "draft"]
)
async def test_another_issue_is_no_other_name_of_one_that_went_away(desk: Desk, text: str) -> None:
    drop(desk.folder, "2026-03-01", ITEMS)
    await desk.read()
    await desk.publish()
    (desk.folder / "2026-03-01.md").unlink()
    drop(desk.folder, "2026-03-02", text)
    await desk.read()
    assert KIND.RENAMED not in dict(desk.kinds())
    assert set(await desk.states()) >= {"2026-03-01"}
    assert await desk.publish() == (["2026-03-02"] if text != "draft" else [])


def numbered(*numbers: int, mended: int = 0) -> str:
    """Items of these numbers; so many have a summary that was mended."""
    return "".join(f"{n} 题{n}: {'改' if at < mended else ''}一句\n" for at, n in enumerate(numbers))


async def put_out(desk: Desk, text: str = "", slug: str = "2026-03-01") -> None:
    drop(desk.folder, slug, text or numbered(*range(12)))
    await desk.read()
    assert await desk.publish() == [slug]


async def test_an_issue_made_from_another_is_new_once_half_of_it_is_its_own(desk: Desk) -> None:
    await put_out(desk)
    drop(desk.folder, "2026-03-02", numbered(*range(6), *range(20, 26)))
    await desk.read()
    assert await desk.publish() == ["2026-03-02"]


@pytest.mark.parametrize(
    "text",
    [
        numbered(*range(12)) + "one line more",
        numbered(*range(12), mended=1),
        numbered(*range(12), mended=12),
        numbered(*range(12)).replace("题", "新题"),
        numbered(*range(13)),
        numbered(*range(7)),
        numbered(*range(7), *range(20, 26)),
        numbered(*reversed(range(12)), mended=3),
    ],
)
@pytest.mark.parametrize("slug", ["2026-03-02", "2026-03-01-2", "20260301", NEXT_WEEK])
async def test_an_issue_most_of_whose_items_stand_in_one_that_is_out_is_held(
    desk: Desk, text: str, slug: str
) -> None:
    await put_out(desk)
    drop(desk.folder, slug, text)
    await desk.read()
    assert await desk.publish(NOON + timedelta(days=9)) == []
    held = (await desk.holds.all())[slug]
    assert re.fullmatch(r"most of its items \(\d+ of \d+\) stand in issue 2026-03-01 too", held.why)
    assert (held.by, held.release(slug)) == (HeldBy.COPY, f"jianbao publish {slug}")


async def test_a_copy_of_what_is_in_the_archive_is_held(desk: Desk) -> None:
    drop(desk.folder, "2026-03-02", "90 an old story mended")
    await desk.read()
    assert (await desk.publish(), list(await desk.holds.all())) == ([], ["2026-03-02"])


async def test_a_copy_of_what_waits_is_held_and_the_first_goes_out(desk: Desk) -> None:
    for slug, mended in ((NEXT_WEEK, 0), (f"{NEXT_WEEK}-2", 1)):
        drop(desk.folder, slug, numbered(*range(5), mended=mended))
    await desk.read()
    drop(desk.folder, NEXT_WEEK, numbered(*range(5), mended=2))
    await desk.read()
    assert list(await desk.holds.all()) == [f"{NEXT_WEEK}-2"]
    assert await desk.publish(NOON + timedelta(days=9)) == [NEXT_WEEK]


async def test_a_copy_stays_held_while_it_is_written_and_goes_out_once_it_is_another_issue(
    desk: Desk,
) -> None:
    await put_out(desk)
    drop(desk.folder, "2026-03-02", numbered(*range(12), mended=1))
    await desk.read()
    drop(desk.folder, "2026-03-02", numbered(*range(12), mended=2))
    await desk.read()
    assert await desk.publish() == []
    drop(desk.folder, "2026-03-02", numbered(*range(5), *range(20, 26)))
    await desk.read()
    assert (await desk.publish(), await desk.holds.all()) == (["2026-03-02"], {})


async def test_an_issue_that_waits_and_becomes_a_copy_is_held(desk: Desk) -> None:
    await put_out(desk)
    drop(desk.folder, TOMORROW, numbered(*range(20, 26)))
    await desk.read()
    drop(desk.folder, TOMORROW, numbered(*range(12), mended=1))
    await desk.read()
    assert await desk.publish(NOON + 2 * DAY) == []


async def test_an_issue_whose_items_were_told_in_several_is_new(desk: Desk) -> None:
    await put_out(desk, numbered(*range(5)))
    await put_out(desk, numbered(*range(10, 15)), "2026-03-02")
    drop(desk.folder, f"{TOMORROW}", numbered(0, 1, 10, 11))
    await desk.read()
    assert await desk.publish(NOON + DAY) == [TOMORROW]


async def test_a_new_name_beside_the_old_one_that_is_then_gone_rings_nobody_twice(desk: Desk) -> None:
    await put_out(desk, ITEMS)
    drop(desk.folder, "2026-03-02", f"of 2026-03-02\n{ITEMS}")
    await desk.read()
    (desk.folder / "2026-03-01.md").unlink()
    await desk.read(READINGS + 2)
    assert await desk.publish() == []


async def test_a_file_that_moves_into_another_folder_is_the_same(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    (desk.folder / "2026").mkdir()
    (desk.folder / f"{TOMORROW}.md").rename(desk.folder / "2026" / f"{TOMORROW}.md")
    await desk.read(READINGS + 1)
    record = await desk.issues.get(TOMORROW)
    assert record is not None
    assert (record.file, record.file_away, desk.told) == (f"2026/{TOMORROW}.md", None, [])


async def test_an_issue_of_which_nothing_is_known_but_its_text_is_no_drafts_twin(desk: Desk) -> None:
    """Of issues that an earlier program took in no file is known; those that are out are not asked for."""
    await desk.issues.add(replace(await _old(desk), slug="2026-01-12", file=None), "1 甲")
    await desk.read(READINGS + 3)
    assert desk.told == []


async def _old(desk: Desk) -> Any:
    return await desk.issues.get("2026-02-16")


async def test_of_two_processes_one_tells_that_an_issue_is_called_off(desk: Desk) -> None:
    drop(desk.folder, TOMORROW, ITEMS)
    await desk.read()
    first = desk.publishing
    desk.restart()
    (desk.folder / f"{TOMORROW}.md").unlink()
    for _ in range(READINGS + 1):
        await first.read(desk.now)
        await desk.read()
    assert desk.kinds() == [(KIND.CALLED_OFF, TOMORROW)]


async def test_an_issue_without_items_is_the_same_if_most_of_its_lines_are(desk: Desk) -> None:
    lines = "one line\nand another\nand a third"
    drop(desk.folder, "2026-03-01", f"# 2026-03-01\n{lines}")
    await desk.read()
    await desk.publish()
    (desk.folder / "2026-03-01.md").unlink()
    drop(desk.folder, "2026-03-02", f"# 2026-03-02\n{lines}\nand a fourth")
    await desk.read(3)
    assert await desk.publish() == []
    assert desk.kinds() == [(KIND.RENAMED, "2026-03-01")]

import os
import re
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.errors import BadInput
from bot.model import (
    Aim,
    Cut,
    Delivery,
    DeliveryState,
    Destination,
    FilePattern,
    Issue,
    IssueRecord,
    IssueState,
)
from bot.publishing.decisions import Edits
from bot.publishing.found import Changes
from bot.publishing.intake import FIRST_READ
from bot.publishing.publisher import Published
from bot.sources import FolderSource
from bot.storage import Database, Deliveries, Issues, Statistics, Subscribers, Timestamps
from tests import builders
from tests.builders import NOON
from tests.publishing.parts import Publishing
from tests.storage.rows import pushed, record, recorded, row, with_part

DAY = timedelta(days=1)
Logs = list[MutableMapping[str, Any]]


def parse(slug: str, text: str) -> Issue:
    """The first line is the title; the date is the slug's where it is one; "boom" is our own fault."""
    if "boom" in text:
        raise KeyError("boom")
    day = date.fromisoformat(slug) if re.fullmatch(r"\d{4}-\d\d-\d\d", slug) else None
    if "nothing" in text:
        return replace(builders.issue(slug=slug, date=day), sections=())
    story = builders.item(url=f"https://example.com/{slug}")
    return builders.issue(builders.section("news", story), slug=slug, title=text.splitlines()[0], date=day)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "issues").mkdir()
    return tmp_path / "issues"


@pytest.fixture
def publishing(folder: Path, database: Database) -> Publishing:
    return make(folder, database)


def make(folder: Path, database: Database, edits: Edits = "ask", *, approve: bool = False) -> Publishing:
    source = FolderSource(path=folder, pattern=FilePattern.of(".*"))
    return Publishing(source, database, parse, edits=edits, approve=approve)


@pytest.fixture
def logs() -> Iterator[Logs]:
    with capture_logs() as captured:
        yield captured


def drop(folder: Path, slug: str, text: str = "", at: datetime = NOON - DAY) -> None:
    path = folder / f"{slug}.md"
    path.write_text(text or f"简报 {slug}", encoding="utf-8")
    os.utime(path, (at.timestamp(), at.timestamp()))


def remove(folder: Path) -> None:
    folder.rmdir()


async def states(issues: Issues) -> dict[str, IssueState]:
    return {one.slug: one.state for one in await issues.all()}


async def test_on_the_first_start_what_is_there_is_archive_and_what_is_to_come_waits_for_its_day(
    folder: Path, publishing: Publishing, issues: Issues, subscribers: Subscribers
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    drop(folder, "2026-02-16")
    drop(folder, "2026-03-02", at=NOON)
    drop(folder, "2026-03-03", at=NOON)
    drop(folder, "undated")
    archived = ("undated", "2026-03-02", "2026-02-16")
    assert await publishing.read(NOON) == Changes(archived=archived, added=("2026-03-03",))
    assert await publishing.publish_due(NOON) == ()
    there = await states(issues)
    assert there == {"2026-03-03": IssueState.WAITING, **dict.fromkeys(archived, IssueState.ARCHIVED)}
    assert await publishing.publish_due(NOON + DAY) == (Published(slug="2026-03-03", planned=1),)


async def test_a_start_on_an_empty_folder_is_a_first_start_too(
    folder: Path, publishing: Publishing, subscribers: Subscribers
) -> None:
    """Whoever starts with an empty folder wants the first issue to go out."""
    await subscribers.join(Destination(1), Cut(), NOON)
    await publishing.read(NOON)
    drop(folder, "2026-03-02")
    assert await publishing.read(NOON) == Changes(added=("2026-03-02",))
    assert await publishing.publish_due(NOON) == (Published(slug="2026-03-02", planned=1),)


async def test_a_first_start_cut_short_goes_on_as_one(
    folder: Path, publishing: Publishing, issues: Issues
) -> None:
    """Not half archive, half pushed to everybody."""
    drop(folder, "2026-02-16")
    drop(folder, "2026-03-02")
    await issues.add(record("2026-02-16", state=IssueState.ARCHIVED), "简报")
    assert (await publishing.read(NOON)).archived == ("2026-03-02",)


async def test_a_later_issue_goes_out_once_however_often_the_tick_comes(
    folder: Path, publishing: Publishing, statistics: Statistics, subscribers: Subscribers
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    await publishing.read(NOON)
    drop(folder, "2026-03-02")
    for _ in range(3):
        await publishing.read(NOON)
        await publishing.publish_due(NOON)
    assert await pushed(statistics) == {"2026-03-02": {DeliveryState.PLANNED: 1}}


async def test_an_issue_waits_for_its_day_where_the_editor_is(folder: Path, publishing: Publishing) -> None:
    await publishing.read(NOON)
    drop(folder, "2026-03-04")
    await publishing.read(NOON)
    midnight_in_shanghai = datetime(2026, 3, 3, 16, 0, tzinfo=UTC)
    assert await publishing.publish_due(midnight_in_shanghai - timedelta(seconds=1)) == ()
    assert await publishing.publish_due(midnight_in_shanghai) == (Published(slug="2026-03-04", planned=0),)


async def test_what_was_put_off_by_a_correction_waits_for_the_new_day(
    folder: Path, publishing: Publishing, issues: Issues
) -> None:
    await publishing.read(NOON)
    drop(folder, "2026-03-04", "早")
    await publishing.read(NOON)
    drop(folder, "2026-03-04", "改")
    assert (await publishing.read(NOON)).updated == ("2026-03-04",)
    assert await issues.text("2026-03-04") == "改"


async def test_a_correction_is_taken_when_the_issue_has_arrived(
    folder: Path,
    publishing: Publishing,
    issues: Issues,
    ledger: Deliveries,
    subscribers: Subscribers,
    token: int,
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    await publishing.read(NOON)
    drop(folder, "2026-03-02", "old")
    await publishing.read(NOON)
    await publishing.publish_due(NOON)
    drop(folder, "2026-03-02", "new")
    assert await publishing.read(NOON) == Changes()
    assert await issues.text("2026-03-02") == "old"
    (delivery,) = await ledger.due(NOON, limit=1)
    await recorded(ledger, with_part(delivery, 1, last=True), token)
    assert (await publishing.read(NOON)).updated == ("2026-03-02",)
    assert await publishing.publish_due(NOON) == ()


async def test_a_file_still_being_written_is_taken_in_later(folder: Path, publishing: Publishing) -> None:
    await publishing.read(NOON)
    drop(folder, "2026-03-02", at=NOON)
    changes = await publishing.read(NOON)
    assert changes == Changes(settling=changes.settling)
    assert [one.slug for one in changes.settling] == ["2026-03-02"]
    assert changes.settling[0].reason.endswith("(publishing.settle): 12:00:05 UTC")
    assert (await publishing.read(NOON + timedelta(seconds=6))).added == ("2026-03-02",)


async def test_a_problem_is_logged_once_and_keeps_nothing_else_out(
    folder: Path, publishing: Publishing, logs: Logs
) -> None:
    await publishing.read(NOON)
    drop(folder, "2026-03-02", "boom")
    drop(folder, "2026-03-03")
    readings = [await publishing.read(NOON) for _ in range(3)]
    assert [len(reading.passed_over) for reading in readings] == [1, 1, 1]
    assert readings[0].added == ("2026-03-03",)
    left_out = [entry for entry in logs if entry["event"] == "file_skipped"]
    assert [entry["reason"] for entry in left_out] == ["left out, for it cannot be read (KeyError: 'boom')"]


async def test_an_operator_may_publish_the_archive_and_what_waits(
    folder: Path, publishing: Publishing, subscribers: Subscribers
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    drop(folder, "2026-02-16")
    await publishing.read(NOON)
    drop(folder, "2026-04-01")
    await publishing.read(NOON)
    assert await publishing.publish("2026-02-16", NOON) == Published(slug="2026-02-16", planned=1)
    assert await publishing.publish("2026-04-01", NOON) == Published(slug="2026-04-01", planned=1)


async def test_publishing_again_by_hand_says_when_it_was_done(folder: Path, publishing: Publishing) -> None:
    drop(folder, "2026-02-16")
    await publishing.read(NOON)
    await publishing.publish("2026-02-16", NOON)
    with pytest.raises(BadInput, match="2026-02-16 was already published on 2026-03-02 12:00 UTC"):
        await publishing.publish("2026-02-16", NOON)


async def test_an_unknown_issue_comes_with_the_nearest_ones(folder: Path, publishing: Publishing) -> None:
    drop(folder, "2026-02-16")
    await publishing.read(NOON)
    with pytest.raises(BadInput, match="there is no issue 2026-02-61; the nearest are 2026-02-16"):
        await publishing.publish("2026-02-61", NOON)


async def test_without_the_folder_nothing_is_taken_for_the_first_start(
    folder: Path, publishing: Publishing, timestamps: Timestamps
) -> None:
    remove(folder)
    with pytest.raises(BadInput):
        await publishing.read(NOON)
    assert await timestamps.get(FIRST_READ) is None


async def test_an_issue_in_an_old_encoding_comes_in_and_the_editor_is_told(
    folder: Path, publishing: Publishing, issues: Issues, logs: Logs
) -> None:
    (folder / "2026-02-16.md").write_bytes("简报".encode("gb18030"))
    await publishing.read(NOON)
    known = await issues.get("2026-02-16")
    assert known is not None
    assert known.title == "简报"
    assert [entry["read_as"] for entry in logs if entry["event"] == "issue_encoding_guessed"] == ["GB18030"]


async def test_a_file_with_nothing_to_read_is_published_once_it_has_something(
    folder: Path, publishing: Publishing, issues: Issues
) -> None:
    await publishing.read(NOON)
    drop(folder, "2026-03-02", "nothing yet")
    assert len((await publishing.read(NOON)).passed_over) == 1
    assert await issues.all() == ()
    drop(folder, "2026-03-02", "简报")
    assert (await publishing.read(NOON)).added == ("2026-03-02",)


async def test_a_file_emptied_while_it_is_saved_keeps_its_issue(
    folder: Path, publishing: Publishing, issues: Issues
) -> None:
    drop(folder, "2026-03-02", "简报")
    await publishing.read(NOON)
    drop(folder, "2026-03-02", "nothing left")
    assert len((await publishing.read(NOON)).passed_over) == 1
    assert await issues.text("2026-03-02") == "简报"


async def test_an_issue_copied_is_not_pushed_again(
    folder: Path, publishing: Publishing, issues: Issues, logs: Logs
) -> None:
    await publishing.read(NOON)
    drop(folder, "2026-03-02", "简报")
    await publishing.read(NOON)
    drop(folder, "2026-03-03", "简报")
    drop(folder, "2026-03-02-copy", "简报")
    assert len((await publishing.read(NOON)).passed_over) == 2
    assert [record.slug for record in await issues.all()] == ["2026-03-02"]
    assert any("duplicate of issue 2026-03-02" in str(entry.get("reason")) for entry in logs)
    assert len(publishing.intake.unreadable or ()) == 2


async def test_of_new_files_with_the_same_content_the_first_is_the_issue(
    folder: Path, publishing: Publishing
) -> None:
    await publishing.read(NOON)
    for slug in ("2026-03-02", "2026-03-02-copy", "2026-03-03"):
        drop(folder, slug, "简报")
    read = await publishing.read(NOON)
    assert read.added == ("2026-03-02",)
    assert [(one.slug, one.reason) for one in sorted(read.passed_over, key=lambda one: one.path)] == [
        (slug, "is a duplicate of issue 2026-03-02, not sent") for slug in ("2026-03-02-copy", "2026-03-03")
    ]
    drop(folder, "2026-03-03", "写了别的")
    assert (await publishing.read(NOON)).added == ("2026-03-03",)


async def test_after_an_outage_the_newest_issue_goes_out_and_the_older_ones_are_archive(
    folder: Path, publishing: Publishing, issues: Issues, subscribers: Subscribers, logs: Logs
) -> None:
    """The bot was away for six weeks; a fortnightly digest went on meanwhile."""
    await subscribers.join(Destination(1), Cut(), NOON)
    await publishing.read(NOON)
    for slug in ("2026-02-02", "2026-02-16", "2026-03-01"):
        drop(folder, slug)
    await publishing.read(NOON)
    assert await publishing.publish_due(NOON) == (Published(slug="2026-03-01", planned=1),)
    assert await states(issues) == {
        "2026-02-02": IssueState.ARCHIVED,
        "2026-02-16": IssueState.ARCHIVED,
        "2026-03-01": IssueState.PUBLISHED,
    }
    told = [entry["issue"] for entry in logs if entry["event"] == "issue_expired"]
    assert told == ["2026-02-02", "2026-02-16"]


async def test_after_an_outage_every_issue_of_the_last_seven_days_goes_out_oldest_first(
    folder: Path, publishing: Publishing, subscribers: Subscribers
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    await publishing.read(NOON)
    for slug in ("2026-03-01", "2026-02-23", "2026-02-22"):
        drop(folder, slug)
    await publishing.read(NOON)
    sent = [one.slug for one in await publishing.publish_due(NOON)]
    assert sent == ["2026-02-23", "2026-03-01"]


async def test_the_newest_issue_goes_out_however_late_it_comes(
    folder: Path, publishing: Publishing, subscribers: Subscribers
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    await publishing.read(NOON)
    drop(folder, "2026-01-05")
    await publishing.read(NOON)
    assert await publishing.publish_due(NOON) == (Published(slug="2026-01-05", planned=1),)


async def test_a_back_issue_added_to_the_folder_is_pushed_to_nobody(
    folder: Path, publishing: Publishing, subscribers: Subscribers
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    drop(folder, "2026-02-16")
    await publishing.read(NOON)
    drop(folder, "2019-07-01")
    await publishing.read(NOON)
    assert await publishing.publish_due(NOON) == ()


async def corrected_after_it_was_sent(
    how: Edits,
    folder: Path,
    database: Database,
    ledger: Deliveries,
    token: int,
    *,
    to: str = "new",
) -> Delivery:
    """What becomes of the first reader's delivery when the file of an issue they have is changed."""
    publishing, issues = make(folder, database, how), Issues(database)
    await publishing.read(NOON)
    drop(folder, "2026-03-02", "old")
    await publishing.read(NOON)
    await publishing.publish_due(NOON)
    (delivery,) = await ledger.due(NOON, limit=1)
    await recorded(ledger, with_part(delivery, 1, last=True), token)
    drop(folder, "2026-03-02", to)
    await publishing.read(NOON)
    await publishing.publish_due(NOON)
    assert await issues.text("2026-03-02") == to
    return await row(ledger)


@pytest.mark.parametrize(
    ("how", "aim", "told"),
    [("auto", Aim.CORRECT, False), ("ask", Aim.SEND, True), ("never", Aim.SEND, False)],
)
async def test_a_correction_of_what_was_sent_goes_out_or_is_told_or_is_left(
    *,
    how: Edits,
    aim: Aim,
    told: bool,
    folder: Path,
    database: Database,
    ledger: Deliveries,
    subscribers: Subscribers,
    token: int,
    logs: Logs,
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    delivery = await corrected_after_it_was_sent(how, folder, database, ledger, token)
    assert delivery.aim is aim
    asked = [entry for entry in logs if entry["event"] == "correction_pending"]
    assert [entry["command"] for entry in asked] == ["jianbao publish 2026-03-02 --edit"] * told


@pytest.mark.parametrize("how", ["auto", "ask"])
async def test_a_change_that_no_reader_sees_is_no_correction(
    *,
    how: Edits,
    folder: Path,
    database: Database,
    ledger: Deliveries,
    subscribers: Subscribers,
    token: int,
    logs: Logs,
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    unseen = "old\n<!-- of the first line alone is the title -->"
    delivery = await corrected_after_it_was_sent(how, folder, database, ledger, token, to=unseen)
    assert delivery.aim is Aim.SEND
    assert [entry for entry in logs if entry["event"] == "correction_pending"] == []
    assert await Issues(database).corrected() == ()


async def test_a_change_that_no_reader_sees_leaves_an_earlier_correction_waiting(
    folder: Path, database: Database, publishing: Publishing, subscribers: Subscribers
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    await publishing.read(NOON)
    drop(folder, "2026-03-02", "old")
    await publishing.read(NOON)
    await publishing.publish_due(NOON)
    for text in ("new", "new\n<!-- why -->"):
        drop(folder, "2026-03-02", text)
        await publishing.read(NOON, under_way={"2026-03-02"})
    assert [one.slug for one in await Issues(database).corrected()] == ["2026-03-02"]


async def test_a_correction_that_must_wait_until_all_have_the_text_before_is_told_at_once_and_once(
    folder: Path,
    publishing: Publishing,
    ledger: Deliveries,
    subscribers: Subscribers,
    token: int,
    logs: Logs,
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    await publishing.read(NOON)
    drop(folder, "2026-03-02", "old")
    await publishing.read(NOON)
    await publishing.publish_due(NOON)
    drop(folder, "2026-03-02", "new")
    for _ in range(2):
        assert (await publishing.read(NOON)).updated == ()
        assert publishing.corrections.kept_back == {"2026-03-02"}
    asked = [entry["command"] for entry in logs if entry["event"] == "correction_pending"]
    assert asked == ["jianbao publish 2026-03-02 --edit"]
    (delivery,) = await ledger.due(NOON, limit=1)
    await recorded(ledger, with_part(delivery, 1, last=True), token)
    assert (await publishing.read(NOON)).updated == ("2026-03-02",)
    await publishing.read(NOON)
    assert publishing.corrections.kept_back == frozenset()
    assert len([entry for entry in logs if entry["event"] == "correction_pending"]) == 1


async def test_an_operator_may_correct_an_issue_that_is_on_its_way(
    folder: Path, publishing: Publishing, issues: Issues, subscribers: Subscribers
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    await publishing.read(NOON)
    drop(folder, "2026-03-02", "old")
    await publishing.read(NOON)
    await publishing.publish_due(NOON)
    drop(folder, "2026-03-02", "new")
    await publishing.read(NOON, under_way={"2026-03-02"})
    assert await issues.text("2026-03-02") == "new"
    assert await publishing.correct("2026-03-02", NOON) == Published(slug="2026-03-02", planned=0)


class Edited(Issues):
    """Issues whose text is replaced as soon as anybody has looked at one."""

    async def get(self, slug: str) -> IssueRecord | None:
        found = await super().get(slug)
        await self.update_text(slug, builders.correction())
        return found


async def test_a_correction_that_changes_while_it_is_confirmed_is_not_sent(
    folder: Path, database: Database, issues: Issues
) -> None:
    await issues.add(record(state=IssueState.PUBLISHED), "looked at")
    source = FolderSource(path=folder, pattern=FilePattern.of(".*"))
    publishing = Publishing(source, database, parse, Edited(database))
    with pytest.raises(BadInput, match="issue 2026-03-02 has changed meanwhile; look at it again"):
        await publishing.correct("2026-03-02", NOON, edition=record().edition)
    assert [one.checksum for one in await issues.corrected()] == ["c2"]


async def test_what_is_not_out_cannot_be_corrected_and_comes_out_no_more_once_it_is_taken_back(
    folder: Path, publishing: Publishing, issues: Issues
) -> None:
    await publishing.read(NOON)
    drop(folder, "2026-04-01")
    await publishing.read(NOON)
    with pytest.raises(BadInput, match="2026-04-01 is not published"):
        await publishing.correct("2026-04-01", NOON)
    assert await publishing.retract("2026-04-01", NOON) == Published(slug="2026-04-01", planned=0)
    assert await publishing.publish_due(NOON + 60 * DAY) == ()
    assert (await states(issues))["2026-04-01"] is IssueState.RETRACTED


async def test_of_many_new_files_only_the_newest_are_read_to_see_whether_they_are_issues(
    folder: Path, database: Database
) -> None:
    parsed: list[str] = []

    def counted(slug: str, text: str) -> Issue:
        parsed.append(slug)
        return parse(slug, text)

    source = FolderSource(path=folder, pattern=FilePattern.of(".*"))
    publishing = Publishing(source, database, counted)
    drop(folder, "2026-02-16")
    await publishing.read(NOON)
    parsed.clear()
    for number in range(60):
        drop(folder, f"issue-{100 + number}", f"nothing {number}" if number in (0, 59) else "")
    drop(folder, "2026-02-16")
    listing = await publishing.listing(NOON)
    assert parsed == [f"issue-{110 + number}" for number in range(50)]
    assert (len(listing.files), listing.unread) == (60, 10)
    assert [(one.slug, one.reason) for one in listing.problems] == [("issue-159", "has no content yet")]


class CountedIssues(Issues):
    """Counts how often all issues are asked for."""

    asked = 0

    async def all(self) -> tuple[IssueRecord, ...]:
        self.asked += 1
        return await super().all()


async def test_the_database_is_asked_only_about_files_that_are_not_known_as_they_are(
    folder: Path, database: Database, logs: Logs
) -> None:
    issues = CountedIssues(database)
    publishing = Publishing(FolderSource(path=folder, pattern=FilePattern.of(".*")), database, parse, issues)
    drop(folder, "2026-03-02")
    drop(folder, "2026-02-16", "nothing")
    reads = [await publishing.read(NOON) for _ in range(4)]
    assert [len(one.passed_over) for one in reads] == [1, 1, 1, 1]
    assert [entry["event"] for entry in logs] == ["issue_added", "file_skipped"]
    assert issues.asked == 3
    drop(folder, "2026-03-02", "corrected")
    assert (await publishing.read(NOON)).updated == ("2026-03-02",)

"""A file that grows: each new heading is an issue, taken in and pushed once."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.digest.profile import Profile
from bot.digest.reader import IssueReader
from bot.digest.said_moments import Clock
from bot.digest.said_release import said_release
from bot.model import Cut, Destination, FilePattern, IssueState
from bot.publishing.decisions import Edits
from bot.publishing.dividing import DividedFiles
from bot.publishing.found import Changes
from bot.sources import FolderSource, WithSidecars
from bot.storage import Database, Issues, Subscribers
from tests.builders import NOON
from tests.digest.shipped import topics
from tests.publishing.parts import Publishing

DAY = timedelta(days=1)
INTRO = "# All of them\n\nAn introduction.\n\n"
FEBRUARY, MARCH = (
    "## 2026-02-16\n\n* [A](https://example.com/a)\n\n",
    "## 2026-03-02\n\n* [B](https://example.com/b)\n\n",
)


def make(folder: Path, database: Database, files: str = "README.md", edits: Edits = "ask") -> Publishing:
    profile = Profile.model_validate(
        {
            "name": "Weekly",
            "language": "en",
            "files": files,
            "date": "{year}-{month}-{day}",
            "issues": {"each": "heading"},
        }
    )
    reader = IssueReader(profile, topics())
    divided = DividedFiles(
        FolderSource(path=folder, pattern=profile.file_pattern),
        lambda file, text: reader.divided(text, slug=file.slug),
    )
    source = WithSidecars(divided, settle=5.0)
    clock = Clock(zone=UTC)
    return Publishing(
        source,
        database,
        lambda slug, text: reader.read(text, slug=slug),
        edits=edits,
        release=lambda file, text, issue: said_release(file.front or text, profile, clock, day=issue.date),
    )


def write(folder: Path, *texts: str, name: str = "README.md", at: datetime = NOON - DAY) -> None:
    (folder / name).write_text("".join(texts), "utf-8")
    os.utime(folder / name, (at.timestamp(), at.timestamp()))


@pytest.mark.parametrize("newest_first", [True, False])
async def test_a_new_heading_is_a_new_issue_pushed_once(
    tmp_path: Path,
    database: Database,
    subscribers: Subscribers,
    newest_first: bool,  # noqa: FBT001  # a case of the table
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    publishing = make(tmp_path, database)
    write(tmp_path, INTRO, FEBRUARY)
    assert await publishing.read(NOON) == Changes(archived=("2026-02-16",))
    write(tmp_path, INTRO, *((MARCH, FEBRUARY) if newest_first else (FEBRUARY, MARCH)))
    assert await publishing.read(NOON) == Changes(added=("2026-03-02",))
    assert [one.slug for one in await publishing.publish_due(NOON)] == ["2026-03-02"]
    assert await publishing.read(NOON) == Changes()
    assert await publishing.publish_due(NOON) == ()


async def test_a_correction_changes_its_own_issue_alone(
    tmp_path: Path, database: Database, issues: Issues
) -> None:
    publishing = make(tmp_path, database)
    write(tmp_path, INTRO, MARCH, FEBRUARY)
    await publishing.read(NOON)
    before = {one.slug: one.checksum for one in await issues.all()}
    write(tmp_path, "# Another introduction\n\n", MARCH, FEBRUARY.replace("[A]", "[Another]"))
    assert await publishing.read(NOON) == Changes(updated=("2026-02-16",))
    after = {one.slug: one.checksum for one in await issues.all()}
    assert after["2026-03-02"] == before["2026-03-02"]
    text = await issues.text("2026-02-16")
    assert text == FEBRUARY.replace("[A]", "[Another]")


async def test_an_issue_in_two_files_is_read_from_the_first_and_the_other_is_named(
    tmp_path: Path, database: Database, issues: Issues
) -> None:
    publishing = make(tmp_path, database, files=r"re:(README|index)\.md")
    write(tmp_path, MARCH, name="index.md")
    write(tmp_path, MARCH.replace("[B]", "[C]"))
    changes = await publishing.read(NOON)
    assert (changes.archived, len(changes.passed_over)) == (("2026-03-02",), 1)
    assert await publishing.read(NOON) == Changes(passed_over=changes.passed_over)
    assert [one.state for one in await issues.all()] == [IssueState.ARCHIVED]


async def test_a_file_of_one_issue_keeps_slug_and_checksum(tmp_path: Path) -> None:
    write(tmp_path, "# 2026-03-02\r\n\r\nText.\r\n", name="a.md")
    plain = FolderSource(path=tmp_path, pattern=FilePattern.of("*.md"))
    profile = Profile(name="Weekly", language="en", files="*.md", date=None)
    reader = IssueReader(profile, topics())
    divided = DividedFiles(plain, lambda file, text: reader.divided(text, slug=file.slug))
    assert divided.read(NOON, unsettled_too=True) == plain.read(NOON, unsettled_too=True)


async def test_a_file_that_is_a_draft_holds_none_but_drafts(tmp_path: Path, database: Database) -> None:
    publishing = make(tmp_path, database)
    await publishing.read(NOON)
    write(tmp_path, "---\ndraft: true\n---\n\n", INTRO, MARCH)
    await publishing.read(NOON)
    assert await publishing.publish_due(NOON) == ()
    write(tmp_path, INTRO, MARCH)
    await publishing.read(NOON)
    assert [one.slug for one in await publishing.publish_due(NOON)] == ["2026-03-02"]


async def test_a_heading_that_is_taken_out_of_its_file_before_its_day_calls_its_issue_off(
    tmp_path: Path, database: Database
) -> None:
    publishing, issues = make(tmp_path, database), Issues(database)
    write(tmp_path, INTRO, FEBRUARY)
    await publishing.read(NOON)
    write(tmp_path, INTRO, FEBRUARY, MARCH.replace("03-02", "03-09"))
    await publishing.read(NOON)
    write(tmp_path, INTRO, FEBRUARY)
    for seconds in range(0, 50, 10):
        await publishing.read(NOON + timedelta(seconds=seconds))
    states = {one.slug: one.state for one in await issues.all()}
    assert states == {"2026-02-16": IssueState.ARCHIVED, "2026-03-09": IssueState.CALLED_OFF}


async def test_an_issue_under_another_heading_is_the_same(tmp_path: Path, database: Database) -> None:
    publishing, issues = make(tmp_path, database), Issues(database)
    await publishing.read(NOON)
    write(tmp_path, INTRO, MARCH)
    await publishing.read(NOON)
    assert len(await publishing.publish_due(NOON)) == 1
    write(tmp_path, INTRO, MARCH.replace("03-02", "03-01"))
    await publishing.read(NOON)
    assert await publishing.publish_due(NOON) == ()
    assert [one.slug for one in await issues.all()] == ["2026-03-02"]

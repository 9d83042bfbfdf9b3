"""An issue whose date is in doubt waits for the operator, who is told once and how to release it."""

from collections.abc import Iterator, MutableMapping
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.digest.parsing.parser import parse
from bot.digest.said_dates import said_dates
from bot.digest.said_moments import Clock
from bot.digest.said_release import said_release
from bot.model import Cut, Destination, FilePattern, Issue
from bot.publishing.publisher import Published
from bot.sources import FolderSource
from bot.storage import Database, Holds, Issues, Subscribers
from tests.builders import NOON
from tests.digest.shipped import profile
from tests.publishing.parts import Publishing
from tests.publishing.test_publishing import drop

Logs = list[MutableMapping[str, Any]]
ITEMS = "\n\n## 论文\n\n- [四比特量化 | 某报](https://example.com/{slug})\n摘要：不掉点。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "issues").mkdir()
    return tmp_path / "issues"


@pytest.fixture
def holds(database: Database) -> Holds:
    return Holds(database)


@pytest.fixture
async def publishing(folder: Path, database: Database, subscribers: Subscribers) -> Publishing:
    """That of the shipped digest, which one chat subscribes to, after its first start on one issue."""
    await subscribers.join(Destination(1), Cut(), NOON)
    put(folder, "2026-02-16", "简报 (2026-02-16)")
    source = FolderSource(path=folder, pattern=FilePattern.of("*.md"))

    def read(slug: str, text: str) -> Issue:
        return parse(text, slug=slug, profile=profile())

    publishing = Publishing(
        source,
        database,
        read,
        dates=lambda issue, text: said_dates(issue, text, f"{issue.slug}.md", profile()),
        release=lambda _, text, issue: said_release(text, profile(), Clock(zone=UTC), day=issue.date),
    )
    await publishing.read(NOON)
    return publishing


@pytest.fixture
def logs() -> Iterator[Logs]:
    with capture_logs() as captured:
        yield captured


def put(folder: Path, slug: str, title: str, more: str = "", front: str = "") -> None:
    above = f"---\n{front}\n---\n\n" if front else ""
    drop(folder, slug, f"{above}# {title}{ITEMS.format(slug=slug)}{more}")


@pytest.mark.parametrize(
    ("slug", "title", "why"),
    [
        ("2026-03-02", "简报 (2026-02-02)", "the title says 2026-02-02, the file name 2026-03-02"),
        ("2026-03-02", "简报 (2026-13-45)", "the title says 2026-13-45, which is no date"),
        ("2026-13-45", "简报 (2026-03-02)", "the file name says 2026-13-45, which is no date"),
        ("issue-12", "简报 (2025-03-01)", "it is of 2025-03-01, 366 days ago"),
    ],
)
async def test_it_is_held_and_told_once_until_it_is_published(
    *, slug: str, title: str, why: str, folder: Path, publishing: Publishing, holds: Holds, logs: Logs
) -> None:
    put(folder, slug, title)
    for _ in range(3):
        await publishing.read(NOON)
        assert await publishing.publish_due(NOON) == ()
    held = await holds.get(slug)
    assert held is not None
    assert held.why == why
    told = [(entry["reason"], entry["command"]) for entry in logs if entry["event"] == "issue_held"]
    assert told == [(why, f"jianbao publish {slug}")]
    assert await publishing.publish(slug, NOON) == Published(slug=slug, planned=1)


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("2026-03-02", "简报"),
        ("issue-12", "简报 (2026-03-02)"),
        ("issue-12", "简报"),
        ("issue-12", "简报 (2025-03-02)"),
        ("2025-01-01", "简报"),
    ],
)
async def test_where_only_one_place_has_a_day_of_this_year_nothing_changes(
    slug: str, title: str, folder: Path, publishing: Publishing, holds: Holds
) -> None:
    put(folder, slug, title)
    await publishing.read(NOON)
    await publishing.publish_due(NOON)
    assert await holds.all() == {}


@pytest.mark.parametrize(("moment", "days"), [("2025-03-02 01:00", 365), ("2026-02-22 01:00", 8)])
@pytest.mark.parametrize(("slug", "title"), [("2026-03-02", "简报"), ("issue-12", "简报 (2026-03-02)")])
async def test_a_moment_long_before_the_day_of_its_issue_is_one_of_another(
    *, slug: str, title: str, moment: str, days: int, folder: Path, publishing: Publishing, holds: Holds
) -> None:
    put(folder, slug, title, front=f"publish_at: {moment}")
    await publishing.read(NOON)
    assert await publishing.publish_due(NOON) == ()
    held = await holds.get(slug)
    assert held is not None
    why = f"its front matter says to publish it on {moment[:10]}, {days} days before its day, 2026-03-02"
    assert held.why == why
    put(folder, slug, title)
    await publishing.read(NOON)
    assert await publishing.publish_due(NOON) == (Published(slug=slug, planned=1),)


async def test_a_moment_some_days_before_is_meant(folder: Path, publishing: Publishing) -> None:
    put(folder, "2026-03-05", "简报 (2026-03-05)", front="publish_at: 2026-02-27 08:30")
    await publishing.read(NOON)
    assert await publishing.publish_due(NOON) == (Published(slug="2026-03-05", planned=1),)


async def test_a_back_issue_that_came_out_before_its_day_is_archived_as_ever(
    folder: Path, publishing: Publishing, holds: Holds
) -> None:
    put(folder, "2019-07-01", "简报 (2019-07-01)", front="publish_at: 2019-06-01 08:30")
    await publishing.read(NOON)
    assert (await publishing.publish_due(NOON), await holds.all()) == ((), {})


async def test_a_back_issue_whose_name_says_the_same_is_archived_as_ever(
    folder: Path, publishing: Publishing, holds: Holds, issues: Issues
) -> None:
    put(folder, "2019-07-01", "简报 (2019-07-01)")
    await publishing.read(NOON)
    assert await publishing.publish_due(NOON) == ()
    assert await holds.all() == {}
    assert len(await issues.all()) == 2


async def test_one_that_says_twice_that_it_is_a_year_old_is_held_if_none_is_newer(
    folder: Path, publishing: Publishing, holds: Holds
) -> None:
    much_later = NOON + timedelta(days=600)
    put(folder, "2026-03-02", "简报 (2026-03-02)")
    await publishing.read(much_later)
    assert await publishing.publish_due(much_later) == ()
    assert [*await holds.all()] == ["2026-03-02"]


async def test_the_right_date_releases_it_and_a_wrong_one_holds_what_waited(
    folder: Path, publishing: Publishing, holds: Holds
) -> None:
    put(folder, "2026-03-02", "简报 (2026-02-02)")
    put(folder, "2026-03-03", "简报 (2026-03-03)")
    await publishing.read(NOON)
    put(folder, "2026-03-02", "简报 (2026-03-02)")
    put(folder, "2026-03-03", "简报 (2026-02-03)")
    await publishing.read(NOON)
    assert [*await holds.all()] == ["2026-03-03"]
    assert await publishing.publish_due(NOON) == (Published(slug="2026-03-02", planned=1),)


async def test_a_correction_of_what_is_out_holds_nothing(
    folder: Path, publishing: Publishing, holds: Holds
) -> None:
    put(folder, "2026-02-16", "简报 (2026-01-16)")
    assert (await publishing.read(NOON)).updated == ("2026-02-16",)
    assert await holds.all() == {}


async def test_on_the_first_start_what_is_in_doubt_is_archive_too(
    folder: Path, database: Database, holds: Holds
) -> None:
    put(folder, "2026-03-02", "简报 (2026-02-02)")
    source = FolderSource(path=folder, pattern=FilePattern.of("*.md"))
    first = Publishing(
        source,
        database,
        lambda slug, text: parse(text, slug=slug, profile=profile()),
        dates=lambda issue, text: said_dates(issue, text, f"{issue.slug}.md", profile()),
    )
    assert (await first.read(NOON)).archived == ("2026-03-02",)
    assert await holds.all() == {}

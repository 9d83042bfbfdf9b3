"""What an editor says of topics in a file beside an issue is taken in like any correction."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import Cut, Destination, FilePattern
from bot.publishing.found import Changes
from bot.sources import FolderSource, WithSidecars
from bot.storage import Database, Issues, Subscribers
from tests.builders import NOON
from tests.digest.shipped import reader
from tests.publishing.parts import Publishing
from tests.publishing.test_dividing import make as make_divided
from tests.publishing.test_dividing import write as write_divided

SLUG = "2026-03-02"
TEXT = "# 样刊 ({})\n\n## 业界新闻\n\n- [四比特 | 站](https://example.com/a)\n摘要：一句。\n"
CHANGED = Changes(updated=(SLUG,))


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")
    at = (NOON - timedelta(minutes=1)).timestamp()
    os.utime(folder / name, (at, at))


@pytest.fixture
def publishing(tmp_path: Path, database: Database) -> Publishing:
    folder = FolderSource(path=tmp_path, pattern=FilePattern.of("re:[0-9-]+.*\\.md"))
    source = WithSidecars(folder, settle=5.0)
    return Publishing(source, database, lambda slug, text: reader().read(text, slug=slug))


async def topics(issues: Issues, slug: str = SLUG) -> list[list[str]]:
    """Of each item, from what the database has of the issue."""
    issue = reader().read(await issues.text(slug) or "", slug=slug)
    return [[match.slug for match in item.topics] for item in issue.items]


async def test_each_change_of_the_file_beside_is_one_of_the_issue(
    tmp_path: Path, publishing: Publishing, issues: Issues
) -> None:
    write(tmp_path, f"{SLUG}.md", TEXT.format(SLUG))
    await publishing.read(NOON)
    before = await topics(issues)
    write(tmp_path, f"{SLUG}.topics.yml", "四比特: 剪枝\n")
    assert await publishing.read(NOON) == CHANGED
    assert await topics(issues) == [["pruning"]]
    assert await publishing.read(NOON) == Changes()
    write(tmp_path, f"{SLUG}.topics.yml", "[broken")
    assert await publishing.read(NOON) == CHANGED
    assert await topics(issues) == before
    (tmp_path / f"{SLUG}.topics.yml").unlink()
    assert await publishing.read(NOON) == CHANGED
    assert await topics(issues) == before


async def test_what_is_said_outlasts_corrections_of_the_text_and_may_be_there_first(
    tmp_path: Path, publishing: Publishing, issues: Issues
) -> None:
    write(tmp_path, f"{SLUG}.topics.yml", "四比特: 剪枝\n")
    assert await publishing.read(NOON) == Changes()
    write(tmp_path, f"{SLUG}.md", TEXT.format(SLUG))
    assert (await publishing.read(NOON)).added == (SLUG,)
    write(
        tmp_path, f"{SLUG}.md", TEXT.format(SLUG).replace("一句", "另一句").replace("example.com/a", "b.com")
    )
    assert await publishing.read(NOON) == CHANGED
    assert await topics(issues) == [["pruning"]]


async def test_a_copy_of_an_issue_is_one_whatever_lies_beside_the_two(
    tmp_path: Path, publishing: Publishing, subscribers: Subscribers
) -> None:
    await subscribers.join(Destination(1), Cut(), NOON)
    await publishing.read(NOON)
    write(tmp_path, f"{SLUG}.md", TEXT.format(SLUG))
    write(tmp_path, f"{SLUG}.topics.yml", "四比特: 剪枝\n")
    await publishing.read(NOON)
    write(tmp_path, f"{SLUG}-copy.md", TEXT.format(SLUG))
    (problem,) = (await publishing.read(NOON)).passed_over
    assert problem.reason == f"is a duplicate of issue {SLUG}, not sent"
    write(tmp_path, f"{SLUG}-copy.topics.yml", "四比特: 量化\n")
    assert [one.reason for one in (await publishing.read(NOON)).passed_over] == [problem.reason]
    assert [one.slug for one in await publishing.publish_due(NOON)] == [SLUG]


async def test_of_a_file_with_many_issues_each_has_its_own(
    tmp_path: Path, database: Database, issues: Issues
) -> None:
    publishing = make_divided(tmp_path, database)
    issue = "## {}\n\n### News\n\n* [A](https://example.com/{})\n\n"
    write_divided(tmp_path, issue.format("2026-02-16", "a"), issue.format(SLUG, "b"))
    await publishing.read(NOON)
    write(tmp_path, f"{SLUG}.topics.yml", "A: pruning\n")
    assert await publishing.read(NOON) == CHANGED
    assert await topics(issues) == [["pruning"]]
    assert await topics(issues, "2026-02-16") == [[]]

"""An issue is read when somebody needs it, once, and again when it was corrected."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.model import Issue, IssueState, ItemRef
from bot.readers.items import Items
from bot.readers.parsed_issues import ParsedIssues
from bot.storage import Database, Issues
from tests import builders as build
from tests.storage.rows import record

DAYS = ("2022-02-22", "2022-02-08", "2021-12-28")


class Reader:
    """Takes each line of a text for an item; keeps a list of what it read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, slug: str, text: str) -> Issue:
        self.read.append(slug)
        if text == "broken":
            raise ValueError(text)
        items = (build.item(id=line, title=line) for line in text.splitlines())
        return build.issue(build.section("news", *items), slug=slug, title=None, date=None)


@pytest.fixture
async def issues(tmp_path: Path, sqlite_file: Path) -> AsyncIterator[Issues]:
    async with Database(f"sqlite:///{shutil.copy(sqlite_file, tmp_path)}") as database:
        store = Issues(database)
        for day in DAYS:
            await store.add(record(day, checksum=day), "gpu\nnlp")
        yield store


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def parsed(issues: Issues, reader: Reader) -> ParsedIssues:
    return ParsedIssues(issues, reader, most=2)


def titles(issue: Issue | None) -> list[str | None]:
    return [item.title for item in issue.items] if issue else []


async def told(parsed: ParsedIssues, slug: str) -> list[str | None]:
    found = await parsed.get(slug)
    return titles(found.issue if found else None)


async def test_an_issue_is_read_when_it_is_needed_and_once(parsed: ParsedIssues, reader: Reader) -> None:
    assert reader.read == []
    for _ in range(2):
        assert await told(parsed, DAYS[0]) == ["gpu", "nlp"]
    assert reader.read == [DAYS[0]]


async def test_what_many_need_at_once_is_read_once(parsed: ParsedIssues, reader: Reader) -> None:
    first, *others = await asyncio.gather(*(parsed.get(DAYS[0]) for _ in range(5)))
    assert all(one is first for one in others)
    assert reader.read == [DAYS[0]]


async def test_a_corrected_issue_is_read_again_with_its_own_checksum(
    parsed: ParsedIssues, issues: Issues
) -> None:
    await parsed.get(DAYS[0])
    await issues.update_text(DAYS[0], build.correction("face", title="t", day=date(2022, 2, 22)))
    found = await parsed.get(DAYS[0])
    assert found is not None
    assert (found.checksum, titles(found.issue)) == ("c2", ["face"])


async def test_only_what_was_used_last_is_kept(parsed: ParsedIssues, reader: Reader) -> None:
    for place in (0, 1, 0, 2, 0, 1):
        await parsed.get(DAYS[place])
    assert reader.read == [DAYS[0], DAYS[1], DAYS[2], DAYS[1]]


async def test_title_and_day_that_only_the_path_said_come_from_the_record(parsed: ParsedIssues) -> None:
    found = await parsed.get(DAYS[0])
    assert found is not None
    assert found.issue is not None
    assert (found.issue.title, found.issue.date) == (record(DAYS[0]).title, date(2022, 2, 22))


async def test_an_issue_that_cannot_be_read_is_named_once(
    parsed: ParsedIssues, issues: Issues, reader: Reader
) -> None:
    await issues.add(record("2022-03-08"), "broken")
    with capture_logs() as logs:
        found = [await parsed.get("2022-03-08") for _ in range(2)]
    assert [one.issue if one else one for one in found] == [None, None]
    assert [entry["issue"] for entry in logs] == reader.read == ["2022-03-08"]
    await issues.update_text("2022-03-08", build.correction("gpu", title="t"))
    assert await told(parsed, "2022-03-08") == ["gpu"]


async def test_there_is_nothing_of_a_slug_that_nobody_knows(parsed: ParsedIssues) -> None:
    assert await parsed.get("1999-01-01") is None


async def test_items_of_an_issue_that_was_read_are_opened_without_reading_it_again(
    issues: Issues, parsed: ParsedIssues, reader: Reader
) -> None:
    slug = "2023-01-01"
    await issues.add(record(slug, checksum=slug, state=IssueState.ARCHIVED), "gpu\nnlp")
    items = Items(issues, parsed)
    for item_id in ("gpu", "nlp", "gpu"):
        opened = await items.open(ItemRef(issue_slug=slug, item_id=item_id))
        assert opened is not None
        assert opened.entry.title == item_id
    assert reader.read == [slug]

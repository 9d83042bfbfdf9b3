"""The archive shows what is out, and finds what somebody means."""

import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.model import Issue, IssueState
from bot.readers.archive import Archive, Found
from bot.readers.parsed_issues import ParsedIssues
from bot.storage import Database, Issues, ListedIssues, Planner
from tests import builders as build
from tests.storage.rows import record

DAYS = ("2022-02-22", "2022-02-08", "2021-12-28", "2021-07-01", "2020-03-02")


def read(slug: str, text: str) -> Issue:
    """Takes each line of a text for an item."""
    if text == "broken":
        raise ValueError(text)
    items = (build.item(id=line, title=line) for line in text.splitlines())
    day = date.fromisoformat(slug) if slug[0] == "2" else None
    return build.issue(build.section("news", *items), slug=slug, date=day)


@pytest.fixture
async def database(tmp_path: Path, sqlite_file: Path) -> AsyncIterator[Database]:
    async with Database(f"sqlite:///{shutil.copy(sqlite_file, tmp_path)}") as database:
        yield database


@pytest.fixture
def store(database: Database) -> Issues:
    return Issues(database)


@pytest.fixture
def planner(database: Database) -> Planner:
    return Planner(database)


@pytest.fixture
def empty(database: Database, store: Issues) -> Archive:
    return Archive(ListedIssues(database), ParsedIssues(store, read))


@pytest.fixture
async def archive(empty: Archive, store: Issues) -> Archive:
    """Five issues that are out."""
    for day in DAYS:
        await store.add(record(day, state=IssueState.ARCHIVED), "gpu\ngpu nlp")
    return empty


def slugs(issues: tuple[Issue, ...]) -> tuple[str, ...]:
    return tuple(issue.slug for issue in issues)


def told(found: Found) -> tuple[str | None, tuple[str, ...], bool]:
    return found.issue.slug if found.issue else None, slugs(found.candidates), found.nearest


async def test_the_issues_are_there_newest_first(archive: Archive) -> None:
    assert slugs(await archive.page(limit=9)) == DAYS
    assert slugs(await archive.page(limit=2, offset=1)) == DAYS[1:3]
    assert await archive.years() == (2022, 2021, 2020)
    assert slugs(await archive.page(year=2021, limit=9)) == ("2021-12-28", "2021-07-01")
    assert [await archive.count(year) for year in (None, 2021, 1999)] == [5, 2, 0]
    assert await archive.page(year=1999, limit=9) == ()


@pytest.mark.parametrize(("number", "slug"), [(0, DAYS[0]), (1, DAYS[1]), (-1, DAYS[-1]), (5, None)])
async def test_an_issue_may_be_asked_for_by_its_place(archive: Archive, number: int, slug: str) -> None:
    found = await archive.nth(number)
    assert (found and found.slug) == slug


async def test_an_empty_archive_has_no_answer_and_no_trouble(empty: Archive) -> None:
    assert [await empty.latest(), await empty.nth(-1), await empty.count()] == [None, None, 0]
    assert (await empty.page(limit=9), await empty.years()) == ((), ())
    assert told(await empty.find("2022")) == (None, (), True)


async def test_what_waits_is_in_no_answer(archive: Archive, store: Issues, planner: Planner) -> None:
    await store.add(record("2022-03-08", state=IssueState.WAITING), "gpu")
    assert slugs(await archive.page(limit=9)) == DAYS
    assert (await archive.find("2022-03-08")).issue is None
    assert await archive.get("2022-03-08") is None
    await planner.push("2022-03-08", build.NOON)
    assert await archive.latest() == await archive.get("2022-03-08") is not None


async def test_an_issue_that_cannot_be_understood_is_left_out(archive: Archive, store: Issues) -> None:
    await store.add(record("2022-03-08", state=IssueState.ARCHIVED), "broken")
    assert slugs(await archive.page(limit=9)) == DAYS
    assert await archive.get("2022-03-08") is None


@pytest.mark.parametrize(
    "word",
    [
        *("2022-02-08", "2022.2.8", "2022/02/08", "2022 2 8", "20220208", "2022年2月8日", "2022年02月08日"),
        *("２０２２－０２－０８", "２０２２年２月８日", " 2022-02-08 ", "2022 Feb 8", "2022年二月8日"),
    ],
)
async def test_a_day_may_be_written_as_people_write_it(archive: Archive, word: str) -> None:
    assert told(await archive.find(word)) == ("2022-02-08", (), False)


@pytest.mark.parametrize(
    ("word", "candidates"),
    [
        ("2022", DAYS[:2]),
        ("2022年", DAYS[:2]),
        ("2022-02", DAYS[:2]),
        ("2022年2月", DAYS[:2]),
        *((word, DAYS[:2]) for word in ("February 2022", "feb. 2022", "2022 february", "二月 2022")),
        ("2021", DAYS[2:4]),
    ],
)
async def test_a_beginning_that_fits_several_offers_them(
    archive: Archive, word: str, candidates: tuple[str, ...]
) -> None:
    assert told(await archive.find(word)) == (None, candidates, False)


async def test_a_beginning_that_fits_one_is_that_one(archive: Archive) -> None:
    assert told(await archive.find("2021-12")) == ("2021-12-28", (), False)
    assert told(await archive.find("2020")) == ("2020-03-02", (), False)


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("2021-12-30", ("2021-12-28", "2022-02-08", "2022-02-22")),
        ("2021-02-31", ("2021-07-01", "2021-12-28", "2022-02-08")),
        ("2019-13-99", ("2020-03-02", "2021-07-01", "2021-12-28")),
        ("2021-9", ("2021-07-01", "2021-12-28", "2022-02-08")),
        *((word, DAYS[:3]) for word in ("hello", "", " ", "0000-00-00", "%", "年")),
    ],
)
async def test_what_fits_nothing_offers_the_nearest(
    archive: Archive, word: str, nearest: tuple[str, ...]
) -> None:
    assert told(await archive.find(word)) == (None, nearest, True)


async def test_an_issue_without_a_date_is_found_by_its_slug_alone(archive: Archive, store: Issues) -> None:
    await store.add(record("Special-1", state=IssueState.ARCHIVED), "gpu")
    assert told(await archive.find("special-1"))[0] == "Special-1"
    assert told(await archive.find("spec"))[0] == "Special-1"
    assert (await archive.find("")).issue is None
    assert "Special-1" not in slugs((await archive.find("2021-12-30")).candidates)
    assert await archive.years() == (2022, 2021, 2020)


@pytest.mark.parametrize("word", ["100", "#100", "第 100 期", "第100期", "issue-100", "no. 100"])
async def test_an_issue_with_a_number_and_no_date_is_found_by_its_number(
    archive: Archive, store: Issues, word: str
) -> None:
    for slug in ("issue-100", "issue-10"):
        await store.add(record(slug, state=IssueState.ARCHIVED, checksum=slug), "nlp")
    found = (await archive.find(word)).issue
    assert found is not None
    assert found.slug == "issue-100"


@pytest.mark.parametrize(
    "word",
    ["第2期", "看第2期", "第 2 期", "第二期", "issue 2", "no. 2", "No.2", "#2", "show me issue 2", "2"],
)
async def test_an_issue_with_a_day_is_found_by_the_number_in_its_title(
    archive: Archive, store: Issues, word: str
) -> None:
    for day, title in (
        ("2022-03-08", "样刊第2期"),
        ("2022-03-22", "样刊第12期"),
        ("2022-04-05", "样刊：GPT 2"),
    ):
        new = record(day, title=title, state=IssueState.ARCHIVED, checksum=day)
        await store.add(new, "nlp")
    assert told(await archive.find(word)) == ("2022-03-08", (), False)


async def test_a_number_that_several_titles_carry_offers_them_and_one_that_none_does_the_nearest(
    archive: Archive, store: Issues
) -> None:
    for day, title in (("2022-03-08", "样刊第2期"), ("2022-03-22", "No. 2 of the second year")):
        await store.add(record(day, title=title, state=IssueState.ARCHIVED, checksum=day), "nlp")
    assert told(await archive.find("第2期")) == (None, ("2022-03-22", "2022-03-08"), False)
    assert (await archive.find("第9期")).nearest
    assert (await archive.find("issue 22")).nearest


async def test_the_neighbours_of_an_issue_are_what_readers_may_see(archive: Archive, store: Issues) -> None:
    await store.add(record("2022-03-08"), "gpu")
    older, newer = await archive.neighbours(DAYS[1])
    assert (older and older.slug, newer and newer.slug) == (DAYS[2], DAYS[0])
    assert await archive.neighbours("2022-03-08") == (None, None)
    assert (await archive.neighbours(DAYS[0]))[1] is None


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("2月22日", (DAYS[0], (), False)),
        ("2月8日", (DAYS[1], (), False)),
        ("7/1", (DAYS[3], (), False)),
        ("Dec 28", (DAYS[2], (), False)),
        ("二月", (None, DAYS[:2], False)),
        ("December", (None, DAYS[2:3], False)),
        ("2月10日", (None, (DAYS[1], DAYS[0], DAYS[2]), True)),
        ("3月1日", (None, (DAYS[3], DAYS[2], DAYS[1]), True)),
    ],
)
async def test_a_date_without_a_year_is_the_newest_such(
    archive: Archive, word: str, expected: tuple[str | None, tuple[str, ...], bool]
) -> None:
    """Where no issue has it, that before the newest issue: the first of March is one of 2021 here."""
    assert told(await archive.find(word)) == expected


async def test_the_issues_of_some_days_are_a_choice_and_else_the_nearest_are(archive: Archive) -> None:
    assert told(await archive.within(date(2022, 2, 1), date(2022, 2, 28))) == (None, DAYS[:2], False)
    of_none = await archive.within(date(2022, 1, 1), date(2022, 1, 31))
    assert (of_none.issue, of_none.nearest) == (None, True)

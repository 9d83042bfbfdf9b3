"""The archive shows what is out, finds what somebody means, and reads each issue once."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.model import Interests, Issue, IssueState, TopicMatch
from bot.readers.archive import Archive, Found
from bot.storage import Database, Issues, Planner
from tests import builders as build
from tests.storage.rows import record

DAYS = ("2022-02-22", "2022-02-08", "2021-12-28", "2021-07-01", "2020-03-02")


def topics(*slugs: str) -> Interests:
    return Interests(topics=slugs)


class Reader:
    """Takes each line of a text for an item on the topics it names; counts what it reads."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, slug: str, text: str) -> Issue:
        self.read.append(slug)
        if text == "broken":
            raise ValueError(text)
        items = tuple(
            build.item(
                id=line,
                title=line,
                topics=tuple(TopicMatch(slug=word, matched=word.upper()) for word in line.split()),
            )
            for line in text.splitlines()
        )
        day = date.fromisoformat(slug) if slug[0] == "2" else None
        return build.issue(build.section("news", *items), slug=slug, date=day)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database(f"sqlite:///{tmp_path}/jianbao.db") as database:
        yield database


@pytest.fixture
def store(database: Database) -> Issues:
    return Issues(database)


@pytest.fixture
def planner(database: Database) -> Planner:
    return Planner(database)


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
async def archive(store: Issues, reader: Reader) -> Archive:
    """Five issues that are out."""
    for day in DAYS:
        await store.add(record(day, state=IssueState.ARCHIVED), "gpu\ngpu nlp")
    archive = Archive(store, reader)
    await archive.refresh()
    return archive


def slugs(issues: tuple[Issue, ...]) -> tuple[str, ...]:
    return tuple(issue.slug for issue in issues)


def told(found: Found) -> tuple[str | None, tuple[str, ...], bool]:
    return found.issue.slug if found.issue else None, slugs(found.candidates), found.nearest


async def test_the_issues_are_there_newest_first(archive: Archive) -> None:
    assert slugs(archive.issues) == DAYS
    assert archive.latest is archive.issues[0]
    assert archive.years() == (2022, 2021, 2020)
    assert slugs(archive.of_year(2021)) == ("2021-12-28", "2021-07-01")
    assert archive.of_year(None) == archive.issues
    assert archive.of_year(1999) == ()


async def test_an_empty_archive_has_no_answer_and_no_trouble(store: Issues, reader: Reader) -> None:
    archive = Archive(store, reader)
    await archive.refresh()
    assert (archive.issues, archive.latest, archive.years(), archive.about(topics("gpu"))) == (
        (),
        None,
        (),
        (),
    )
    assert told(archive.find("last")) == (None, (), False)
    assert told(archive.find("2022")) == (None, (), True)


async def test_what_waits_is_in_no_answer_but_can_be_got_by_its_slug(
    archive: Archive, store: Issues, planner: Planner
) -> None:
    await store.add(record("2022-03-08", state=IssueState.WAITING), "gpu")
    await archive.refresh()
    assert slugs(archive.issues) == DAYS
    assert archive.find("2022-03-08").issue is None
    assert archive.counts()["gpu"] == 10
    assert archive.get("2022-03-08") is not None
    assert archive.readable("2022-03-08") is None
    await planner.push("2022-03-08", build.NOON)
    await archive.refresh()
    assert archive.latest is archive.get("2022-03-08") is archive.readable("2022-03-08")


async def test_an_issue_that_cannot_be_understood_is_left_out_and_named_once(
    archive: Archive, store: Issues, reader: Reader
) -> None:
    await store.add(record("2022-03-08", state=IssueState.ARCHIVED), "broken")
    await store.add(record("2022-03-22", state=IssueState.ARCHIVED), "gpu")
    with capture_logs() as logs:
        for _ in range(2):
            await archive.refresh()
    assert slugs(archive.issues) == ("2022-03-22", *DAYS)
    assert (archive.get("2022-03-08"), archive.readable("2022-03-08")) == (None, None)
    assert [entry["issue"] for entry in logs] == ["2022-03-08"]
    assert reader.read.count("2022-03-08") == 1
    await store.update_text("2022-03-08", build.correction("gpu", title="t", day=date(2022, 3, 8)))
    await archive.refresh()
    assert archive.readable("2022-03-08") is not None


async def test_the_current_text_is_what_is_stored_now(archive: Archive, store: Issues) -> None:
    kept = archive.get(DAYS[0])
    assert await archive.current(DAYS[0]) is kept
    await store.update_text(DAYS[0], build.correction("face", title="t", day=date(2022, 2, 22)))
    assert archive.get(DAYS[0]) is kept
    current = await archive.current(DAYS[0])
    assert current is not None
    assert [item.title for item in current.items] == ["face"]
    assert await archive.current("1999-01-01") is None


async def test_an_issue_is_read_once_and_again_when_it_was_corrected(
    archive: Archive, store: Issues, reader: Reader
) -> None:
    kept = archive.get("2021-07-01")
    await archive.refresh()
    assert sorted(reader.read) == sorted(DAYS)
    await store.update_text("2022-02-22", build.correction("face", title="t", day=date(2022, 2, 22)))
    await archive.refresh()
    assert reader.read[len(DAYS) :] == ["2022-02-22"]
    assert archive.get("2021-07-01") is kept
    assert archive.counts()["face"] == 1


@pytest.mark.parametrize("word", ["last", " Latest ", "NEWEST", "最新", "上期"])
async def test_the_last_issue_may_be_asked_for_in_words(archive: Archive, word: str) -> None:
    assert told(archive.find(word)) == ("2022-02-22", (), False)


@pytest.mark.parametrize(
    "word",
    [
        *("2022-02-08", "2022.2.8", "2022/02/08", "2022 2 8", "20220208", "2022年2月8日", "2022年02月08日"),
        *("２０２２－０２－０８", "２０２２年２月８日", " 2022-02-08 "),
    ],
)
async def test_a_day_may_be_written_as_people_write_it(archive: Archive, word: str) -> None:
    assert told(archive.find(word)) == ("2022-02-08", (), False)


@pytest.mark.parametrize(
    ("word", "candidates"),
    [
        ("2022", DAYS[:2]),
        ("2022年", DAYS[:2]),
        ("2022-02", DAYS[:2]),
        ("2022年2月", DAYS[:2]),
        ("2021", DAYS[2:4]),
    ],
)
async def test_a_beginning_that_fits_several_offers_them(
    archive: Archive, word: str, candidates: tuple[str, ...]
) -> None:
    assert told(archive.find(word)) == (None, candidates, False)


async def test_a_beginning_that_fits_one_is_that_one(archive: Archive) -> None:
    assert told(archive.find("2021-12")) == ("2021-12-28", (), False)
    assert told(archive.find("2020")) == ("2020-03-02", (), False)


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
    assert told(archive.find(word)) == (None, nearest, True)


async def test_an_issue_without_a_date_is_found_by_its_slug_alone(archive: Archive, store: Issues) -> None:
    await store.add(record("Special-1", state=IssueState.ARCHIVED), "gpu")
    await archive.refresh()
    assert told(archive.find("special-1"))[0] == "Special-1"
    assert told(archive.find("spec"))[0] == "Special-1"
    assert archive.find("").issue is None
    assert "Special-1" not in slugs(archive.find("2021-12-30").candidates)
    assert archive.years() == (2022, 2021, 2020)


@pytest.mark.parametrize("word", ["100", "#100", "第 100 期", "第100期", "issue-100", "no. 100"])
async def test_an_issue_with_a_number_and_no_date_is_found_by_its_number(
    archive: Archive, store: Issues, word: str
) -> None:
    for slug in ("issue-100", "issue-10"):
        await store.add(record(slug, state=IssueState.ARCHIVED, checksum=slug), "nlp")
    await archive.refresh()
    found = archive.find(word).issue
    assert found is not None
    assert found.slug == "issue-100"


async def test_topics_are_counted_by_items_and_found_newest_first(archive: Archive) -> None:
    assert archive.counts() == {"gpu": 10, "nlp": 5}
    hits = archive.about(topics("nlp", "gpu", "face"))
    assert [(hit.issue.slug, hit.item.title) for hit in hits[:3]] == [
        ("2022-02-22", "gpu"),
        ("2022-02-22", "gpu nlp"),
        ("2022-02-08", "gpu"),
    ]
    assert len(hits) == 10
    assert [hit.matched for hit in archive.about(topics("nlp"))] == ["NLP"] * 5
    assert archive.about(topics()) == ()


async def test_keywords_are_found_in_the_words_of_an_item_and_each_item_once(
    archive: Archive, store: Issues
) -> None:
    await store.add(record("2022-03-08", state=IssueState.ARCHIVED), "FlashAttention gpu\n量化 KV-cache")
    await archive.refresh()

    def found(*keywords: str, slugs: tuple[str, ...] = ()) -> list[tuple[str | None, str]]:
        hits = archive.about(Interests(topics=slugs, keywords=keywords))
        return [(hit.item.title, hit.matched) for hit in hits][:2]

    assert found("flashattention") == [("FlashAttention gpu", "flashattention")]
    assert found("kv cache", "量化") == [("量化 KV-cache", "kv cache")]
    assert found("flashattention", slugs=("gpu",))[0] == ("FlashAttention gpu", "GPU")
    assert found("nothing") == []
    await store.update_text("2022-03-08", build.correction("face", title="t", day=date(2022, 3, 8)))
    await archive.refresh()
    assert found("flashattention") == []

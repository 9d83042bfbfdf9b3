"""The index of entries: what goes in is found and listed, as far as readers may see it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.model import (
    GivenBy,
    IndexedIssue,
    IssueState,
    Link,
    Place,
    Reason,
    SearchQuery,
    TopicMatch,
    entries_of,
)
from bot.storage import Database, Entries, EntryIndex, IndexProgress, Issues, Planner, replace_entries
from bot.words.tokens import phrase_of
from tests import builders as build
from tests.builders import NOON
from tests.nightly import nightly, on_either
from tests.storage.indexed import F1, TakeIn, found, indexed, made, query, titled
from tests.storage.rows import add_issue, record


@on_either
async def test_an_entry_comes_back_as_it_went_in(
    issues: Issues, entries: Entries, entry_index: EntryIndex
) -> None:
    await add_issue(issues, state=IssueState.ARCHIVED)
    reasons = (Reason(term="量化", place=Place.TITLE), Reason(term="int8", place=Place.BODY, count=2))
    topics = (
        TopicMatch(slug="quantization", matched="量化", score=2.5, probability=0.8, reasons=reasons),
        TopicMatch(slug="chips", matched="NPU", score=1.0),
        TopicMatch(slug="business", matched="", by=GivenBy.EDITOR),
    )
    links = (Link(label="论文", url="https://arxiv.org/abs/2106.01234"),)
    item = build.item(topics=topics, links=links, tags=("手机", "a'b\"c\\"), groups=("芯片", "新"))
    given = made(item, titled(None, url=None), flash=[build.flash()])
    assert await entry_index.replace("2026-03-02", indexed(given))
    assert await entries.of_issue("2026-03-02") == given
    assert [await entries.entry("2026-03-02", one.item_id) for one in given] == list(given)


async def test_an_entry_of_a_month_is_one_of_a_month_and_so_is_its_issue_from_then_on(
    issues: Issues, entries: Entries, entry_index: EntryIndex
) -> None:
    """Issues that an earlier program took in had every day for known; they are indexed anew."""
    await add_issue(issues, state=IssueState.ARCHIVED)
    (given,) = entries_of(build.issue(build.section("news", build.item(id="i1")), day_known=False))
    assert await entry_index.replace("2026-03-02", indexed([given]))
    (read,) = await entries.of_issue("2026-03-02")
    assert (read, read.when) == (given, "2026-03")
    issue = await issues.get("2026-03-02")
    assert issue is not None
    assert issue.when == "2026-03"


async def test_an_issue_of_a_month_without_entries_is_one_of_a_month_too(
    issues: Issues, entry_index: EntryIndex
) -> None:
    await add_issue(issues, state=IssueState.ARCHIVED)
    for known, when in ((False, "2026-03"), (None, "2026-03"), (True, "2026-03-02")):
        assert await entry_index.replace(
            "2026-03-02", IndexedIssue(entries=(), fingerprint=F1, day_known=known)
        )
        issue = await issues.get("2026-03-02")
        assert issue is not None
        assert issue.when == when


async def test_of_equals_the_newest_comes_first_and_in_an_issue_the_first(
    take_in: TakeIn, entries: Entries
) -> None:
    for slug, title in (("2026-01-05", "旧"), ("2026-03-02", "新"), ("2025-12-01", "更旧")):
        await take_in(titled(f"{title} 量化 1"), titled(f"{title} 量化 2"), slug=slug)
    numbers = [f"{title} 量化 {number}" for title in ("新", "旧", "更旧") for number in (1, 2)]
    assert await found(entries, "量化") == numbers


async def test_pages_follow_one_another_and_know_how_many_there_are(
    take_in: TakeIn, entries: Entries
) -> None:
    await take_in(*(titled(f"量化 {number}") for number in range(7)))
    pages = [await entries.search(query("量化"), limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [page.total for page in pages] == [7, 7, 7, 7]
    titles = [entry.title for page in pages for entry in page.entries]
    assert titles == [f"量化 {number}" for number in range(7)]


@pytest.mark.parametrize("state", [IssueState.WAITING, IssueState.RETRACTED])
async def test_what_readers_may_not_see_is_not_found(
    take_in: TakeIn, entries: Entries, state: IssueState
) -> None:
    topics = (TopicMatch(slug="quantization", matched="量化"),)
    await take_in(titled("量化", topics=topics), state=state)
    assert await found(entries, "量化") == []
    assert await found(entries, without=["别的"]) == []
    assert (await entries.search(SearchQuery(topic="quantization"), limit=9)).total == 0
    assert await entries.by_url("https://example.com/a") == ()
    assert await entries.entry("2026-03-02", "i1") is None
    assert await entries.of_issue("2026-03-02") == ()
    assert await entries.topic_counts() == {}
    assert await entries.years(SearchQuery(topic="quantization")) == {}


async def test_an_issue_is_found_once_it_is_out_and_no_more_when_it_is_taken_back(
    take_in: TakeIn, entries: Entries, planner: Planner
) -> None:
    await take_in(titled("量化"), state=IssueState.WAITING)
    await planner.push("2026-03-02", NOON)
    assert await found(entries, "量化") == ["量化"]
    await planner.retract("2026-03-02", NOON)
    assert await found(entries, "量化") == []


@on_either
async def test_a_correction_takes_the_place_of_what_was_there(
    take_in: TakeIn, entries: Entries, entry_index: EntryIndex
) -> None:
    await take_in(titled("量化"), titled("手机"))
    await take_in(titled("量化"), slug="2026-01-05")
    assert await entry_index.replace("2026-03-02", indexed(made(titled("蒸馏")), "another"))
    assert await found(entries, "量化") == ["量化"]
    assert await found(entries, "手机") == []
    assert await found(entries, "蒸馏") == ["蒸馏"]
    await entry_index.remove("2026-03-02")
    assert await found(entries, "蒸馏") == []
    assert await entries.of_issue("2026-03-02") == ()


async def test_entries_are_written_with_what_else_the_transaction_writes(
    database: Database, issues: Issues, entries: Entries
) -> None:
    await add_issue(issues, state=IssueState.ARCHIVED)

    async def interrupted() -> None:
        async with database.writing() as connection:
            await replace_entries(connection, "2026-03-02", indexed(made(titled("量化"))))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await interrupted()
    assert await found(entries, "量化") == []


async def test_an_unknown_issue_is_not_taken_in(entries: Entries, entry_index: EntryIndex) -> None:
    assert not await entry_index.replace("2026-03-02", indexed(made(titled("量化"))))
    assert await found(entries, "量化") == []


async def test_a_search_keeps_to_days_a_section_and_a_topic(take_in: TakeIn, entries: Entries) -> None:
    about = titled("量化 其一", topics=(TopicMatch(slug="quantization", matched="量化"),))
    await take_in(about, slug="2025-12-31")
    await take_in(titled("量化 其二"), slug="2026-01-01")
    every = ["量化 其二", "量化 其一"]
    assert await found(entries, "量化", since=date(2026, 1, 1)) == every[:1]
    assert await found(entries, "量化", until=date(2025, 12, 31)) == every[1:]
    assert await found(entries, since=date(2025, 12, 31), until=date(2026, 1, 1)) == every
    assert await found(entries, "量化", topic="quantization") == every[1:]
    assert await found(entries, topic="quantization", since=date(2026, 1, 1)) == []
    for section in ("news", "新闻"):
        assert await found(entries, "量化", section=section) == every
    assert await found(entries, "量化", section="papers") == []
    assert await found(entries, section="%") == []


async def test_an_entry_is_found_by_its_address_and_by_its_paper(take_in: TakeIn, entries: Entries) -> None:
    paper = (Link(label="论文", url="https://arxiv.org/pdf/2106.01234v2.pdf"),)
    await take_in(titled("一", url="http://www.example.com/a/?utm_source=x", links=paper))
    await take_in(titled("二", url="https://example.com/a#top"), slug="2026-01-05")
    assert [one.title for one in await entries.by_url("https://example.com/a")] == ["一", "二"]
    assert [one.title for one in await entries.by_url("arxiv:2106.01234")] == ["一"]
    assert await entries.by_url("https://example.com/b") == ()
    assert await entries.by_url("no address") == ()


async def test_topics_are_counted_by_year_and_their_entries_come_newest_first(
    take_in: TakeIn, entries: Entries
) -> None:
    topic = (TopicMatch(slug="quantization", matched="量化"),)
    for slug in ("2025-12-31", "2026-01-05", "2026-03-02"):
        await take_in(titled(slug, topics=topic), titled("别的"), slug=slug)
    assert await entries.topic_counts() == {"quantization": 3}
    assert await entries.years(SearchQuery(topic="quantization")) == {2025: 1, 2026: 2}
    page = await entries.search(SearchQuery(topic="quantization"), limit=2)
    assert page.total == 3
    assert [entry.title for entry in page.entries] == ["2026-03-02", "2026-01-05"]


async def test_one_of_several_topics_and_words_is_enough_and_each_entry_comes_once(
    take_in: TakeIn, entries: Entries
) -> None:
    gpu, nlp = (TopicMatch(slug=slug, matched=slug) for slug in ("gpu", "nlp"))
    both, neither = titled("两者", topics=(gpu, nlp)), titled("都不是")
    await take_in(both, titled("显卡", topics=(gpu,)), titled("量化 显卡"), neither)
    either = SearchQuery(any_topics=("gpu", "nlp"), any_phrases=(phrase_of("量化"), phrase_of("显卡")))
    page = await entries.search(either, limit=9)
    assert [entry.title for entry in page.entries] == ["两者", "显卡", "量化 显卡"]
    assert page.total == await entries.count(either) == 3
    assert await entries.years(either) == {2026: 3}
    assert await titles(entries, replace(either, phrases=(phrase_of("量化"),))) == ["量化 显卡"]
    assert await titles(entries, replace(either, excluded=(phrase_of("显卡"),))) == ["两者"]
    assert await titles(entries, replace(either, topic="nlp")) == ["两者"]
    assert await titles(entries, replace(either, since=date(2027, 1, 1))) == []


async def titles(entries: Entries, query: SearchQuery) -> list[str | None]:
    return [entry.title for entry in (await entries.search(query, limit=9)).entries]


async def test_an_undated_issue_counts_by_the_day_it_was_found(
    issues: Issues, entries: Entries, entry_index: EntryIndex, take_in: TakeIn
) -> None:
    await take_in(titled("量化 旧"), slug="2025-12-01")
    await issues.add(record("special", state=IssueState.ARCHIVED), "text")
    undated = [replace(entry, date=None) for entry in made(titled("量化 新"), slug="special")]
    await entry_index.replace("special", indexed(undated))
    assert await found(entries, "量化") == ["量化 新", "量化 旧"]
    assert await found(entries, "量化", since=NOON.date()) == ["量化 新"]


async def test_what_was_made_by_another_fingerprint_or_not_at_all_is_stale_newest_first(
    take_in: TakeIn, issues: Issues, entry_index: EntryIndex
) -> None:
    await take_in(titled("一"), slug="2026-01-05")
    await add_issue(issues, "2026-03-02")
    await add_issue(issues, "2026-02-01", state=IssueState.RETRACTED)
    assert await entry_index.stale(F1, limit=9) == ("2026-03-02",)
    assert await entry_index.stale("new", limit=9) == ("2026-03-02", "2026-01-05")
    assert await entry_index.stale("new", limit=1) == ("2026-03-02",)
    assert await entry_index.progress(F1) == IndexProgress(done=1, total=2)
    assert await entry_index.progress("new") == IndexProgress(done=0, total=2)


async def test_an_entry_may_be_as_long_as_it_likes(take_in: TakeIn, entries: Entries) -> None:
    long = build.item(title="长", summary=build.text("量化 模型 " * 9000, "x" * 9000))
    await take_in(long)
    assert await found(entries, "模型 量化") == ["长"]
    assert await found(entries, "x" * 9000) == ["长"]


@nightly("to index twenty thousand words takes seconds")
@pytest.mark.parametrize(("letter", "count"), [("x", 20_000), ("𐐨", 6_000)])
async def test_an_entry_may_hold_any_number_of_distinct_words(
    take_in: TakeIn, entries: Entries, letter: str, count: int
) -> None:
    """PostgreSQL has no room for them all; the last are not found, on either database alike."""
    words = [f"{_in_letters(number)}{letter * 56}" for number in range(count)]
    await take_in(build.item(title="表", summary=build.text(" ".join(words))), titled("旁边"))
    assert await found(entries, words[0]) == ["表"]
    assert await found(entries, words[4000]) == ["表"]
    assert await found(entries, words[-1]) == []
    assert await found(entries, "旁边") == ["旁边"]


def _in_letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))

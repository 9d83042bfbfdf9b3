"""Items on topics and with keywords are found in the index, the newest first, each once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import GivenBy, Interests, IssueState, TopicMatch
from bot.readers.topic_items import TopicItems
from bot.storage import Database, Entries, EntryIndex, Issues
from tests import builders as build
from tests.storage.indexed import TakeIn


def topics(*slugs: str) -> Interests:
    return Interests(topics=slugs)


def words(*keywords: str) -> Interests:
    return Interests(keywords=keywords)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database(f"sqlite:///{tmp_path}/jianbao.db") as database:
        yield database


@pytest.fixture
async def take_in(database: Database) -> TakeIn:
    """Two issues, each with an item on "gpu" and one on "gpu" and "nlp"."""
    take_in = TakeIn(Issues(database), EntryIndex(database))
    for day in ("2022-02-08", "2022-02-22"):
        matches = [TopicMatch(slug=slug, matched=slug.upper()) for slug in ("gpu", "nlp")]
        items = (build.item(title=f"{day} {len(of)}", topics=tuple(of)) for of in (matches[:1], matches, []))
        await take_in(*items, slug=day)
    return take_in


@pytest.fixture
def items(database: Database, take_in: TakeIn) -> TopicItems:
    del take_in  # the issues are there
    return TopicItems(Entries(database))


async def found(items: TopicItems, interests: Interests) -> list[tuple[str | None, str]]:
    matches = await items.about(interests, limit=9)
    assert matches.total == len(matches.shown) == await items.count(interests)
    return [(match.entry.title, match.matched) for match in matches.shown]


async def test_topics_are_counted_and_found_newest_first(items: TopicItems) -> None:
    assert await items.counts() == {"gpu": 4, "nlp": 2}
    assert await found(items, topics("nlp", "gpu", "face")) == [
        ("2022-02-22 1", "GPU"),
        ("2022-02-22 2", "GPU"),
        ("2022-02-08 1", "GPU"),
        ("2022-02-08 2", "GPU"),
    ]
    assert await found(items, topics("nlp")) == [("2022-02-22 2", "NLP"), ("2022-02-08 2", "NLP")]
    assert await found(items, topics()) == []


async def test_pages_hold_some_and_count_all(items: TopicItems) -> None:
    page = await items.about(topics("gpu"), limit=2, offset=1)
    assert [match.entry.title for match in page.shown] == ["2022-02-22 2", "2022-02-08 1"]
    assert (page.total, page.years) == (4, {2022: 4})


async def test_keywords_are_found_in_the_words_of_an_item_and_each_item_once(
    items: TopicItems, take_in: TakeIn
) -> None:
    gpu = TopicMatch(slug="gpu", matched="GPU")
    await take_in(
        build.item(title="FlashAttention", topics=(gpu,)),
        build.item(title="量化 KV-cache"),
        slug="2022-03-08",
    )
    assert await found(items, words("flashattention")) == [("FlashAttention", "flashattention")]
    assert await found(items, words("kv cache", "量化")) == [("量化 KV-cache", "kv cache")]
    both = Interests(topics=("gpu",), keywords=("flashattention",))
    assert (await found(items, both))[0] == ("FlashAttention", "GPU")
    assert await found(items, words("nothing")) == []
    assert await found(items, words("!")) == []


async def test_what_readers_may_not_see_is_not_counted(items: TopicItems, take_in: TakeIn) -> None:
    await take_in(build.item(title="FlashAttention"), slug="2022-03-08", state=IssueState.WAITING)
    assert await found(items, words("flashattention")) == []


async def test_what_the_editor_gave_a_topic_is_found_as_his(items: TopicItems, take_in: TakeIn) -> None:
    given = TopicMatch(slug="gpu", matched="", by=GivenBy.EDITOR)
    await take_in(build.item(title="没有词", topics=(given,)), slug="2022-03-08")
    page = await items.about(topics("gpu"), limit=1)
    assert [(match.entry.title, match.by_editor) for match in page.shown] == [("没有词", True)]


@pytest.mark.parametrize("without", [topics("nlp"), words("2022-02-22 2", "2022-02-08 2")])
async def test_what_has_what_is_left_out_is_not_found(items: TopicItems, without: Interests) -> None:
    matches = await items.about(topics("gpu"), limit=9, without=without)
    assert [match.entry.title for match in matches.shown] == ["2022-02-22 1", "2022-02-08 1"]
    assert (matches.total, sum(matches.years.values())) == (2, 2)

"""What a chat keeps is its own, comes last first, and outlasts corrections, on either database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Cut, IssueState, SavedItem, SearchQuery
from bot.storage import Database, Entries, NamedTexts, SavedItems, Subscribers
from bot.words.short_names import short_name
from bot.words.tokens import phrase_of
from tests.builders import NOON
from tests.storage.indexed import TakeIn, titled

LIN, ADA, GROUP, SUPERGROUP = 1, 2, -5, -1005
FIRST = SavedItem(issue_slug="2026-03-02", item_id="i1", title="量化", url=None, saved_at=NOON)
SECOND = replace(FIRST, item_id="i2", title="剪枝", saved_at=NOON + timedelta(minutes=1))


@pytest.fixture
def saved(database: Database) -> SavedItems:
    return SavedItems(database)


async def test_what_is_saved_is_there_once_last_first_and_for_its_chat_alone(saved: SavedItems) -> None:
    assert await saved.save(LIN, FIRST, most=9)
    assert await saved.save(LIN, SECOND, most=9)
    assert not await saved.save(LIN, SECOND, most=9)
    assert await saved.page(LIN, limit=9) == (SECOND, FIRST)
    assert await saved.page(LIN, limit=1, offset=1) == (FIRST,)
    assert await saved.of_issue(LIN, "2026-03-02") == {"i1", "i2"}
    assert [await saved.count(chat) for chat in (LIN, ADA)] == [2, 0]


async def test_what_is_dropped_is_gone(saved: SavedItems) -> None:
    await saved.save(LIN, FIRST, most=9)
    assert await saved.drop(LIN, "2026-03-02", "i1")
    assert not await saved.drop(LIN, "2026-03-02", "i1")
    assert await saved.page(LIN, limit=9) == ()


async def test_nobody_keeps_more_than_so_many(saved: SavedItems) -> None:
    await saved.save(LIN, FIRST, most=1)
    assert not await saved.save(LIN, SECOND, most=1)
    assert await saved.page(LIN, limit=9) == (FIRST,)


async def test_a_group_keeps_it_under_its_new_id(saved: SavedItems, subscribers: Subscribers) -> None:
    for chat, item in ((GROUP, FIRST), (GROUP, SECOND), (SUPERGROUP, SECOND)):
        await saved.save(chat, item, most=9)
    for _ in range(2):
        await subscribers.move(GROUP, SUPERGROUP, NOON)
    assert await saved.page(SUPERGROUP, limit=9) == (SECOND, FIRST)
    assert await saved.count(GROUP) == 0


async def test_only_what_is_saved_and_still_there_is_searched(
    saved: SavedItems, take_in: TakeIn, entries: Entries
) -> None:
    await take_in(titled("量化一"), titled("量化二"), titled("剪枝"))
    for item_id in ("i1", "i3", "gone"):
        await saved.save(LIN, replace(FIRST, item_id=item_id), most=9)
    kept = SearchQuery(saved_by=LIN)
    page = await entries.search(replace(kept, phrases=(phrase_of("量化"),)), limit=9)
    assert [entry.title for entry in page.entries] == ["量化一"]
    assert [await entries.count(one) for one in (kept, SearchQuery(saved_by=ADA))] == [2, 0]


async def test_a_saved_item_has_its_title_of_today_or_of_the_day_it_was_kept(
    saved: SavedItems, take_in: TakeIn
) -> None:
    await take_in(titled("更正的标题"))
    await saved.save(LIN, FIRST, most=9)
    await saved.save(LIN, SECOND, most=9)
    assert [item.title for item in await saved.page(LIN, limit=9)] == ["剪枝", "更正的标题"]


async def test_words_that_were_ever_indexed_are_known_by_their_beginning(
    take_in: TakeIn, entries: Entries
) -> None:
    await take_in(titled("Pruning and Quantization with PyTorch2"), state=IssueState.ARCHIVED)
    assert await entries.words("p", lengths=range(4, 9)) == ("pruning", "pytorch")
    assert await entries.words("p", lengths=range(4, 7)) == ()
    assert await entries.words("%", lengths=range(4, 9)) == ()


async def test_a_text_is_known_by_its_name_and_a_cut_by_that_of_its_signature(database: Database) -> None:
    texts, cut = NamedTexts(database), Cut(topics=("gpu", "nlp"), keywords=("KV 缓存",))
    for text in (cut.signature, "很长的词 " * 20):
        assert {await texts.note(text) for _ in range(2)} == {short_name(text)}
        assert len(short_name(text)) == 8
        assert await texts.get(short_name(text)) == text
    assert cut.name == short_name(cut.signature)
    assert await texts.get(Cut().name) is None

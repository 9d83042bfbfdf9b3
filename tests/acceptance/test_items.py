"""An item by itself: opened from every list, walked through, kept, exported, and found by what is like it."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from bot.sandbox import Message
from tests.acceptance.world import World, make_archive

pytestmark = pytest.mark.asyncio(loop_scope="module")

LINS = range(2001, 2101)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def archive(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A running bot with three issues, for all tests here: each has its own person, and publishes nothing."""
    async with make_archive(tmp_path_factory.mktemp("archive"), LINS) as world:
        yield world


@pytest.fixture(scope="module")
def lins() -> Iterator[int]:
    return iter(LINS)


@pytest.fixture
def lin(lins: Iterator[int]) -> int:
    """The chat of a subscriber without an issue on its way."""
    return next(lins)


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


async def test_a_number_below_a_search_opens_the_whole_item(archive: World, lin: int) -> None:
    (found,) = await archive.said(lin, "/search 四比特")
    (item,) = await archive.tapped(found, "1", answers=1)
    assert item.text.startswith(
        "[CVPR 2026] 四比特量化的新方法\n知乎 · 论文\n\n量化到四比特，精度不降（2026-03-02）。"
    )
    assert "#量化 因「量化」" in item.text
    assert item.text.endswith("嵌入式AI简报 · 2026-03-02 · 论文")
    urls = [entity.url for entity in item.entities if entity.url]
    assert urls == ["https://example.com/2026-03-02/quant", "https://arxiv.org/abs/2210.17323"]
    assert labels(item) == ["☆", "↗", "▸", "2026-03-02 · 4 条", "≈ 相近的"]


async def test_a_bullet_of_the_flash_news_opens_too(archive: World, lin: int) -> None:
    (found,) = await archive.said(lin, "/search 手机处理器")
    (flash,) = await archive.tapped(found, "1", answers=1)
    assert flash.text.startswith("某厂\n\n发布新款手机处理器（2026-03-02）")


async def test_arrows_walk_through_what_was_listed(archive: World, lin: int) -> None:
    (found,) = await archive.said(lin, "/search 四比特")
    (item,) = await archive.tapped(found, "2", answers=1)
    assert "2026-01-05" in item.text
    await archive.tapped(item, "▸")
    item = await archive.rewritten(item)
    assert "2025-11-03" in item.text
    assert "▸" not in labels(item)
    await archive.tapped(item, "◂")
    item = await archive.rewritten(item)
    assert "2026-01-05" in item.text


async def test_a_topic_page_opens_items_too(archive: World, lin: int) -> None:
    (page,) = await archive.said(lin, "/topic 剪枝")
    (item,) = await archive.tapped(page, "3", answers=1)
    assert "通道剪枝再思考" in item.text
    assert "2025-11-03" in item.text


async def test_a_deep_link_opens_an_item_and_says_when_there_is_none(archive: World, lin: int) -> None:
    (found,) = await archive.said(lin, "/search 四比特")
    ref = (found.buttons[0].data or "").split(":")[1]
    (item,) = await archive.said(lin, f"/start item_{ref.replace('/', '_')}")
    assert "四比特量化的新方法" in item.text
    assert "订阅" not in " ".join(labels(item))
    (answer,) = await archive.said(lin, "/start item_2026-03-02_nothing")
    assert "已经没有了" in answer.text


async def test_who_stopped_and_opens_an_item_by_a_link_may_begin_again(archive: World, lin: int) -> None:
    (found,) = await archive.said(lin, "/search 四比特")
    ref = (found.buttons[0].data or "").split(":")[1].replace("/", "_")
    (asked,) = await archive.said(lin, "/stop")
    await archive.tapped(asked, "停止订阅")
    (item,) = await archive.said(lin, f"/start item_{ref}")
    (resumed,) = await archive.tapped(item, "恢复订阅", answers=1)
    assert "订阅照常" in resumed.text
    item = await archive.rewritten(item)  # it stays, without that button
    assert "四比特量化的新方法" in item.text
    assert "☆" in labels(item)


async def test_a_pasted_address_opens_its_item(archive: World, lin: int) -> None:
    (item,) = await archive.said(lin, "https://example.com/2026-01-05/pruning?utm_source=x")
    assert item.text.startswith("通道剪枝再思考")


async def test_what_is_saved_is_listed_searched_and_dropped(archive: World, lin: int) -> None:
    (nothing,) = await archive.said(lin, "/saved")
    assert "还没有收藏" in nothing.text
    for words in ("四比特", "剪枝"):
        (found,) = await archive.said(lin, f"/search {words}")
        (item,) = await archive.tapped(found, "1", answers=1)
        await archive.tapped(item, "☆")
        assert "★" in labels(await archive.rewritten(item))
    (saved,) = await archive.said(lin, "收藏")
    assert "2 条" in saved.text
    assert saved.text.index("通道剪枝") < saved.text.index("四比特")
    (some,) = await archive.said(lin, "/saved 四比特")
    assert "通道剪枝" not in some.text
    (item,) = await archive.tapped(saved, "2", answers=1)
    assert "四比特" in item.text
    await archive.tapped(item, "★")
    (saved,) = await archive.said(lin, "/saved")
    assert "四比特" not in saved.text


async def test_what_is_like_an_item_is_other_items(archive: World, lin: int) -> None:
    (found,) = await archive.said(lin, "/search 四比特 2026-03")
    (item,) = await archive.tapped(found, "1", answers=1)
    (like,) = await archive.tapped(item, "相近的", answers=1)
    first = like.text.split("1. ")[1].split("2. ")[0]
    assert "四比特量化的新方法" in first
    assert "2026-01-05" in first
    assert "2026-03-02 · 论文 · 知乎" not in like.text.split("1. ")[1]


async def test_a_word_that_is_nowhere_gets_one_that_is(archive: World, lin: int) -> None:
    (nothing,) = await archive.said(lin, "/search 微调校")
    assert "没有找到" in nothing.text
    await archive.tapped(nothing, "微调")
    assert "往期共有 3 条" in (await archive.rewritten(nothing)).text


async def test_a_search_can_be_narrowed_to_a_section(archive: World, lin: int) -> None:
    (found,) = await archive.said(lin, "/search 量化")
    await archive.tapped(found, "只看开源项目")
    found = await archive.rewritten(found)
    assert "往期共有 3 条" in found.text
    assert "四比特" not in found.text


async def test_words_too_long_for_a_button_have_pages_numbers_and_sections(archive: World, lin: int) -> None:
    words = "量化 -全然没有的这个词 -另一个没有的那个词 -还有一个哪里也没有的词"
    (found,) = await archive.said(lin, f"/search {words}")
    assert {"只看论文", "只看开源项目"} <= set(labels(found))
    await archive.tapped(found, "后面 ▸")
    behind = await archive.rewritten(found)
    assert labels(behind)[:2] == ["6", "◂ 前面"]
    (item,) = await archive.tapped(behind, "6", answers=1)
    await archive.tapped(item, "◂")
    assert (await archive.rewritten(item)).text.splitlines()[0].removeprefix("[CVPR 2026] ") in found.text
    await archive.tapped(behind, "◂ 前面")
    found = await archive.rewritten(behind)
    await archive.tapped(found, "只看论文")
    narrowed = await archive.rewritten(found)
    assert f"{words} in:papers" in narrowed.text
    assert "往期共有 3 条" in narrowed.text


async def test_many_long_words_of_a_topic_have_pages_too(archive: World, lin: int) -> None:
    words = "晶圆代工价格上调,量化到四比特,剪枝之后无需微调,量化工具箱发布"
    (page,) = await archive.said(lin, f"/topic {words}")
    await archive.tapped(page, "更多 ▸")
    page = await archive.rewritten(page)
    assert "6" in labels(page)
    (item,) = await archive.tapped(page, "6", answers=1)
    assert "◂" in labels(item)


async def test_a_kept_item_is_found_by_any_form_of_its_address_and_nothing_else(
    archive: World, lin: int
) -> None:
    for words in ("四比特 2026-03", "剪枝"):
        (found,) = await archive.said(lin, f"/search {words}")
        (item,) = await archive.tapped(found, "1", answers=1)
        await archive.tapped(item, "☆")
    for address in (
        "https://example.com/2026-03-02/quant?utm_source=x",
        "https://arxiv.org/pdf/2210.17323v2",
        "arXiv:2210.17323",
    ):
        (kept,) = await archive.said(lin, f"/saved {address}")
        assert "1 条" in kept.text
        assert "四比特" in kept.text
    (item,) = await archive.tapped(kept, "1", answers=1)
    assert not {"◂", "▸"} & set(labels(item))
    for nothing in ("https://example.com/2026-01-05/quant", "https://x", "2101.00001", "!!!"):
        (kept,) = await archive.said(lin, f"/saved {nothing}")
        assert "收藏里没有这样的内容" in kept.text


async def test_what_is_kept_has_pages_however_it_is_looked_for(archive: World, lin: int) -> None:
    (found,) = await archive.said(lin, "/search 量化")
    numbers = [label for label in labels(found) if label.isdecimal()]
    items = [(await archive.tapped(found, number, answers=1))[0] for number in numbers]
    await archive.tapped(found, "后面 ▸")
    items += await archive.tapped(await archive.rewritten(found), "6", answers=1)
    for item in items:
        await archive.tapped(item, "☆")
    (kept,) = await archive.said(lin, "/saved 量化 -全然没有的这个词 -另一个没有的那个词")
    await archive.tapped(kept, "后面 ▸")
    assert "6" in labels(await archive.rewritten(kept))


async def test_the_star_under_a_section_keeps_items_by_their_numbers(archive: World, lin: int) -> None:
    *_, papers, _ = await archive.said(lin, "/issue 2026-01-05", answers=5)
    assert labels(papers) == ["☆", "↗", "👍", "👎"]
    await archive.tapped(papers, "☆")
    papers = await archive.rewritten(papers)
    assert labels(papers) == ["1", "2", "✓ 好了"]
    await archive.tapped(papers, "2")
    papers = await archive.rewritten(papers)
    assert labels(papers) == ["1", "★ 2", "✓ 好了"]
    (saved,) = await archive.said(lin, "/saved")
    assert "通道剪枝再思考" in saved.text
    await archive.tapped(papers, "★ 2")
    papers = await archive.rewritten(papers)
    await archive.tapped(papers, "好了")
    assert labels(await archive.rewritten(papers)) == ["☆", "↗", "👍", "👎"]
    (saved,) = await archive.said(lin, "/saved")
    assert "还没有收藏" in saved.text


async def test_the_arrow_under_a_section_passes_items_on(archive: World, lin: int) -> None:
    *_, papers, _ = await archive.said(lin, "/issue 2026-01-05", answers=5)
    await archive.tapped(papers, "↗")
    papers = await archive.rewritten(papers)
    first, _, done = papers.buttons
    assert (first.text, done.text) == ("1", "✓ 好了")
    assert (first.inline_query or "").startswith("item_2026-01-05_")


async def test_headlines_are_opened_by_their_numbers(archive: World, lin: int) -> None:
    (settings,) = await archive.said(lin, "/settings")
    await archive.tapped(settings, "只看标题")
    *_, headlines = await archive.said(lin, "/issue 2026-01-05", answers=3)
    await archive.tapped(headlines, "⤢")
    headlines = await archive.rewritten(headlines)
    (item,) = await archive.tapped(headlines, "3", answers=1)
    assert item.text.startswith("通道剪枝再思考")
    assert "2026-01-05" in item.text


async def test_the_row_leaves_the_others_where_they_are(archive: World, lin: int) -> None:
    *_, last = await archive.said(lin, "/issue 2026-01-05", answers=5)
    assert labels(last) == ["☆", "↗", "👍", "👎", "◂ 2025-11-03", "2026-03-02 ▸"]
    for sign in ("☆", "↗"):
        await archive.tapped(last, sign)
        last = await archive.rewritten(last)
        assert labels(last) == ["1", "✓ 好了", "◂ 2025-11-03", "2026-03-02 ▸"]
        await archive.tapped(last, "好了")
        last = await archive.rewritten(last)
        assert labels(last) == ["☆", "↗", "👍", "👎", "◂ 2025-11-03", "2026-03-02 ▸"]

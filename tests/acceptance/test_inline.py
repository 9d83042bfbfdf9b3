"""The bot asked inside another chat: items to pick, by words, by an issue, or by the arrow below an item."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.errors import BadInput
from bot.sandbox import Person, Sandbox
from tests.acceptance.world import World, make_world

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIN, ADA, STRANGER = 1001, 1002, 1003
DAYS = ("2025-11-03", "2026-01-05", "2026-03-02")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    people = (
        Person(id=LIN, first_name="小林", language_code="zh-hans", started=True),
        Person(id=ADA, first_name="Ada", language_code="en", started=True),
        Person(id=STRANGER, first_name="Kim", language_code="en"),
    )
    async with make_world(tmp_path_factory.mktemp("inline"), people=people) as world:
        for day in DAYS:
            world.write(day)
        async with world.bot():
            yield world


async def all_titles(telegram: Sandbox, text: str) -> list[str]:
    """The titles of all pages."""
    answer = await telegram.ask_inline(LIN, text, chat_id=ADA)
    titles = [result.title for result in answer.results]
    while answer.next_offset:
        answer = await telegram.ask_inline(LIN, text, chat_id=ADA, offset=answer.next_offset)
        titles += [result.title for result in answer.results]
    return titles


async def test_words_find_items_in_any_chat_even_for_a_stranger(world: World) -> None:
    answer = await world.telegram.ask_inline(STRANGER, "四比特", chat_id=ADA)
    assert [result.title for result in answer.results] == ["四比特量化的新方法"] * 3
    first = answer.results[0]
    assert first.description == "知乎 · 2026-03-02 · 量化到四比特，精度不降（2026-03-02）。"
    assert answer.button is not None
    assert answer.button.text == "Open 嵌入式AI简报"


async def test_what_is_picked_is_posted_with_its_link_and_one_into_the_bot(world: World) -> None:
    answer = await world.telegram.ask_inline(LIN, "四比特 2026-01", chat_id=ADA)
    posted = await world.telegram.pick(LIN, answer.results[0].result_id, ADA)
    assert posted.text.startswith("四比特量化的新方法\n知乎 · 2026-01-05 · 论文\n论文\n\n量化到四比特")
    urls = [entity.url for entity in posted.entities if entity.url]
    assert urls[:2] == ["https://example.com/2026-01-05/quant", "https://arxiv.org/abs/2210.17323"]
    payload = urls[-1].partition("?start=")[2]
    (item,) = await world.said(ADA, f"/start {payload}")
    assert "四比特量化的新方法" in item.text
    assert "2026-01-05" in item.text
    (welcome, *_) = await world.tapped(item, "Subscribe", answers=1)
    assert "Welcome" in welcome.text
    assert "☆" in [button.text for button in (await world.rewritten(item)).buttons]


async def test_pages_go_on_to_the_end_and_hold_nothing_twice(world: World) -> None:
    assert (
        len(await all_titles(world.telegram, "-nowhere")) == 12 + 3
    )  # the items and flash news of three issues
    first = await world.telegram.ask_inline(LIN, "-nowhere", chat_id=ADA)
    second = await world.telegram.ask_inline(LIN, "-nowhere", chat_id=ADA, offset=first.next_offset)
    names = [result.result_id for result in (*first.results, *second.results)]
    assert len(set(names)) == len(names) == 15


async def test_without_words_the_newest_issue_and_its_items_are_offered(world: World) -> None:
    answer = await world.telegram.ask_inline(LIN, "")
    assert [result.result_id.split("/")[0] for result in answer.results] == ["2026-03-02"] * 6
    posted = await world.telegram.pick(LIN, answer.results[0].result_id)
    assert posted.text.startswith("嵌入式AI简报\n2026年3月2日 · 4 条\n✦ 量化")


@pytest.mark.parametrize("words", ["2026-01-05", "上一期", "January 2026"])
async def test_an_issue_is_offered_by_its_day_or_place(world: World, words: str) -> None:
    answer = await world.telegram.ask_inline(LIN, words)
    assert answer.results[0].result_id == "2026-01-05"
    assert len(answer.results) == 6


async def test_the_arrow_below_an_item_names_that_item(world: World) -> None:
    (found,) = await world.said(LIN, "/search 剪枝 2025")
    (item,) = await world.tapped(found, "1", answers=1)
    query = next(button.inline_query for button in item.buttons if button.text == "↗")
    answer = await world.telegram.ask_inline(LIN, query or "", chat_id=ADA)
    assert [result.title for result in answer.results] == ["通道剪枝再思考"]


async def test_what_is_found_nowhere_offers_the_bot(world: World) -> None:
    answer = await world.telegram.ask_inline(ADA, "nowhere")
    assert answer.results == ()
    assert answer.button is not None
    assert answer.button.start_parameter == "inline"


async def test_what_was_posted_in_the_chat_with_the_bot_asks_nothing(world: World) -> None:
    answer = await world.telegram.ask_inline(ADA, "toolbox")
    answer = await world.telegram.ask_inline(ADA, "工具箱")
    before = len(world.telegram.chat(ADA).from_bot)
    await world.telegram.pick(ADA, answer.results[0].result_id)
    await world.said(ADA, "/help")
    assert len(world.telegram.chat(ADA).from_bot) == before + 1


async def test_where_inline_mode_is_off_items_are_passed_on_as_links(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    people = (Person(id=LIN, first_name="小林", language_code="zh-hans", started=True),)
    async with make_world(tmp_path_factory.mktemp("off"), people=people, inline=False) as world:
        world.write(DAYS[0])
        async with world.bot():
            (found,) = await world.said(LIN, "/search 剪枝")
            (item,) = await world.tapped(found, "1", answers=1)
            share = next(button for button in item.buttons if button.text == "↗")
            assert (share.url or "").startswith(
                "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fjianbao_bot%3Fstart%3Ditem_"
            )
            with pytest.raises(BadInput):
                await world.telegram.ask_inline(LIN, "剪枝")

"""Rich messages: tried, chosen, corrected, and given up where Telegram does not take them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest_asyncio

from bot.model import Mode
from bot.runtime.clock import utc_now
from bot.sandbox import Limits, Message, Person
from bot.settings.sections import DeliverySettings
from bot.storage import ImportRow
from tests.acceptance.world import LIN, World, make_world

DAY = "2026-01-05"
CORRECTS = DeliverySettings(rate=100, per_chat=0, expires_after=3650, edits="auto")
PEOPLE = (Person(id=LIN, first_name="小林", language_code="zh-hans", started=True),)


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with make_world(tmp_path, PEOPLE, delivery=CORRECTS) as made:
        yield made


@pytest_asyncio.fixture
async def old_world(tmp_path: Path) -> AsyncIterator[World]:
    """A world whose Telegram knows no rich messages."""
    limits = replace(Limits.unhurried(), rich=False)
    async with make_world(tmp_path, PEOPLE, delivery=CORRECTS, limits=limits) as made:
        yield made


async def subscribed(world: World, mode: Mode) -> None:
    async with world.storage() as storage:
        row = ImportRow(chat_id=LIN, language="zh", mode=mode)
        await storage.subscribers.import_rows([row], utc_now())


async def asked(world: World) -> Message:
    """The question below a sample."""
    (board,) = await world.said(LIN, "/settings")
    _, question = await world.tapped(board, "富文本", answers=2)
    return question


async def test_only_a_yes_to_the_sample_chooses_it_even_after_a_restart(world: World) -> None:
    await subscribed(world, Mode.FULL)
    async with world.bot():
        (board,) = await world.said(LIN, "/settings")
        sample, question = await world.tapped(board, "富文本", answers=2)
        assert sample.blocks is not None
        assert (await world.subscriber(LIN)).cut.mode is Mode.FULL
    async with world.bot():
        await world.tapped(question, "是，显示正常")
        said = await world.rewritten(question)
        assert (await world.subscriber(LIN)).cut.mode is Mode.RICH
        await world.tapped(said, "换回原来的样子")
        await world.rewritten(said)
        assert (await world.subscriber(LIN)).cut.mode is Mode.FULL


async def test_a_no_leaves_all_as_it_was(world: World) -> None:
    await subscribed(world, Mode.HEADLINES)
    async with world.bot():
        question = await asked(world)
        await world.tapped(question, "不，回到原来的样子")
        await world.rewritten(question)
        assert (await world.subscriber(LIN)).cut.mode is Mode.HEADLINES


async def test_who_goes_back_after_a_yes_is_where_they_were(world: World) -> None:
    await subscribed(world, Mode.HEADLINES)
    async with world.bot():
        question = await asked(world)
        await world.tapped(question, "是，显示正常")
        said = await world.rewritten(question)
        assert (await world.subscriber(LIN)).cut.mode is Mode.RICH
        await world.tapped(said, "换回原来的样子")
        await world.rewritten(said)
        assert (await world.subscriber(LIN)).cut.mode is Mode.HEADLINES


async def test_an_issue_comes_as_one_rich_message_and_is_corrected_in_place(world: World) -> None:
    await subscribed(world, Mode.RICH)
    async with world.bot():
        world.write(DAY)
        (issue,) = await world.telegram.received(LIN, 1)
        assert issue.blocks is not None
        await world.recorded(DAY, LIN)
        file = world.folder / f"{DAY}.md"
        file.write_text(file.read_text("utf-8").replace("精度不降", "精度略升"), "utf-8")
        corrected = await world.rewritten(issue)
        assert corrected.blocks is not None
        assert "精度略升" in corrected.text
        assert len(world.telegram.chat(LIN).from_bot) == 1


async def test_where_telegram_knows_none_the_sample_says_so_and_nothing_changes(old_world: World) -> None:
    await subscribed(old_world, Mode.FULL)
    async with old_world.bot():
        (board,) = await old_world.said(LIN, "/settings")
        (button,) = [one for one in board.buttons if "富文本" in one.text]
        query = await old_world.telegram.press(LIN, board.message_id, button.data or "")
        assert "还不能发富文本" in (await old_world.telegram.answer(query)).text
        assert len(old_world.telegram.chat(LIN).from_bot) == 1
        assert (await old_world.subscriber(LIN)).cut.mode is Mode.FULL


async def test_where_telegram_knows_none_any_more_the_issue_comes_in_full_which_is_said_once(
    old_world: World,
) -> None:
    await subscribed(old_world, Mode.RICH)
    async with old_world.bot():
        old_world.write(DAY)
        await old_world.recorded(DAY, LIN)
        told = [message.text for message in old_world.telegram.chat(LIN).from_bot]
        assert "还不能显示富文本" in told[0]
        assert sum("精度不降" in text for text in told) == 1
        assert (await old_world.subscriber(LIN)).cut.mode is Mode.FULL
        old_world.write("2026-01-06")
        await old_world.recorded("2026-01-06", LIN)
        later = [message.text for message in old_world.telegram.chat(LIN).from_bot][len(told) :]
        assert later
        assert not any("富文本" in text for text in later)

"""An issue in one message: unfolded and folded in place, by whom and whenever."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.model import DeliveryState, Destination, Mode, Purpose
from bot.runtime.clock import utc_now
from bot.sandbox import Group, Message, Person
from bot.settings.sections import DeliverySettings
from bot.storage import ImportRow
from tests.acceptance.world import LIN, World, make_world
from tests.waiting import until

DAY, OLD = "2026-01-05", "2025-11-03"
GROUP = Group(id=-500, title="量化读书会", type="supergroup", owner=LIN)


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    people = (Person(id=LIN, first_name="小林", language_code="zh-hans", started=True),)
    corrects = DeliverySettings(rate=100, per_chat=0, expires_after=3650, edits="auto")
    async with make_world(tmp_path, people, (GROUP,), delivery=corrects) as made:
        yield made


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


async def one_message_for(world: World, *chats: int) -> None:
    """The chats subscribe, each issue as one message."""
    rows = [ImportRow(chat_id=one, language="zh", mode=Mode.ONE) for one in chats]
    async with world.storage() as storage:
        await storage.subscribers.import_rows(rows, utc_now())


async def pushed(world: World, chat_id: int) -> Message:
    world.write(DAY)
    (message,) = await world.telegram.received(chat_id, 1)
    await world.recorded(DAY, chat_id)
    return message


async def turned(world: World, message: Message, label: str) -> Message:
    """The message after a tap on one of its buttons."""
    await world.tapped(message, label)
    return await world.rewritten(message)


async def test_it_is_chosen_in_the_settings_and_undone_by_one_tap(world: World) -> None:
    world.write(OLD)
    async with world.bot():
        await world.said(LIN, "/start")
        (board,) = await world.said(LIN, "/settings")
        board = await turned(world, board, "一条消息")
        assert "✅ 一条消息" in labels(board)
        assert (await world.subscriber(LIN)).cut.mode is Mode.ONE
        board = await turned(world, board, "全文")
        assert (await world.subscriber(LIN)).cut.mode is Mode.FULL


async def test_a_section_unfolds_and_folds_in_place_however_often_it_is_tapped(world: World) -> None:
    await one_message_for(world, LIN)
    async with world.bot():
        folded = await pushed(world, LIN)
        assert "通道剪枝再思考" in folded.text
        assert "精度不降" not in folded.text
        (data,) = [button.data for button in folded.buttons if button.text == "▸ 论文 2"]
        taps = [await world.telegram.press(LIN, folded.message_id, data or "") for _ in range(3)]
        assert [(await world.telegram.answer(tap)).text for tap in taps] == ["", "", ""]
        unfolded = await world.rewritten(folded)
        assert "精度不降" in unfolded.text
        assert (await turned(world, unfolded, "▾ 论文")).text == folded.text
        assert len(world.telegram.chat(LIN).from_bot) == 1


async def test_it_unfolds_after_a_restart_too(world: World) -> None:
    await one_message_for(world, LIN)
    async with world.bot():
        folded = await pushed(world, LIN)
    async with world.bot():
        assert "精度不降" in (await turned(world, folded, "▸ 论文")).text


async def test_a_back_issue_unfolds_and_keeps_its_way_to_the_others(world: World) -> None:
    await one_message_for(world, LIN)
    world.write(OLD)
    world.write(DAY)
    async with world.bot():
        before = len(world.telegram.chat(LIN).from_bot)
        await world.telegram.say(LIN, f"/issue {OLD}")
        (issue,) = (await world.telegram.received(LIN, before + 1))[before:]
        await world.recorded(OLD, LIN, Purpose.REQUEST)
        assert f"{DAY} ▸" in labels(issue)
        unfolded = await turned(world, issue, "▸ 开源项目")
        assert "int8" in unfolded.text
        assert labels(unfolded)[-1] == f"{DAY} ▸"


async def test_a_correction_changes_what_stands_unfolded_and_leaves_it_so(world: World) -> None:
    await one_message_for(world, LIN)
    async with world.bot():
        folded = await pushed(world, LIN)
        unfolded = await turned(world, folded, "▸ 论文")
        await until(lambda: noted(world, "papers"))
        (world.folder / f"{DAY}.md").write_text(
            (world.folder / f"{DAY}.md").read_text("utf-8").replace("精度不降", "精度略升"), "utf-8"
        )
        corrected = await world.rewritten(unfolded)
        assert "精度略升" in corrected.text
        assert "▾ 论文 2" in labels(corrected)
        assert "精度略升" not in (await turned(world, corrected, "▾ 论文")).text


async def noted(world: World, face: str) -> bool:
    async with world.storage() as storage:
        row = await storage.deliveries.get(DAY, Destination(LIN), Purpose.PUSH)
    return row is not None and row.state is DeliveryState.SENT and row.parts[0].face == face


async def test_in_a_group_it_unfolds_for_all_which_is_said_and_seldom_enough(world: World) -> None:
    await one_message_for(world, GROUP.id)
    async with world.bot():
        message = await pushed(world, GROUP.id)
        told = []
        for _ in range(9):
            (button,) = [one for one in message.buttons if "论文" in one.text]
            query = await world.telegram.press(GROUP.id, message.message_id, button.data or "", by=LIN)
            told.append((await world.telegram.answer(query)).text)
            if told[-1] == told[0]:
                message = await world.rewritten(message)
    assert told[0] == "在群里，所有人看到的都变了"
    assert told[-1] == "群里翻得太勤了，一分钟后再点"
    assert told.count(told[0]) == 8

"""/forget: what is kept is told, and all of it deleted; in groups by administrators alone."""

import json
from pathlib import Path

import pytest

from bot.model import Destination, Happening, Purpose
from bot.runtime.clock import utc_now
from bot.sandbox import Group, Message
from bot.settings.sections import DeliverySettings
from bot.storage.tallies import QUARTER
from tests.acceptance.world import ADA, DE, LIN, World, make_world
from tests.waiting import until

WHOLE = 5  # messages of the test issue
GROUP = -4001


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


async def forgotten(world: World, chat: int, label: str = "全部删除") -> Message:
    """The answer to a chat that has asked to be forgotten."""
    *_, question = await world.said(chat, "/forget")
    await world.tapped(question, label)
    return await world.rewritten(question)


async def test_all_that_is_kept_is_told_and_deleted_and_the_next_start_is_a_strangers(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        welcome, *_ = await world.said(LIN, "/start", answers=1 + WHOLE)
        await world.recorded("2026-03-02", LIN)
        await world.said(LIN, "/topic 量化")
        (found,) = await world.said(LIN, "/search 四比特")
        (item,) = await world.tapped(found, "1", answers=1)
        await world.tapped(item, "☆")
        await world.rewritten(item)
        (question,) = await world.said(LIN, "删除我的数据")
        assert "• 订阅（" in question.text
        assert "• 1 条收藏" in question.text
        assert "• 1 期简报的发送记录" in question.text
        assert labels(question) == ["🗑 全部删除", "取消"]
        await world.tapped(question, "全部删除")
        answer = await world.rewritten(question)
        assert "没有留下任何资料" in answer.text
        assert not answer.buttons
        async with world.storage() as storage:
            assert await storage.subscribers.get(Destination(LIN)) is None
            assert await storage.deliveries.get("2026-03-02", Destination(LIN), Purpose.PUSH) is None
            assert await storage.saved_items.count(LIN) == 0
            counted = (await storage.tallies.by_issue(utc_now() - QUARTER))["2026-03-02"]
            assert counted[Happening.STOPPED] == 1
        (nothing,) = await world.said(LIN, "/forget")
        assert "什么都没有存" in nothing.text
        again, *issue = await world.said(LIN, "/start", answers=1 + WHOLE)
        assert again.text == welcome.text
        assert len(issue) == WHOLE


async def test_cancel_changes_nothing(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        await world.said(ADA, "/start", answers=1 + WHOLE)
        await world.recorded("2026-03-02", ADA)
        assert (await forgotten(world, ADA, "Cancel")).text == "Fine, everything stays as it was."
        assert (await world.subscriber(ADA)).state == "active"
        assert await world.state("2026-03-02", ADA)


async def test_nothing_of_an_issue_under_way_comes_after_it(tmp_path: Path) -> None:
    slow = DeliverySettings(rate=100, per_chat=0.5, expires_after=3650)
    async with make_world(tmp_path, delivery=slow) as world:
        async with world.bot():
            for chat in (LIN, DE):
                await world.said(chat, "/start")
            world.write("2026-03-02")
            await world.telegram.received(LIN, 2)
            await forgotten(world, LIN)
            came = world.telegram.chat(LIN).from_bot
            await world.telegram.received(DE, 1 + WHOLE)
            await world.recorded("2026-03-02", DE)
            world.write("2026-03-03")
            await world.telegram.received(DE, 1 + 2 * WHOLE)
            await world.recorded("2026-03-03", DE)
        assert len(came) < 2 + WHOLE
        assert world.telegram.chat(LIN).from_bot == came


async def test_who_had_stopped_is_forgotten_too_and_told_of_nothing_missed(world: World) -> None:
    async with world.bot():
        await world.said(LIN, "/start")
        (question,) = await world.said(LIN, "/stop")
        await world.tapped(question, "停止订阅")
        await world.rewritten(question)
        world.write("2026-03-02")
        async with world.storage() as storage:
            await until(storage.listed_issues.count)
        assert "没有留下" in (await forgotten(world, LIN)).text
        (answer,) = await world.said(LIN, "/saved")
        assert "还没有收藏" in answer.text


async def test_no_button_of_an_old_message_makes_a_forgotten_chat_known_again(world: World) -> None:
    async with world.bot():
        await world.said(LIN, "/start")
        (question,) = await world.said(LIN, "/stop")
        await world.tapped(question, "停止订阅")
        await world.rewritten(question)
        world.write("2026-03-02")
        async with world.storage() as storage:
            await until(storage.listed_issues.count)
        (told,) = await world.said(LIN, "/catchup")
        await forgotten(world, LIN)
        await world.tapped(told, "不用了")
        await world.rewritten(told)
        async with world.storage() as storage:
            assert await storage.missed_issues.declined_at(Destination(LIN)) is None


async def test_of_whom_nothing_is_known_nothing_is_deleted_and_that_is_said(world: World) -> None:
    async with world.bot(), world.storage() as storage:
        for command in ("/forget", "/mydata"):
            (answer,) = await world.said(ADA, command)
            assert "Nothing is kept about this chat" in answer.text
            assert not answer.buttons
        assert await storage.kept_rows.of(ADA) == {}


async def test_what_only_was_declined_is_forgotten_unasked(world: World) -> None:
    async with world.bot(), world.storage() as storage:
        await storage.missed_issues.decline(Destination(LIN), utc_now())
        (answer,) = await world.said(LIN, "/forget")
        assert "没有留下" in answer.text
        assert await storage.missed_issues.declined_at(Destination(LIN)) is None


async def test_all_that_is_kept_comes_as_a_document_some_times_a_day(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        await world.said(LIN, "/start", answers=1 + WHOLE)
        await world.recorded("2026-03-02", LIN)
        await world.said(LIN, "/topic 量化")
        for _ in range(3):
            told, file = await world.said(LIN, "/mydata", answers=2)
            assert "存下的一切" in told.text
            assert file.document is not None
            assert file.document.name == "mydata.json"
            kept = json.loads(file.document.data)
        assert kept["chat"] == LIN
        assert kept["subscribers"][0]["topics"] == "quantization"
        assert len(kept["deliveries"][0]["parts"]) == WHOLE
        (enough,) = await world.said(LIN, "我的数据")
        assert "明天" in enough.text


async def test_in_a_group_only_administrators_get_what_is_kept(tmp_path: Path) -> None:
    group = Group(id=GROUP, title="读者群", owner=DE)
    async with make_world(tmp_path, groups=(group,)) as world, world.bot():
        await world.telegram.say(GROUP, "/start", by=DE)
        await world.telegram.received(GROUP, 1)
        (refused,) = await world.said(GROUP, "/mydata")
        assert "管理员" in refused.text
        await world.telegram.say(GROUP, "/mydata", by=DE)
        *_, file = await world.telegram.received(GROUP, 4)
        assert file.document is not None


@pytest.mark.parametrize(("command", "label"), [("/stop", "停止订阅"), ("/forget", "🗑 全部删除")])
async def test_in_a_group_only_administrators_decide(tmp_path: Path, command: str, label: str) -> None:
    group = Group(id=GROUP, title="读者群", owner=DE)
    async with make_world(tmp_path, groups=(group,)) as world, world.bot():
        await world.telegram.say(GROUP, "/start", by=DE)
        await world.telegram.received(GROUP, 1)
        (refused,) = await world.said(GROUP, command)
        assert "管理员" in refused.text
        assert not refused.buttons
        await world.telegram.say(GROUP, command, by=DE)
        question = (await world.telegram.received(GROUP, 3))[-1]
        query = await world.telegram.press(GROUP, question.message_id, label, by=LIN)
        assert "管理员" in ((await world.telegram.answer(query)).text or "")
        assert (await world.subscriber(GROUP)).state == "active"
        await world.telegram.press(GROUP, question.message_id, label, by=DE)
        assert not any("管理员" in button for button in labels(await world.rewritten(question)))
        async with world.storage() as storage:
            found = await storage.subscribers.get(Destination(GROUP))
        assert found is None or found.state == "stopped"

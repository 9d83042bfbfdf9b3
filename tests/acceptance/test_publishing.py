"""From a file in the folder to messages in chats, over real HTTP."""

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import Cut, DeliveryState, Destination, Purpose, SubscriberState
from bot.runtime.clock import utc_now
from bot.runtime.editorial import make_editorial
from bot.runtime.pauses import PAUSED_UNTIL
from bot.sandbox import Group
from bot.settings import shipped
from bot.settings.profiles import read_profile
from bot.settings.sections import DeliverySettings
from tests.acceptance.world import ADA, DE, ISSUE, LIN, TOKEN, World, make_world
from tests.apart import apart

GROUP, SUPERGROUP = -100500, -100501
WHOLE = 5  # messages of the test issue: contents, flash news, three sections
NUMBERED = "# 样刊 {day}\n\n## 工具\n\n1、[甲](https://example.com/{day})\n\n甲的说明。\n"  # two messages


async def subscribed(world: World, *chats: int) -> None:
    for chat in chats:
        await world.said(chat, "/start")


async def test_issues_found_on_the_first_start_are_archive_and_pushed_to_nobody(world: World) -> None:
    world.write("2026-01-05")
    async with world.bot():
        (answer,) = await world.said(LIN, "/issues")
    assert "2026-01-05" in answer.text
    assert await world.state("2026-01-05", LIN) is None


async def test_what_expired_while_the_bot_was_away_is_not_sent(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        pass
    async with world.storage() as storage:
        long_ago = utc_now() - timedelta(days=world.configuration.settings.delivery.expires_after + 1)
        await storage.subscribers.join(Destination(LIN), Cut(), long_ago)
        await storage.planner.push("2026-03-02", long_ago)
    async with world.bot():
        await world.said(LIN, "/help")
    assert await world.state("2026-03-02", LIN) is DeliveryState.SKIPPED
    assert len(world.telegram.chat(LIN).from_bot) == 1


async def test_who_joins_gets_the_newest_issue_at_once(world: World) -> None:
    world.write("2026-01-05", highlight="旧刊")
    world.write("2026-02-02", highlight="新刊")
    async with world.bot():
        welcome, contents, *rest = await world.said(LIN, "/start", answers=1 + WHOLE)
    assert "欢迎" in welcome.text
    assert "新刊" in contents.text
    assert len(rest) == WHOLE - 1


async def test_an_issue_that_appears_later_reaches_every_subscriber_exactly_once(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN, ADA, DE)
        world.write("2026-03-02")
        for chat in (LIN, ADA, DE):
            await world.telegram.received(chat, 1 + WHOLE)
        world.write("2026-03-16", highlight="下一期")
        for chat in (LIN, ADA, DE):
            messages = await world.telegram.received(chat, 1 + 2 * WHOLE)
            texts = [message.text for message in messages]
            assert len(texts) == len(set(texts))


async def test_only_the_contents_make_a_sound(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN)
        world.write("2026-03-02")
        _, *issue = await world.telegram.received(LIN, 1 + WHOLE)
    assert [message.silent for message in issue] == [False, True, True, True, True]


async def test_a_follower_gets_the_matching_items_and_the_rest_on_demand(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN)
        await world.said(LIN, "/topic 量化")
        world.write("2026-03-02")
        _, _, contents, *sections = await world.telegram.received(LIN, 5)
        assert "5 条中有 2 条关于：量化" in contents.text
        shown = "\n".join(message.text for message in sections)
        assert "四比特量化的新方法" in shown
        assert "量化工具箱发布" in shown
        assert "剪枝再思考" not in shown
        rest = await world.tapped(contents, "看其余 3 条", answers=4)
    left = "\n".join(message.text for message in rest)
    assert "通道剪枝再思考" in left
    assert "晶圆代工价格上调" in left
    assert "四比特量化" not in left


async def test_an_issue_without_any_of_the_words_comes_silently_with_its_rest(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN)
        await world.said(LIN, "/topic FlashAttention")
        world.write("2026-03-02")
        (*_, contents) = await world.telegram.received(LIN, 2 + 1)
    assert "没有关于「“FlashAttention”」的内容" in contents.text
    assert contents.silent
    assert [(button.data or "").rpartition(":")[0] for button in contents.buttons] == ["rest:2026-03-02"]


async def test_a_restart_in_mid_issue_goes_on_where_it_was(tmp_path: Path) -> None:
    unhurried = DeliverySettings(rate=100, per_chat=0.2)
    async with make_world(tmp_path, delivery=unhurried) as world:
        async with world.bot():
            await subscribed(world, LIN)
            world.write("2026-03-02")
            await world.telegram.received(LIN, 1 + 2)
        before = len(world.telegram.chat(LIN).from_bot)
        assert before < 1 + WHOLE
        assert await world.state("2026-03-02", LIN) is DeliveryState.SENDING
        async with world.bot():
            messages = await world.telegram.received(LIN, 1 + WHOLE)
            await world.recorded("2026-03-02", LIN)
    texts = [message.text for message in messages]
    assert len(set(texts)) == len(texts) == 1 + WHOLE


async def test_a_stop_in_mid_delivery_lets_what_is_in_flight_arrive_and_be_recorded(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN, DE)
        world.telegram.faults.add("slow", methods={"sendMessage"}, times=None, delay=0.3)
        world.write("2026-03-02")
        await world.telegram.received(LIN, 1 + 1)
    world.telegram.faults.clear()
    for chat in (LIN, DE):
        assert await world.state("2026-03-02", chat) is DeliveryState.SENDING
    async with world.bot():
        for chat in (LIN, DE):
            messages = await world.telegram.received(chat, 1 + WHOLE)
            assert len({message.text for message in messages}) == len(messages) == 1 + WHOLE


async def test_a_person_who_blocks_the_bot_is_skipped_and_delays_nobody(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN, ADA, DE)
        world.telegram.faults.add("blocked", chats={ADA}, methods={"sendMessage"}, times=None)
        world.write("2026-03-02")
        for chat in (LIN, DE):
            await world.telegram.received(chat, 1 + WHOLE)
        world.write("2026-03-16")
        for chat in (LIN, DE):
            await world.telegram.received(chat, 1 + 2 * WHOLE)
    assert len(world.telegram.chat(ADA).from_bot) == 1
    assert await world.state("2026-03-02", ADA) is DeliveryState.SKIPPED
    async with world.storage() as storage:
        assert (await storage.subscribers.counts())[SubscriberState.BLOCKED] == 1


async def test_who_blocked_and_returns_is_a_subscriber_again(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN)
        world.telegram.block(LIN)
        world.telegram.unblock(LIN)
        await world.said(LIN, "/help")
        world.write("2026-03-02")
        await world.telegram.received(LIN, 2 + WHOLE)


async def test_who_stopped_gets_nothing_more(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN, ADA)
        (question,) = await world.said(LIN, "/stop")
        await world.tapped(question, "停止订阅")
        await world.rewritten(question)
        before = len(world.telegram.chat(LIN).from_bot)
        world.write("2026-03-02")
        await world.telegram.received(ADA, 1 + WHOLE)
        await world.recorded("2026-03-02", ADA)
    assert len(world.telegram.chat(LIN).from_bot) == before


async def test_a_429_is_waited_out_as_told_and_loses_nothing(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN, DE)
        world.telegram.faults.add("429", chats={LIN}, after=1)
        world.write("2026-03-02")
        await world.telegram.received(DE, 1 + WHOLE)
        messages = await world.telegram.received(LIN, 1 + WHOLE)
    assert len({message.text for message in messages}) == 1 + WHOLE


async def test_a_pause_that_another_process_was_told_is_kept(world: World) -> None:
    async with world.storage() as storage:
        await storage.timestamps.set(PAUSED_UNTIL, utc_now() + timedelta(hours=1))
    async with world.bot():
        await world.telegram.say(LIN, "/help")
        await world.telegram.say(LIN, "/start")
        await world.subscriber(LIN)  # so the one before was dealt with
    assert world.telegram.requests.of("sendMessage") == ()


async def test_a_group_that_became_a_supergroup_goes_on_there_and_is_not_sought_where_it_was(
    tmp_path: Path,
) -> None:
    async with make_world(tmp_path, groups=(Group(id=GROUP, title="读者群"),)) as world:
        async with world.bot():
            await world.said(GROUP, "/start")
            world.telegram.migrate(GROUP, SUPERGROUP)
            await world.subscriber(SUPERGROUP)
            world.write("2026-03-02")
            await world.telegram.received(SUPERGROUP, WHOLE)
        assert len(world.telegram.chat(GROUP).from_bot) == 1
        sent = world.telegram.requests.of("sendMessage")
        assert len(sent) == 1 + WHOLE  # none was refused
        told = world.telegram.chat(SUPERGROUP).from_bot
        buttons = {button.text for message in told for button in message.buttons}
        assert buttons == {"👍", "👎"}  # all others are for one person


async def test_an_issue_of_the_future_waits_for_its_day(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN)
        world.write("2999-01-01")
        world.write("2026-03-02")
        await world.telegram.received(LIN, 1 + WHOLE)
        (answer,) = await world.said(LIN, "/issues")
    assert "2999" not in answer.text
    assert await world.state("2999-01-01", LIN) is None


async def test_a_deep_link_does_not_open_an_issue_that_waits_for_its_day(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN)
        world.write("2999-01-01")
        world.write("2026-03-16")
        await world.telegram.received(LIN, 1 + WHOLE)
        (answer,) = await world.said(ADA, "/start issue_2999-01-01")
    assert "There is no issue “2999-01-01”" in answer.text
    assert not [button for button in answer.buttons if "2999" in button.text]


async def test_an_issue_that_has_a_number_is_found_by_it(world: World) -> None:
    profile = read_profile(shipped("config"), "numbered-paragraphs")
    numbered = replace(world, configuration=replace(world.configuration, profile=apart(profile)))
    for number in ("issue-299", "issue-300"):
        numbered.write(number, text=NUMBERED)
    async with numbered.bot():
        await numbered.said(LIN, "/start", answers=1 + 2)
        await numbered.recorded("issue-300", LIN)
        for word in ("300", "#300"):
            contents, _ = await numbered.said(LIN, word, answers=2)
            assert "样刊 issue-300" in contents.text
            await numbered.recorded("issue-300", LIN, Purpose.REQUEST)
        (answer,) = await numbered.said(LIN, "3")
        assert "样刊 issue-300" not in answer.text


async def test_an_operator_publishes_an_issue_before_its_day(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN)
        world.write("2999-01-01")
        async with world.storage() as storage:
            editorial = make_editorial(world.configuration, storage)
            await editorial.intake.read(utc_now())
            published = await editorial.publisher.publish("2999-01-01", utc_now())
        messages = await world.telegram.received(LIN, 1 + WHOLE)
    assert published.planned == 1
    assert "2999年1月1日" in messages[1].text


async def test_a_correction_waits_until_the_issue_has_arrived_and_then_shows(world: World) -> None:
    async with world.bot():
        await subscribed(world, LIN)
        world.write("2026-03-02", highlight="量花")
        await world.telegram.received(LIN, 1 + WHOLE)
        world.write("2026-03-02", highlight="量化")
        (listing,) = await world.said(LIN, "/issues")
        while "量花" in listing.text:
            (listing,) = await world.said(LIN, "/issues")
        contents, *_ = await world.said(LIN, "/issue 2026-03-02", answers=WHOLE)
        pushed = [message for message in world.telegram.chat(LIN).from_bot if not message.silent]
    assert "量化" in contents.text
    assert "量花" in pushed[1].text


async def test_nothing_a_person_or_operator_sees_holds_the_token(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with world.bot():
        await subscribed(world, LIN, DE)
        world.telegram.faults.add("5xx", chats={LIN})
        world.telegram.faults.add("reset", chats={DE})
        world.write("2026-03-02")
        for chat in (LIN, DE):
            await world.telegram.received(chat, 1 + WHOLE, timeout=30)
    chats = [world.telegram.chat(chat).messages for chat in (LIN, DE)]
    seen = caplog.text + repr(world.configuration) + repr(chats)
    assert TOKEN not in seen


async def test_an_item_of_an_issue_that_was_taken_back_says_so(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        (found,) = await world.said(LIN, "/search 四比特")
        data = found.buttons[0].data or ""
        async with world.storage() as storage:
            await storage.planner.retract("2026-03-02", utc_now())
        query = await world.telegram.press(LIN, found.message_id, data)
        assert (await world.telegram.answer(query)).text == "这一期已撤回"
        ref = data.split(":")[1].replace("/", "_")
        (answer,) = await world.said(LIN, f"/start item_{ref}")
        assert "已由编辑撤回" in answer.text


async def test_a_saved_item_lives_through_a_correction(world: World) -> None:
    world.write("2026-03-02")
    async with world.bot():
        (found,) = await world.said(LIN, "/search 四比特")
        (item,) = await world.tapped(found, "1", answers=1)
        await world.tapped(item, "☆")
        world.write("2026-03-02", text=ISSUE.replace("四比特量化的新方法", "四比特量化的更正"))
        while "更正" not in item.text:
            (saved,) = await world.said(LIN, "/saved")
            (item,) = await world.tapped(saved, "1", answers=1)
        assert "★" in [button.text for button in item.buttons]

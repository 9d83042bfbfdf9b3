"""How an issue stands in a channel: rich where who sets it up saw a sample, never to be unfolded."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model import Mode
from bot.sandbox import CHANNEL as CHANNEL_GROUP
from bot.sandbox import Limits, Message
from tests.acceptance.test_channels import CHANNEL, CODE, known, set_up, shown, tapped, texts
from tests.acceptance.world import ADA, LIN, World, make_world

DAY = "2026-03-02"
GROUPS = (replace(CHANNEL_GROUP, owner=LIN),)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with make_world(tmp_path, groups=GROUPS) as world:
        await world.telegram.say(LIN, "/help")
        yield world


@pytest.fixture
async def old_world(tmp_path: Path) -> AsyncIterator[World]:
    """One whose Telegram knows no rich messages."""
    async with make_world(tmp_path, groups=GROUPS, limits=replace(Limits.unhurried(), rich=False)) as world:
        await world.telegram.say(LIN, "/help")
        yield world


async def mode(world: World) -> Mode:
    """How issues come to the channel."""
    subscriber = await known(world)
    assert subscriber is not None
    return subscriber.cut.mode


async def question(world: World) -> Message:
    """What is asked below the sample, which came to who sets the channel up and not into the channel."""
    board = await set_up(world)
    await tapped(world, board, f"c:{CODE}:set:mode:rich")
    asked = await shown(world, LIN, "看到的是这样吗")
    sample = next(one for one in world.telegram.chat(LIN).from_bot if one.blocks is not None)
    assert sample.message_id < asked.message_id
    assert texts(world, CHANNEL) == []
    return asked


async def test_the_settings_say_why_one_message_is_not_for_channels(world: World) -> None:
    async with world.bot():
        await set_up(world)
        board = await shown(world, LIN, "「一条消息」不用于频道：谁点开一个栏目，所有人看到的都会展开。")
        labels = [one.text for one in board.buttons]
        assert "富文本（试用）" in labels
        assert "一条消息" not in labels
        assert await tapped(world, board, f"c:{CODE}:set:mode:one") == "这个按钮已经失效"
        assert await mode(world) is Mode.FULL


async def test_rich_is_chosen_by_who_saw_the_sample_and_comes_as_one_post(world: World) -> None:
    async with world.bot():
        asked = await question(world)
        assert await mode(world) is Mode.FULL
        yes = next(one for one in asked.buttons if "是" in one.text)
        assert yes.data == f"c:{CODE}:rich:yes"
        await tapped(world, asked, yes.data or "")
        said = await shown(world, LIN, "每期是一条富文本消息")
        assert await mode(world) is Mode.RICH
        world.write(DAY)
        await world.telegram.received(CHANNEL, 1)
        await world.recorded(DAY, CHANNEL)
        (post,) = world.telegram.chat(CHANNEL).from_bot
        assert post.blocks is not None
        assert post.buttons == ()
        assert post.edited is None
        back = next(one for one in said.buttons if "换回原来的样子" in one.text)
        await tapped(world, said, back.data or "")
        await shown(world, LIN, "照原来的样子")
        assert await mode(world) is Mode.FULL
        assert await known(world, LIN) is None


async def test_who_administers_it_no_more_does_not_answer_for_it(world: World) -> None:
    world.telegram.promote(CHANNEL, ADA)
    await world.telegram.say(ADA, "/help")
    async with world.bot():
        await set_up(world)
        world.telegram.forward(CHANNEL, ADA)
        board = await shown(world, ADA, "Length")
        await tapped(world, board, f"c:{CODE}:set:mode:rich", by=ADA)
        asked = await shown(world, ADA, "Does this look right?")
        world.telegram.demote(CHANNEL, ADA)
        refusal = await tapped(world, asked, f"c:{CODE}:rich:yes", by=ADA)
        assert refusal == "Only the channel's administrators may set it up"
        assert await mode(world) is Mode.FULL


async def test_where_telegram_takes_no_rich_message_nothing_changes(old_world: World) -> None:
    async with old_world.bot():
        board = await set_up(old_world)
        await tapped(old_world, board, f"c:{CODE}:set:mode:rich")
        assert await mode(old_world) is Mode.FULL
        assert texts(old_world, CHANNEL) == []

"""The contents of the newest issue are on top of a channel, where that is wanted and allowed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.runtime.clock import utc_now
from bot.sandbox import CHANNEL as CHANNEL_GROUP
from bot.sandbox import Message
from tests.acceptance.test_channels import CHANNEL, CODE, set_up, shown, tapped, texts
from tests.acceptance.world import LIN, World, make_world

OLD, NEW = "2026-01-05", "2026-03-02"
SHORT = """\
# 嵌入式AI简报 ({day})：{highlight}

## 论文

- [四比特量化的新方法 | 知乎](https://example.com/{day}/quant)
摘要：量化到四比特（{day}）。

## 开源项目

- [量化工具箱发布 | GitHub](https://example.com/{day}/toolbox)
摘要：支持 int4（{day}）。
"""
NOT_ALLOWED = "没有置顶的权限"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with make_world(tmp_path, groups=(replace(CHANNEL_GROUP, owner=LIN),)) as world:
        await world.telegram.say(LIN, "/help")
        yield world


def on_top(world: World) -> list[str]:
    """The texts of the pinned posts, the last one last."""
    channel = world.telegram.chat(CHANNEL)
    found = [channel.find(one) for one in channel.pinned]
    return [one.text for one in found if one is not None]


async def topped(world: World, *days: str) -> None:
    """Until just the contents of these issues are on top."""

    def is_so() -> bool:
        found = on_top(world)
        return len(found) == len(days) and all(map(_names, found, days))

    await world.telegram.until(is_so)


def _names(text: str, day: str) -> bool:
    """Whether it is the contents of an issue."""
    year, month, date = map(int, day.split("-"))
    return f"{year}年{month}月{date}日" in text and "本期内容" in text


async def pinning(world: World) -> Message:
    """The settings of a channel that pins."""
    board = await set_up(world)
    assert await tapped(world, board, f"c:{CODE}:pins:yes") == "已保存"
    return await labelled(world, "✅ 置顶最新一期的目录")


async def labelled(world: World, label: str) -> Message:
    """The settings of the channel once they have a button of this label."""

    def found() -> list[Message]:
        posts = world.telegram.chat(LIN).from_bot
        return [one for one in posts if any(button.text == label for button in one.buttons)]

    await world.telegram.until(lambda: bool(found()))
    return found()[-1]


async def test_each_new_issue_is_pinned_in_silence_and_the_one_before_taken_down(world: World) -> None:
    async with world.bot():
        await pinning(world)
        world.write(OLD)
        await topped(world, OLD)
        world.write(NEW)
        await topped(world, NEW)
        pins = [one for one in world.telegram.requests if one.method == "pinChatMessage"]
        assert len(pins) == 2
        assert all(one.params["disable_notification"] for one in pins)


async def test_who_switches_it_on_sees_the_newest_pinned_at_once_and_off_again(world: World) -> None:
    world.write(NEW)
    async with world.bot():
        board = await set_up(world)
        await shown(world, CHANNEL, "四比特")
        assert on_top(world) == []
        await tapped(world, board, f"c:{CODE}:pins:yes")
        await topped(world, NEW)
        await tapped(world, board, f"c:{CODE}:pins:no")
        await topped(world)


async def test_what_somebody_else_pinned_stays(world: World) -> None:
    async with world.bot():
        await pinning(world)
        world.write(OLD)
        await topped(world, OLD)
        section = world.telegram.chat(CHANNEL).from_bot[-1]
        world.telegram.chat(CHANNEL).pinned.append(section.message_id)
        world.write(NEW)
        await world.telegram.until(lambda: any(_names(one, NEW) for one in on_top(world)))
        await world.telegram.until(lambda: not any(_names(one, OLD) for one in on_top(world)))
        assert section.message_id in world.telegram.chat(CHANNEL).pinned


async def test_a_recall_takes_it_down_and_brings_the_issue_before_on_top(world: World) -> None:
    async with world.bot():
        await pinning(world)
        for day in (OLD, NEW):
            world.write(day, text=SHORT)  # a channel takes twenty messages a minute
            await topped(world, day)
        for day, left in ((NEW, (OLD,)), (OLD, ())):
            async with world.storage() as storage:
                await storage.planner.retract(day, utc_now())
            await topped(world, *left)
        await world.telegram.until(lambda: texts(world, CHANNEL) == [])


async def test_a_missing_right_is_told_once_keeps_no_issue_back_and_is_used_once_given(world: World) -> None:
    async with world.bot():
        await pinning(world)
        world.telegram.let_pin(CHANNEL, allowed=False)
        for day in (OLD, NEW):
            world.write(day)
            await shown(world, CHANNEL, f"{day}")
        await shown(world, LIN, NOT_ALLOWED)
        await world.recorded(NEW, CHANNEL)
        await world.telegram.say(LIN, "/channels")
        await tapped(world, await shown(world, LIN, "选一个来设置"), f"c:{CODE}:show:")
        await labelled(world, "✅ 置顶最新一期的目录（缺权限）")
        assert on_top(world) == []
        world.telegram.let_pin(CHANNEL, allowed=True)
        await topped(world, NEW)
        assert sum(NOT_ALLOWED in one for one in texts(world, LIN)) == 1


async def test_what_was_posted_while_nothing_could_be_pinned_is_pinned_by_the_next_process(
    world: World,
) -> None:
    async with world.bot():
        await pinning(world)
    async with world.storage() as storage:
        await storage.pins.note(CHANNEL, None)
    async with world.bot():
        world.write(NEW)
        await world.recorded(NEW, CHANNEL)
    world.telegram.chat(CHANNEL).pinned.clear()
    async with world.storage() as storage:
        await storage.pins.note(CHANNEL, None)
    async with world.bot():
        await topped(world, NEW)

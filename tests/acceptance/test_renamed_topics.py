"""A topic gets another key, or none, between two runs of the bot: what its followers get, and who is told."""

from collections.abc import AsyncIterator, Container
from dataclasses import replace
from pathlib import Path

import pytest

from bot.digest.topics.vocabulary import Topic, Topics
from tests.acceptance.test_admin_chat import asked, code, told
from tests.acceptance.world import ADA, LIN, World, make_world

FIRST, SECOND = "2026-03-02", "2026-03-09"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with make_world(tmp_path) as world:
        yield world


def called(world: World, slug: str, *formerly: str) -> World:
    """The world in which what is about quantization has this key."""
    topics = world.configuration.topics
    named = topics.topics["quantization"].model_copy(update={"formerly": formerly})
    others = {name: one for name, one in topics.topics.items() if name != "quantization"}
    renamed = Topics(topics={slug: named} | {name: bare(one, others) for name, one in others.items()})
    return replace(world, configuration=replace(world.configuration, topics=renamed))


def bare(topic: Topic, others: Container[str]) -> Topic:
    """The topic without what it says of others that are not there."""
    kept = {
        key: tuple(one for one in getattr(topic, key) if one in others) for key in ("yields", "several_of")
    }
    return topic.model_copy(update=kept)


async def test_who_followed_the_former_key_follows_the_new_one_and_gets_its_items(world: World) -> None:
    async with world.bot():
        await world.said(LIN, "/start")
        await world.said(LIN, "/topic 量化")
    after = called(world, "lowbit", "quantization")
    async with after.bot():
        assert (await after.subscriber(LIN)).cut.topics == ("lowbit",)
        after.write(FIRST)
        issue = await told(after, LIN, "条关于：量化")
        assert "没有" not in issue.text


async def test_who_follows_what_is_gone_gets_the_issue_whole_with_the_way_to_others_and_operators_are_told(
    world: World,
) -> None:
    async with world.bot():
        await asked(world, ADA, f"/claim {await code(world)}")
        await world.said(LIN, "/start")
        await world.said(LIN, "/topic 量化")
    after = called(world, "lowbit")
    async with after.bot():
        news = await told(after, ADA, "no topic any more")
        assert news.text.startswith("⚠️ 1 reader follows quantization, which is no topic any more")
        assert "1 follow quantization, which is no topic any more" in await asked(after, ADA, "/status")
        after.write(FIRST)
        issue = await told(after, LIN, "已经没有了")
        await told(after, LIN, "通道剪枝")
        (board,) = await after.tapped(issue, "选主题", answers=1)
        await after.tapped(board, "量化")
        assert (await after.rewritten(board)).text
        assert (await after.subscriber(LIN)).cut.topics == ("lowbit",)
        await told(after, ADA, "✅ Nobody follows quantization any more")

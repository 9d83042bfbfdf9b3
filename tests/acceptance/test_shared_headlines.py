"""Headlines where many read them: each leads to its item in its reader's own chat alone."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import ViewportSize, expect

from bot.model import Cut, Destination, Mode
from bot.runtime.clock import utc_now
from bot.sandbox import CHANNEL, FORUM, Group
from tests.acceptance.world import ADA, LIN, World, make_world
from tests.browser import chromium

PHONE: ViewportSize = {"width": 360, "height": 740}
DAY = "2026-01-05"
GROUP = Group(id=-3001, title="读书组", owner=LIN)
CHANNELS = replace(CHANNEL, joined=True)
HEADLINES = Cut(mode=Mode.HEADLINES)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with make_world(tmp_path, groups=(GROUP, FORUM, CHANNELS)) as world:
        yield world


async def subscribed(world: World, kind: Group) -> Destination:
    """A place of this kind, which gets headlines."""
    thread = world.telegram.forum(kind.id).create("Papers") if kind.is_forum else 0
    to = Destination(kind.id, thread)
    async with world.storage() as storage:
        if kind.type == "channel":
            await storage.channels.note(kind.id, kind.title, kind.username)
        await storage.subscribers.join(to, HEADLINES, utc_now())
    return to


@pytest.mark.parametrize("kind", [GROUP, FORUM, CHANNELS], ids=["group", "topic", "channel"])
async def test_a_headline_opens_its_item_for_who_follows_it_alone(world: World, kind: Group) -> None:
    to = await subscribed(world, kind)
    async with world.bot():
        world.write(DAY)
        there = world.telegram.chat(to.chat)
        await world.telegram.until(lambda: any("通道剪枝" in one.text for one in there.from_bot))
        (post,) = [one for one in there.from_bot if "通道剪枝" in one.text]
        line = next(line for line in post.html.splitlines() if "通道剪枝" in line)
        assert f'href="https://example.com/{DAY}/pruning"' in line
        opens = re.search(r'href="https://t\.me/jianbao_bot\?start=(item_[^"]*)">⤢ 打开<', line)
        assert opens is not None
        before = there.from_bot
        (item,) = await world.said(ADA, f"/start {opens[1]}")
        assert "剪枝之后无需微调" in item.text
        assert there.from_bot == before
        async with world.storage() as storage:
            assert await storage.subscribers.get(Destination(ADA)) is None


async def test_on_the_page_a_headline_of_a_group_leads_into_the_readers_own_chat(world: World) -> None:
    await subscribed(world, GROUP)
    async with world.bot(), chromium() as browser:
        world.write(DAY)
        page = await browser.new_page(locale="zh-CN", viewport=PHONE)
        await page.goto(f"{world.telegram.url}/?chat={GROUP.id}")
        headlines = page.get_by_role("article").filter(has_text="通道剪枝再思考")
        await headlines.get_by_role("button", name="⤢ 打开").nth(2).click()
        item = page.get_by_role("article").filter(has_text="剪枝之后无需微调")
        await expect(item).to_be_visible()
        await expect(item.get_by_role("button", name="☆")).to_be_visible()
        width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]

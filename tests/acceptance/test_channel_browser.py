"""A channel is set up and read on the page of a phone, with the whole bot behind it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from bot.runtime.clock import utc_now
from bot.sandbox import CHANNEL
from tests.acceptance.world import LIN, World, make_world
from tests.browser import chromium
from tests.nightly import nightly

PHONE: ViewportSize = {"width": 390, "height": 844}
DAY = "2026-03-02"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with make_world(tmp_path, groups=(replace(CHANNEL, owner=LIN),)) as world:
        await world.telegram.say(LIN, "/help")
        yield world


async def opened(browser: Browser, world: World, chat_id: int) -> Page:
    """The page, with a chat open."""
    page = await browser.new_page(locale="zh-CN", viewport=PHONE)
    await page.goto(f"{world.telegram.url}/?chat={chat_id}")
    return page


async def set_up(page: Page) -> Locator:
    """The settings of the channel, which pins, as 小林 sees them."""
    await page.get_by_role("button", name="📢 频道 · Digest channel").click()
    await page.get_by_role("button", name="📮 订阅到频道").click()
    await page.get_by_role("button", name="▫️ 置顶最新一期的目录").click()
    board = page.get_by_role("article").filter(has=page.get_by_role("button", name="消息下面带按钮"))
    await expect(board.get_by_role("button", name="✅ 置顶最新一期的目录")).to_be_visible()
    return board


@nightly("the same in a browser as in test_channels.py and test_channel_pins.py")
async def test_a_channel_is_set_up_in_private_gets_an_issue_that_is_pinned_and_loses_it_again(
    world: World, tmp_path: Path
) -> None:
    async with world.bot(), chromium() as browser:
        page = await opened(browser, world, CHANNEL.id)
        for words in ("群里", "进群", "匿名管理员", "在任何聊天里输入"):  # none of which is said of a channel
            await expect(page.get_by_role("main").get_by_text(words)).to_have_count(0)
        await page.locator(".foot").get_by_role("button", name="把机器人加进频道").click()
        private = await opened(browser, world, LIN)
        await set_up(private)

        world.write(DAY)
        articles = page.get_by_role("article")
        contents = articles.filter(has_text="本期内容")
        papers = articles.filter(has_text="精度不降")
        await expect(papers).to_be_visible()
        await contents.get_by_role("button", name="论文").click()
        await expect(papers).to_be_in_viewport()
        await papers.get_by_role("button", name="↑ 目录").click()
        await expect(contents).to_be_in_viewport()
        pinned = page.get_by_role("button", name="📌 嵌入式AI简报")
        await expect(pinned).to_be_visible()
        await page.screenshot(path=tmp_path / "channel.png")
        width = await page.evaluate("document.documentElement.scrollWidth")

        async with world.storage() as storage:
            await storage.planner.retract(DAY, utc_now())
        await expect(articles).to_have_count(0)
        await expect(pinned).to_be_hidden()
    assert width <= PHONE["width"]

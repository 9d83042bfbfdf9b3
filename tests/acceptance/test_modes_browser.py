"""How an issue is read, on the page of a small phone, with the whole bot behind it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.model import Mode
from bot.runtime.clock import utc_now
from bot.sandbox import Person
from bot.storage import ImportRow
from tests.acceptance.world import LIN, World, make_world
from tests.browser import chromium
from tests.nightly import nightly

PHONE: ViewportSize = {"width": 360, "height": 740}
DAY = "2026-01-05"


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    people = (Person(id=LIN, first_name="小林", language_code="zh-hans", started=True),)
    async with make_world(tmp_path, people) as made:
        yield made


@nightly("the same in a browser as in test_one_message.py")
async def test_one_message_unfolds_a_section_folds_it_and_opens_an_item(world: World) -> None:
    async with world.storage() as storage:
        row = ImportRow(chat_id=LIN, language="zh", mode=Mode.ONE)
        await storage.subscribers.import_rows([row], utc_now())
    async with world.bot(), chromium() as browser:
        world.write(DAY)
        page = await browser.new_page(locale="zh-CN", viewport=PHONE)
        await page.goto(f"{world.telegram.url}/?chat={LIN}")
        issue = page.get_by_role("article").filter(has_text="2026年1月5日")
        title = issue.get_by_role("link", name="四比特量化的新方法")
        await expect(title).to_have_attribute("href", f"https://example.com/{DAY}/quant")
        await expect(issue).not_to_contain_text("精度不降")

        await issue.get_by_role("button", name="▸ 论文 2").click()
        await expect(issue).to_contain_text("量化到四比特，精度不降")
        await expect(issue.get_by_role("link", name="论文", exact=True)).to_be_visible()
        await expect(issue).to_contain_text("晶圆代工价格上调")

        await issue.get_by_role("button", name="▾ 论文 2").click()
        await expect(issue).not_to_contain_text("精度不降")
        await expect(page.get_by_role("article")).to_have_count(1)
        width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


async def asked_for_a_sample(world: World, browser: Browser) -> Page:
    """The page of a reader who has asked for rich messages in the settings."""
    page = await browser.new_page(locale="zh-CN", viewport=PHONE)
    await page.goto(f"{world.telegram.url}/?chat={LIN}")
    await page.get_by_role("combobox").fill("/settings")
    await page.get_by_role("combobox").press("Enter")
    await page.get_by_role("button", name="富文本（试用）").click()
    return page


@nightly("the same in a browser as in test_rich.py")
async def test_rich_is_tried_and_a_yes_brings_the_issue_with_folds_and_jumps(world: World) -> None:
    async with world.storage() as storage:
        await storage.subscribers.import_rows([ImportRow(chat_id=LIN, language="zh")], utc_now())
    async with world.bot(), chromium() as browser:
        page = await asked_for_a_sample(world, browser)
        sample = page.get_by_role("article").filter(has_text="样张").first
        await expect(sample.get_by_role("table")).to_contain_text("论文")
        await sample.locator("summary").click()
        await expect(sample.get_by_role("table")).to_be_hidden()
        await page.get_by_role("button", name="是，显示正常").click()
        await expect(page.get_by_role("log").get_by_text("以后每期是一条富文本消息")).to_be_visible()

        world.write(DAY)
        issue = page.get_by_role("article").filter(has_text="2026年1月5日")
        await expect(issue.get_by_role("heading", name="论文")).to_be_attached()
        await issue.get_by_role("button", name="论文", exact=True).click()
        await expect(issue.get_by_role("link", name="四比特量化的新方法")).to_be_in_viewport()
        width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


@nightly("the same in a browser as in test_rich.py")
async def test_rich_is_tried_and_a_no_changes_nothing(world: World) -> None:
    async with world.storage() as storage:
        await storage.subscribers.import_rows([ImportRow(chat_id=LIN, language="zh")], utc_now())
    async with world.bot(), chromium() as browser:
        page = await asked_for_a_sample(world, browser)
        await page.get_by_role("button", name="不，回到原来的样子").click()
        await expect(page.get_by_role("log").get_by_text("仍然照原来的样子发")).to_be_visible()
        assert (await world.subscriber(LIN)).cut.mode is Mode.FULL

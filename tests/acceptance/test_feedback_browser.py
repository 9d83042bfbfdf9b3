"""At the page: a reader votes and reports a mistake, an editor replies, and the reader has the answer."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.sandbox import Group
from bot.settings.sections import EditorsSettings
from tests.acceptance.world import DE, LIN, World, make_world
from tests.browser import chromium
from tests.nightly import nightly

GROUP, DAY = -4001, "2026-03-02"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    groups = (Group(id=GROUP, title="编辑部", owner=DE),)
    async with make_world(tmp_path, groups=groups, editors=EditorsSettings(chat=GROUP)) as world:
        yield world


async def write(page: Page, text: str) -> None:
    await page.get_by_role("combobox").fill(text)
    await page.keyboard.press("Enter")


async def shot(page: Page, name: str) -> None:
    """A picture for who wants to look: where the variable names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


@nightly("the same in a browser as in test_feedback.py")
async def test_a_vote_a_report_and_its_answer(world: World) -> None:
    async with world.bot(), chromium() as browser:
        await world.said(LIN, "/start")
        world.write(DAY)
        await world.recorded(DAY, LIN)
        reader = await browser.new_page(locale="zh-CN")
        await reader.goto(f"{world.telegram.url}/?chat={LIN}")
        messages = reader.get_by_role("article")
        papers = messages.filter(has_text="四比特量化的新方法").first
        await papers.get_by_role("button", name="👍").click()
        await expect(reader.get_by_text("👍 记下了")).to_be_visible()
        await shot(reader, "vote")
        await write(reader, "/search 四比特")
        await messages.last.get_by_role("button", name="1", exact=True).click()
        item = messages.filter(has_text="因「量化」")
        await item.get_by_role("button", name="报错").click()
        await expect(messages.filter(has_text="哪里不对")).to_be_visible()
        await expect(reader.get_by_placeholder("正在回复")).to_be_focused()
        await shot(reader, "asked")
        await write(reader, "链接打不开")
        await expect(messages.filter(has_text="已转给编辑")).to_be_visible()
        editor = await browser.new_page(locale="zh-CN")
        await editor.goto(f"{world.telegram.url}/?chat={GROUP}")
        report = editor.get_by_role("article").filter(has_text="读者报错")
        await expect(report).to_contain_text("链接打不开")
        await report.get_by_role("button", name="回复").click()
        await write(editor, "已修好，谢谢")
        await expect(editor.get_by_role("article").filter(has_text="答复已送到读者")).to_be_visible()
        await shot(editor, "editor")
        await expect(messages.filter(has_text="编辑答复")).to_contain_text("已修好，谢谢")
        await shot(reader, "answer")

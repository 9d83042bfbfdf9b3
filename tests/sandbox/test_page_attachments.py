"""The paper clip of the page, and one's last text written anew, with the mouse and by keyboard."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.sandbox import Limits, Person, Sandbox
from tests.browser import chromium
from tests.nightly import by_day
from tests.sandbox.conftest import LIN, TOKEN
from tests.sandbox.pages import DESK, PHONE, opened, write

pytestmark = pytest.mark.asyncio(loop_scope="module")

PEOPLE = (Person(id=LIN, first_name="小林", language_code="zh-hans", started=True),)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def telegram() -> AsyncIterator[Sandbox]:
    async with Sandbox(token=TOKEN, people=PEOPLE, limits=Limits.unhurried()) as sandbox:
        yield sandbox


async def attach(page: Page, name: str) -> None:
    await page.get_by_role("button", name="附件").click()
    await page.get_by_role("menuitem", name=name).click()


def kinds(telegram: Sandbox) -> list[str]:
    return [next(iter(message.attached or {"text": None})) for message in telegram.chat(LIN).messages]


@pytest.mark.parametrize("screen", by_day(1, [DESK, PHONE], "a wide screen is tried by day"))
async def test_the_paper_clip_sends_a_picture_a_sticker_and_a_voice(
    browser: Browser, telegram: Sandbox, screen: ViewportSize
) -> None:
    async with opened(browser, f"{telegram.url}/?chat={LIN}", screen=screen) as page:
        for name in ("图片", "贴纸", "语音"):
            await attach(page, name)
        mine = page.locator(".from-me")
        await expect(mine).to_have_count(3)
        await expect(mine.nth(0)).to_contain_text("图片")
        await expect(mine.nth(1).get_by_role("img", name="贴纸")).to_be_visible()
        await expect(mine.nth(2)).to_contain_text("语音")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await expect(page.get_by_role("menuitem")).to_have_count(0)
    assert kinds(telegram) == ["photo", "sticker", "voice"]


async def test_the_last_text_is_written_anew_from_the_menu_or_by_keyboard(
    browser: Browser, telegram: Sandbox
) -> None:
    async with opened(browser, f"{telegram.url}/?chat={LIN}") as page:
        await write(page, "量花")
        await attach(page, "贴纸")
        await attach(page, "修改上一条")
        box = page.get_by_role("combobox")
        await expect(box).to_have_value("量花")
        await write(page, "量化")
        changed = page.locator(".from-me").first
        await expect(changed).to_contain_text("量化")
        await expect(changed).to_contain_text("已编辑")
        await box.press("ArrowUp")
        await expect(box).to_have_value("量化")
        await box.press("Escape")
        await expect(box).to_have_value("")
        await write(page, "剪枝")
        await expect(page.locator(".from-me")).to_have_count(3)
    texts = [message.text for message in telegram.chat(LIN).messages]
    assert texts == ["量化", "", "剪枝"]


async def test_the_menu_is_walked_by_arrows_and_left_by_escape(browser: Browser, telegram: Sandbox) -> None:
    async with opened(browser, f"{telegram.url}/?chat={LIN}") as page:
        clip = page.get_by_role("button", name="附件")
        await clip.press("Enter")
        await expect(page.get_by_role("menuitem", name="图片")).to_be_focused()
        await expect(page.get_by_role("menuitem", name="修改上一条")).to_have_count(0)
        await page.keyboard.press("Escape")
        await expect(clip).to_be_focused()
        await clip.press("Enter")
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Enter")
        await expect(page.locator(".from-me")).to_have_count(1)
    assert kinds(telegram) == ["location"]  # the last of the menu

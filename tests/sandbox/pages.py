"""The page as somebody sees it: opened in a browser, written to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, ViewportSize, expect

DESK = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=360, height=740)


@asynccontextmanager
async def opened(browser: Browser, url: str, *, screen: ViewportSize = DESK) -> AsyncIterator[Page]:
    """The page as a Chinese reader sees it; any fault in its scripts fails the test."""
    faults: list[str] = []
    page = await browser.new_page(locale="zh-CN", viewport=screen)
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    await page.goto(url)
    yield page
    await page.close()
    assert faults == []


async def write(page: Page, text: str) -> None:
    """Write something and send it."""
    box = page.get_by_role("combobox")
    await box.fill(text)
    await box.press("Enter")


async def start(page: Page, *, answers: int) -> None:
    """Press START; the bot answers with so many messages."""
    await page.get_by_role("button", name="开始", exact=True).click()
    await expect(page.locator(".from-bot")).to_have_count(answers)

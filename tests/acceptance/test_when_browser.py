"""Quiet hours on the page of a small phone, with the whole bot behind it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest_asyncio
from playwright.async_api import ViewportSize, expect

from bot.model import DeliveryState
from bot.runtime.clock import utc_now
from bot.sandbox import Person
from bot.storage import ImportRow
from tests.acceptance.world import LIN, World, make_world
from tests.browser import chromium
from tests.waiting import until

PHONE: ViewportSize = {"width": 360, "height": 740}
DAY = "2026-01-05"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    people = (Person(id=LIN, first_name="小林", language_code="zh-hans", started=True),)
    async with make_world(tmp_path, people) as made:
        yield made


async def test_in_quiet_hours_an_issue_waits_and_comes_at_once_when_they_are_switched_off(
    world: World, tmp_path: Path
) -> None:
    async with world.storage() as storage:
        await storage.subscribers.import_rows([ImportRow(chat_id=LIN, language="zh")], utc_now())
    begins, ends = ((utc_now() + timedelta(hours=by)).astimezone(SHANGHAI) for by in (-2, 2))
    async with world.bot(), chromium() as browser:
        page = await browser.new_page(locale="zh-CN", viewport=PHONE)
        await page.goto(f"{world.telegram.url}/?chat={LIN}")
        await page.get_by_role("combobox").fill(f"/when {begins:%H:%M}-{ends:%H:%M}")
        await page.get_by_role("combobox").press("Enter")
        when = page.get_by_role("article").filter(has_text="什么时候送到").last
        await expect(when).to_contain_text(f"安静时段：{begins:%H:%M}–{ends:%H:%M}")
        await expect(when).to_contain_text("现在出的一期会在")

        world.write(DAY)

        async def waits() -> bool:
            return await world.state(DAY, LIN) is DeliveryState.PLANNED

        await until(waits)
        await expect(page.get_by_role("article").filter(has_text="2026年1月5日")).to_have_count(0)
        await page.screenshot(path=tmp_path / "when.png")
        width = await page.evaluate("document.documentElement.scrollWidth")
        await when.get_by_role("button", name="没有安静时段").click()
        await expect(page.get_by_role("article").filter(has_text="2026年1月5日").first).to_be_visible()
        await world.recorded(DAY, LIN)
    assert width <= PHONE["width"]

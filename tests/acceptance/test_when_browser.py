"""Quiet hours on the page of a small phone, with the whole bot behind it."""

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

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


class SetClock:
    """The machine's clock, put on by as much as a test likes."""

    def __init__(self) -> None:
        self._on = timedelta()

    def now(self) -> datetime:
        return utc_now() + self._on

    def put_to(self, hour: time) -> None:
        """Put it to the next moment at which it is this hour in Shanghai."""
        here = self.now().astimezone(SHANGHAI)
        wanted = here.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
        self._on += (wanted - here) % timedelta(days=1)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def world(tmp_path: Path, clock: SetClock) -> AsyncIterator[World]:
    people = (Person(id=LIN, first_name="小林", language_code="zh-hans", started=True),)
    async with make_world(tmp_path, people, now=clock.now) as made:
        async with made.storage() as storage:
            await storage.subscribers.import_rows([ImportRow(chat_id=LIN, language="zh")], utc_now())
        yield made


async def said_quiet(page: Page, hours: str) -> Locator:
    """The page of when issues come, after its reader has said when they are to be left alone."""
    await page.get_by_role("combobox").fill(f"/when {hours}")
    await page.get_by_role("combobox").press("Enter")
    when = page.get_by_role("article").filter(has_text="什么时候送到").last
    await expect(when).to_contain_text(f"安静时段：{hours.replace('-', '–')}")
    return when


async def said(page: Page, text: str) -> None:
    """Until the bot has answered to something, and so has had time for all else that was due."""
    answers = page.get_by_role("article").filter(has_text="/latest")
    before = await answers.count()
    await page.get_by_role("combobox").fill(text)
    await page.get_by_role("combobox").press("Enter")
    await expect(answers).to_have_count(before + 1)


def parts(world: World) -> list[int]:
    """The messages in which the issue stands in the chat."""
    return [one.message_id for one in world.telegram.chat(LIN).from_bot if DAY in one.html]


async def waits(world: World, day: str) -> None:
    """Until an issue is planned, which nothing but its reader's hours keeps back."""

    async def is_planned() -> bool:
        return await world.state(day, LIN) is DeliveryState.PLANNED

    await until(is_planned)


async def test_at_night_nothing_comes_and_in_the_morning_what_waited_comes_once(
    world: World, clock: SetClock
) -> None:
    clock.put_to(time(23, 30))
    async with world.bot(), chromium() as browser:
        page = await browser.new_page(locale="zh-CN", viewport=PHONE)
        await page.goto(f"{world.telegram.url}/?chat={LIN}")
        await expect(await said_quiet(page, "22:00-07:00")).to_contain_text("07:00")
        issue = page.get_by_role("article").filter(has_text="2026年1月5日")
        world.write(DAY)
        await waits(world, DAY)
        for night in (time(23, 59), time(3), time(6, 58)):
            clock.put_to(night)
            await said(page, "/help")
            await expect(issue).to_have_count(0)
            await waits(world, DAY)
        clock.put_to(time(7, 1))
        await expect(issue.first).to_be_visible()
        await world.recorded(DAY, LIN)
        came = parts(world)
        for later in (time(12), time(23), time(7, 1)):
            clock.put_to(later)
            await said(page, "/help")
        assert parts(world) == came


async def test_in_quiet_hours_an_issue_waits_and_comes_at_once_when_they_are_switched_off(
    world: World, tmp_path: Path
) -> None:
    begins, ends = ((utc_now() + timedelta(hours=by)).astimezone(SHANGHAI) for by in (-2, 2))
    async with world.bot(), chromium() as browser:
        page = await browser.new_page(locale="zh-CN", viewport=PHONE)
        await page.goto(f"{world.telegram.url}/?chat={LIN}")
        when = await said_quiet(page, f"{begins:%H:%M}-{ends:%H:%M}")
        await expect(when).to_contain_text("现在出的一期会在")

        world.write(DAY)
        await waits(world, DAY)
        await expect(page.get_by_role("article").filter(has_text="2026年1月5日")).to_have_count(0)
        await page.screenshot(path=tmp_path / "when.png")
        width = await page.evaluate("document.documentElement.scrollWidth")
        await when.get_by_role("button", name="没有安静时段").click()
        await expect(page.get_by_role("article").filter(has_text="2026年1月5日").first).to_be_visible()
        await world.recorded(DAY, LIN)
    assert width <= PHONE["width"]

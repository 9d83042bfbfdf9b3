"""An editor at the page, on a phone: from a file to an issue that goes out, by card, preview and approval."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from bot.sandbox import Group
from bot.settings.sections import DeliverySettings, EditorsSettings, PublishingSettings
from tests.acceptance.world import ADA, DE, LIN, World, make_world
from tests.browser import chromium
from tests.nightly import nightly
from tests.waiting import until

GROUP = -4001
PHONE = ViewportSize(width=390, height=844)
DAY = "2026-03-02"
ASKED, ANSWERED = 7, 3  # questions: a group takes few edits a minute, and all would take long
MOST_TAPS = 15  # from a file of twenty items to its approval
QUANTIZED = (
    "- [量化的第 {0} 种方法 | 知乎](https://example.com/quant/{0})\n摘要：量化到 {0} 比特，精度不降。\n"
)
PRUNED = "- [剪枝的第 {0} 种方法 | 知乎](https://example.com/prune/{0})\n摘要：剪枝之后快 {0} 倍。\n"
ITEMS = "".join((QUANTIZED if number % 2 else PRUNED).format(number) for number in range(1, 21))
TWENTY = f"# 嵌入式AI简报 ({{day}})：{{highlight}}\n\n## 论文\n\n{ITEMS}"


class Taps:
    """Taps on buttons of a page, counted."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.number = 0

    async def on(self, where: Locator, label: str | re.Pattern[str]) -> None:
        await where.get_by_role("button", name=label).click()
        self.number += 1


MINUTE = 65_000  # milliseconds


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    approves = PublishingSettings(settle=0, outdated_after=36_500, approve=True)
    slowly = DeliverySettings(rate=2, per_chat=0, expires_after=3650)
    groups = (Group(id=GROUP, title="编辑部", owner=DE),)
    editors = EditorsSettings(chat=GROUP)
    async with make_world(
        tmp_path, groups=groups, publishing=approves, delivery=slowly, editors=editors
    ) as world:
        yield world


async def shown_with_answers(world: World, number: int) -> None:
    """Until the card shows the text with so many answers: its buttons name the text they decide about."""
    async with world.storage() as storage:

        async def is_shown() -> bool:
            record, text = await storage.issues.get(DAY), await storage.issues.text(DAY) or ""
            sent = world.telegram.chat(GROUP).from_bot
            data = {button.data for message in sent for button in message.buttons}
            has_all = text.count(": +quantization\n") == number
            return record is not None and has_all and f"approve:{record.edition}" in data

        await until(is_shown, within=30)  # a group takes twenty messages and edits a minute


@nightly("a walk in a browser; what the taps do is in test_editors_chat.py")
async def test_twenty_items_are_seen_by_topic_and_approved_with_few_taps(world: World) -> None:
    async with world.bot(), chromium() as browser:
        for reader in (LIN, ADA):
            await world.said(reader, "/start")
        page = await browser.new_page(locale="zh-CN", viewport=PHONE)
        await page.goto(f"{world.telegram.url}/?chat={GROUP}")
        taps, messages = Taps(page), page.get_by_role("article")
        world.write(DAY, text=TWENTY)
        card = messages.filter(has_text=f"{DAY} · 2026年3月2日")
        await expect(card.get_by_text("尚未批准")).to_be_visible()
        await expect(card.get_by_text("20 条")).to_be_visible()
        await taps.on(card, "像读者那样预览")
        await taps.on(card, re.compile("剪枝 10"))
        preview = messages.filter(has_text="以上是读者会收到的")
        await expect(preview).to_be_visible()
        await expect(messages.filter(has_text="剪枝的第 20 种方法").last).to_be_visible()
        await expect(messages.filter(has_text="量化的第 19 种方法")).to_have_count(0)
        await taps.on(preview, "移走预览")
        await expect(preview).to_have_count(0)
        await taps.on(card, re.compile("主题：7 个问题"))
        for number in range(1, ANSWERED + 1):
            await expect(messages.last.get_by_text(f"{number}/{ASKED}")).to_be_visible()
            await taps.on(messages.last, "✅ 是")
        await taps.on(messages.last, "先到这里")
        await shown_with_answers(world, ANSWERED)
        await taps.on(card, "批准")
        live = messages.filter(has_text=f"正在发出 {DAY}")
        await expect(live.get_by_text("░")).to_be_visible()
        await expect(card.get_by_text("已发出")).to_be_visible()
        await expect(messages.filter(has_text=f"✅ {DAY} 已发完：2/2")).to_be_visible()
        width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    assert taps.number + ASKED - ANSWERED <= MOST_TAPS

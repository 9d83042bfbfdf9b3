"""A newcomer at the demo's page, in a real browser, with the whole bot behind it."""

import re

from playwright.async_api import Locator, Page, expect

from tests.acceptance.world import LIN, World
from tests.browser import chromium


async def type_in(page: Page, text: str) -> None:
    box = page.get_by_role("combobox")
    await box.fill(text)
    await box.press("Enter")


def in_chat(page: Page, text: str) -> Locator:
    return page.get_by_role("log").get_by_text(text)


async def test_subscribe_follow_a_topic_receive_the_push_and_ask_for_a_back_issue(world: World) -> None:
    world.write("2025-11-03")
    async with world.bot(), chromium() as browser:
        page = await browser.new_page(locale="zh-CN", viewport={"width": 390, "height": 844})
        await page.goto(f"{world.telegram.url}/?chat={LIN}")

        await page.get_by_role("button", name="开始", exact=True).click()
        await expect(in_chat(page, "欢迎订阅")).to_be_visible()
        await expect(in_chat(page, "2025年11月3日")).to_be_visible()

        await type_in(page, "/topic 量化")
        await expect(in_chat(page, "已关注 量化")).to_be_visible()

        await page.goto(world.telegram.url)
        await page.get_by_role("button", name=re.compile("投放新一期")).click()
        await page.goto(f"{world.telegram.url}/?chat={LIN}")
        await expect(in_chat(page, "5 条中有 2 条关于")).to_be_visible()
        await page.get_by_role("button", name="看其余 3 条").click()
        await expect(in_chat(page, "通道剪枝再思考").last).to_be_visible()

        await type_in(page, "/issues")
        await page.get_by_role("button", name=re.compile("2025-11-03")).click()
        await expect(in_chat(page, "2025年11月3日")).to_have_count(2)
        width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390

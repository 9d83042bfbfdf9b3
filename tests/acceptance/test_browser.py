"""A newcomer at the demo's page, in a real browser, with the whole bot behind it."""

import re
from functools import partial
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from bot.sandbox import Group
from tests.acceptance.world import LIN, World, make_world
from tests.browser import chromium
from tests.nightly import nightly
from tests.waiting import until

GROUP = -3001


async def type_in(page: Page, text: str) -> None:
    box = page.get_by_role("combobox")
    await box.fill(text)
    await box.press("Enter")


def in_chat(page: Page, text: str | re.Pattern[str]) -> Locator:
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


async def test_search_open_keep_list_export_and_pass_on(world: World) -> None:
    for day in ("2025-11-03", "2026-01-05"):
        world.write(day)
    async with world.bot(), chromium() as browser:
        page = await browser.new_page(locale="zh-CN", viewport={"width": 390, "height": 844})
        await page.goto(f"{world.telegram.url}/?chat={LIN}")
        await page.get_by_role("button", name="开始", exact=True).click()
        await expect(in_chat(page, "2026年1月5日")).to_be_visible()

        await type_in(page, "四比特")
        await expect(in_chat(page, "往期共有 2 条")).to_be_visible()
        await page.get_by_role("button", name="2", exact=True).last.click()
        item = page.get_by_role("article").filter(has_text="嵌入式AI简报 · 2025-11-03 · 论文")
        await expect(item).to_be_visible()

        await item.get_by_role("button", name="☆").click()
        await expect(item.get_by_role("button", name="★")).to_be_visible()
        await type_in(page, "/saved")
        saved = page.get_by_role("article").filter(has_text="收藏 · 1 条")
        await expect(saved).to_be_visible()
        async with page.expect_download() as download:
            await saved.get_by_role("button", name="全部存成文件").click()
            await page.get_by_role("link", name=re.compile(r"saved\.md")).click()
        text = (await (await download.value).path()).read_text("utf-8")
        assert "[四比特量化的新方法](<https://example.com/2025-11-03/quant>)" in text

        await page.get_by_role("combobox").fill("@jianbao_bot 剪枝")
        await page.get_by_role("option").filter(has_text="通道剪枝再思考").first.click()
        await expect(in_chat(page, "在《嵌入式AI简报》里阅读")).to_be_visible()


@nightly("the same in a browser as in test_coming_back.py")
async def test_who_comes_back_catches_up(world: World) -> None:
    world.write("2025-11-03")
    async with world.bot(), chromium() as browser:
        page = await browser.new_page(locale="zh-CN", viewport={"width": 390, "height": 844})
        await page.goto(f"{world.telegram.url}/?chat={LIN}")
        await page.get_by_role("button", name="开始", exact=True).click()
        await expect(
            in_chat(page, "量化工具箱发布")
        ).to_be_visible()  # the last part: stopping keeps others back
        await type_in(page, "退订")
        await page.get_by_role("button", name="停止订阅", exact=True).click()
        await expect(in_chat(page, "已停止订阅")).to_be_visible()

        async with world.storage() as storage:
            world.write("2026-03-02")
            await until(lambda: storage.listed_issues.get("2026-03-02"))

        await page.get_by_role("button", name="恢复订阅").click()
        await expect(in_chat(page, re.compile("你错过了 1 期"))).to_be_visible()
        await page.get_by_role("button", name="这 4 条的标题").click()
        headlines = page.get_by_role("article").filter(has_text="错过的 · 4 条")
        await expect(headlines.get_by_text("四比特量化的新方法")).to_be_visible()
        await page.get_by_role("button", name="逐期发来").click()
        await expect(in_chat(page, "2026年3月2日")).to_be_visible()


@nightly("the same in a browser as in test_groups.py")
async def test_a_group_of_three_in_which_one_administers(tmp_path: Path) -> None:
    group = Group(id=GROUP, title="读者群", owner=LIN, joined=False)
    async with make_world(tmp_path, groups=(group,)) as world, world.bot(), chromium() as browser:
        world.write("2026-03-02")
        page = await browser.new_page(locale="zh-CN", viewport={"width": 390, "height": 844})
        await page.goto(f"{world.telegram.url}/?chat={GROUP}")
        be, button = partial(page.get_by_role, "radio"), partial(page.get_by_role, "button")

        await be(name="Ada").click()
        await button(name="拉机器人进群").last.click()
        await expect(in_chat(page, "每期出刊时发到这里")).to_be_visible()
        await be(name="阿德").click()
        await button(name="在这里订阅").click()
        await expect(page.get_by_role("status").get_by_text("由管理员来决定")).to_be_visible()
        await be(name="小林 · 管理员").click()
        await button(name="在这里订阅").click()
        await expect(in_chat(page, "欢迎订阅")).to_be_visible()
        await expect(in_chat(page, "量化工具箱发布")).to_be_visible()

        await be(name="阿德").click()
        await type_in(page, "/stop")
        await expect(in_chat(page, "在群里，这要由管理员来决定。")).to_have_count(1)
        await type_in(page, "剪枝 @jianbao_bot")
        await expect(in_chat(page, "往期共有 1 条")).to_be_visible()

        await be(name="小林 · 管理员").click()
        await be(name="匿名管理员").click()
        await type_in(page, "/topic evil.example")
        answer = page.get_by_role("article").filter(has_text="已关注")
        await expect(answer.locator("code").first).to_have_text("evil.example")
        await expect(answer.get_by_role("link")).to_have_count(0)

        await button(name="移出机器人").click()
        await expect(button(name="拉机器人进群").last).to_be_visible()
        width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390

"""The page in a real browser, with a small bot behind it."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, ViewportSize, expect
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.sandbox import Group, Limits, Person, Sandbox
from tests.browser import chromium
from tests.nightly import by_day
from tests.sandbox.conftest import ADA, GROUP, LIN, TOKEN
from tests.sandbox.pages import DESK, PHONE, opened, start, write

pytestmark = pytest.mark.asyncio(loop_scope="module")

App = Application[Any, Any, Any, Any, Any, Any]
PEOPLE = (
    Person(id=LIN, first_name="小林", language_code="zh-hans"),
    Person(id=ADA, first_name="Ada", language_code="en"),
)
GROUPS = (Group(id=GROUP, title="读者群"),)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
LONG = "很长的一段摘要。" * 60
DIGEST = (
    "<tg-spoiler>谜底</tg-spoiler> <b>一个条目</b> "
    '<a href="https://example.com/a_b">来源</a> <code>int8</code>\n'
    f"<blockquote expandable>{LONG}</blockquote>\n"
    '#量化 /topics <a href="https://t.me/jianbao_bot?start=issue_1">往期</a>'
)


async def _start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    keyboard = InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("关注", callback_data="note"),
                InlineKeyboardButton("提示", callback_data="alert"),
            ],
            [InlineKeyboardButton("网页", url="https://example.com/")],
        ]
    )
    await update.message.reply_text(f"参数 {' '.join(context.args or ())}")
    await update.message.reply_html(DIGEST, reply_markup=keyboard, disable_notification=True)


async def _topic(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    await update.message.reply_text(f"话题 {' '.join(context.args or ())}")


async def _topics(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    await update.message.reply_text("全部话题")


async def _pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query
    await query.answer("收到", show_alert=query.data == "alert")
    if query.data == "note":
        await query.edit_message_text("改过了")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests here; each has its own page."""
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def bot(telegram: Sandbox) -> AsyncIterator[App]:
    application: App = (
        ApplicationBuilder().token(TOKEN).base_url(telegram.url + "/bot").job_queue(None).build()
    )
    for name, act in {"start": _start, "topic": _topic, "topics": _topics}.items():
        application.add_handler(CommandHandler(name, act))
    application.add_handler(CallbackQueryHandler(_pressed))
    async with application:
        await application.bot.set_my_commands(
            [
                BotCommand("start", "开始"),
                BotCommand("topic", "关注一个话题"),
                BotCommand("topics", "全部话题"),
            ]
        )
        assert application.updater
        await application.updater.start_polling(timeout=50)
        await application.start()
        yield application
        await application.updater.stop()
        await application.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def telegram() -> AsyncIterator[Sandbox]:
    """On the real clock, since the page shows times; without rates."""
    running: list[Sandbox] = []

    async def drop() -> str:
        await running[0].say(ADA, "/topic 新一期")
        return "新一期到了"

    async def no_wait(_: float) -> None:
        await asyncio.sleep(0)

    async with Sandbox(
        token=TOKEN, people=PEOPLE, groups=GROUPS, limits=Limits.unhurried(), drop=drop, sleep=no_wait
    ) as sandbox:
        running.append(sandbox)
        yield sandbox


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, telegram: Sandbox, bot: App) -> AsyncIterator[Page]:
    """The page as the first of the people sees it."""
    assert bot.running
    async with opened(browser, telegram.url) as shown:
        yield shown


async def _started(page: Page) -> None:
    await start(page, answers=2)


async def test_a_person_starts_and_types_and_the_bot_answers(page: Page, telegram: Sandbox) -> None:
    await _started(page)
    await write(page, "/topic 量化")
    await expect(page.locator(".from-bot").last).to_contain_text("话题 量化")
    assert [message.text for message in telegram.chat(LIN).messages if not message.from_bot] == [
        "/start",
        "/topic 量化",
    ]
    silent = page.locator(".from-bot").nth(1).get_by_role("img", name="静音消息")
    await expect(silent).to_be_visible()


async def test_all_formatting_is_shown_and_works(page: Page, telegram: Sandbox) -> None:
    await _started(page)
    await expect(page.locator(".last").first).to_contain_text("▒▒ 一个条目")
    digest = page.locator(".from-bot").nth(1)
    await expect(digest.locator("strong")).to_have_text("一个条目")
    await expect(digest.locator("code")).to_have_text("int8")
    link = digest.get_by_role("link", name="来源")
    await expect(link).to_have_attribute("href", "https://example.com/a_b")
    await expect(link).to_have_attribute("target", "_blank")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    spoiler = digest.locator(".spoiler")
    await spoiler.focus()
    await spoiler.press("Enter")
    await expect(spoiler.get_by_text("谜底")).to_be_visible()
    await digest.get_by_role("button", name="/topics").click()
    await expect(page.locator(".from-bot").last).to_contain_text("全部话题")
    await digest.get_by_role("button", name="往期").click()
    await telegram.until(lambda: "/start issue_1" in [one.text for one in telegram.chat(LIN).messages])


async def test_a_long_quote_is_folded_to_three_lines_and_unfolds(page: Page) -> None:
    await _started(page)
    body = page.locator(".quote-body")
    toggle = page.locator(".quote-toggle")
    folded = await body.bounding_box()
    assert folded
    assert folded["height"] < 90
    await toggle.click()
    await expect(toggle).to_have_attribute("aria-expanded", "true")
    unfolded = await body.bounding_box()
    assert unfolded
    assert unfolded["height"] > 150
    await toggle.press("Enter")
    await expect(toggle).to_have_attribute("aria-expanded", "false")


async def test_buttons_call_the_bot_and_show_its_answer(page: Page, telegram: Sandbox) -> None:
    await _started(page)
    await page.get_by_role("button", name="提示").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("收到")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await page.get_by_role("button", name="关注").click()
    await expect(page.locator("#notices")).to_contain_text("收到")
    edited = page.locator(".from-bot").nth(1)
    await expect(edited).to_contain_text("改过了")
    await expect(edited).to_contain_text("已编辑")
    await expect(page.locator(".button")).to_have_count(0)
    assert len(telegram.chat(LIN).answers) == 2


async def test_a_button_turns_until_it_is_answered(page: Page, telegram: Sandbox) -> None:
    await _started(page)
    telegram.faults.add("5xx", methods=["answerCallbackQuery"])
    await page.get_by_role("button", name="提示").click()
    await expect(page.get_by_role("button", name="提示")).to_have_attribute("aria-busy", "true")


async def test_the_command_menu_is_filtered_and_goes_by_keys(page: Page) -> None:
    await _started(page)
    box = page.get_by_role("combobox")
    await box.press_sequentially("/to")
    await expect(page.get_by_role("option")).to_have_count(2)
    await box.press("Tab")
    await expect(box).to_have_value("/topic ")
    await box.fill("")
    await box.press_sequentially("/to")
    await box.press("ArrowDown")
    await box.press("Enter")
    await expect(page.locator(".from-bot").last).to_contain_text("全部话题")
    await page.get_by_role("button", name="命令菜单").click()
    await expect(page.get_by_role("option")).to_have_count(3)
    await box.press("Escape")
    await expect(page.get_by_role("listbox")).to_be_hidden()


async def test_a_push_to_somebody_else_shows_a_badge_and_sounds(page: Page) -> None:
    await _started(page)
    await page.get_by_role("button", name="投放新一期").click()
    await expect(page.locator("#notices")).to_contain_text("新一期到了")
    ada = page.get_by_role("button", name="Ada").first
    await expect(ada.locator(".badge.loud")).to_have_text("1")
    await ada.click()
    await expect(ada.locator(".badge")).to_have_count(0)
    await expect(page.locator(".from-bot").last).to_contain_text("话题 新一期")


async def test_an_answer_in_view_is_no_news(page: Page) -> None:
    await _started(page)
    for count in range(3, 8):
        await write(page, "/topics")
        await expect(page.locator(".from-bot")).to_have_count(count)
    await expect(page.locator(".notice")).to_have_count(0)
    await expect(page.locator(".to-bottom .badge")).to_be_hidden()


async def test_a_person_blocks_the_bot_and_comes_back(page: Page, telegram: Sandbox) -> None:
    await _started(page)
    await page.get_by_role("button", name="屏蔽机器人").click()
    restart = page.get_by_role("button", name="解除屏蔽并重新开始")
    await expect(restart).to_be_visible()
    assert telegram.chat(LIN).blocked
    await restart.click()
    await expect(page.locator(".from-bot")).to_have_count(4)
    assert not telegram.chat(LIN).blocked


async def test_a_deep_link_starts_with_its_parameter(page: Page, telegram: Sandbox) -> None:
    await page.goto(f"{telegram.url}/?chat={LIN}&start=issue_2022-02-22")
    await page.get_by_role("button", name="开始", exact=True).click()
    await expect(page.locator(".from-bot").first).to_contain_text("参数 issue_2022-02-22")


async def test_an_uploaded_picture_is_shown(page: Page, bot: App) -> None:
    await _started(page)
    await bot.bot.send_photo(LIN, base64.b64decode(PIXEL), caption="图")
    picture = page.get_by_role("img", name="图")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1


async def _pixel(_: web.Request) -> web.Response:
    return web.Response(body=base64.b64decode(PIXEL), content_type="image/png")


async def test_the_picture_of_a_preview_stands_above_the_text_or_below(page: Page, bot: App) -> None:
    elsewhere = web.Application()
    elsewhere.add_routes([web.get("/p.png", _pixel)])
    await _started(page)
    async with TestServer(elsewhere, host="127.0.0.1") as server:
        for above in (True, False):
            options = LinkPreviewOptions(url=str(server.make_url("/p.png")), show_above_text=above)
            await bot.bot.send_message(LIN, "说明", link_preview_options=options)
            shown = page.locator(".from-bot").last
            picture = shown.locator(".preview img")
            assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
            assert await picture.get_attribute("referrerpolicy") == "no-referrer"
            first = await shown.locator(".bubble > *").first.get_attribute("class")
            assert ("preview" in (first or "")) is above


async def test_a_picture_that_does_not_load_leaves_the_name_of_its_host(
    browser: Browser, telegram: Sandbox, bot: App
) -> None:
    page = await browser.new_page(locale="zh-CN", viewport=PHONE)
    await page.goto(telegram.url)
    await _started(page)
    await bot.bot.send_message(
        LIN, "说明", link_preview_options=LinkPreviewOptions(url="http://127.0.0.1:9/p.png")
    )
    preview = page.locator(".from-bot").last.locator(".preview")
    await expect(preview).to_have_text("图片 · 127.0.0.1:9")
    await expect(preview.locator("img")).to_have_count(0)
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await page.close()


async def test_the_page_comes_back_after_a_restart(page: Page, telegram: Sandbox) -> None:
    await _started(page)
    port = int(telegram.url.rpartition(":")[2])
    await telegram.stop()
    await expect(page.locator(".line.lost")).to_be_visible()
    async with Sandbox(token=TOKEN, port=port, people=PEOPLE):
        await expect(page.get_by_role("button", name="开始", exact=True)).to_be_visible(timeout=15_000)


async def test_the_log_shows_what_the_bot_asked(page: Page) -> None:
    await page.get_by_role("button", name="Bot API 请求").click()
    await _started(page)
    log = page.get_by_role("complementary")
    await expect(log).to_contain_text("sendMessage")
    await log.get_by_text("sendMessage").first.click()
    await expect(log).to_contain_text('"disable_notification": "true"')


async def test_on_a_phone_nothing_sticks_out_and_back_leads_to_the_list(
    page: Page, telegram: Sandbox
) -> None:
    await page.set_viewport_size(PHONE)
    await page.goto(telegram.url)
    await _started(page)
    for view in ("chat", "list"):
        assert await page.evaluate("document.documentElement.scrollWidth") == 360
        assert await page.evaluate("document.body.dataset.view") == view
        if view == "chat":
            await page.get_by_role("button", name="返回").click()
    await expect(page.locator(".person").first).to_be_visible()


async def test_dark_follows_the_system_and_the_switch(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await page.evaluate(ground)
    await page.emulate_media(color_scheme="dark")
    dark = await page.evaluate(ground)
    assert dark != light
    await page.get_by_role("button", name="深色 / 浅色").click()
    assert await page.evaluate(ground) == light


async def test_the_page_speaks_english_too(page: Page) -> None:
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("button", name="Drop a new issue")).to_be_visible()
    assert await page.evaluate("document.documentElement.lang") == "en"


async def test_two_windows_see_the_same(page: Page, browser: Browser, telegram: Sandbox) -> None:
    other = await browser.new_page(locale="en-GB")
    await asyncio.gather(other.goto(f"{telegram.url}/?chat={LIN}"), _started(page))
    await expect(other.locator(".from-bot")).to_have_count(2)
    await other.close()


async def test_nobody_s_first_view_is_blank(browser: Browser, telegram: Sandbox, bot: App) -> None:
    for screen in (DESK, PHONE):
        await bot.bot.set_my_description("")
        async with opened(browser, telegram.url, screen=screen) as page:
            welcome = page.locator(".welcome")
            await expect(welcome).to_contain_text("点「开始」和机器人对话")
            await expect(page.get_by_role("button", name="开始", exact=True)).to_be_visible()
            await bot.bot.set_my_description("每周一期", language_code="zh")
            await expect(welcome).to_contain_text("每周一期")
        await bot.bot.set_my_description("", language_code="zh")


async def test_a_hashtag_searches(page: Page, telegram: Sandbox) -> None:
    await _started(page)
    await page.get_by_role("button", name="#量化").click()
    await telegram.until(lambda: telegram.chat(LIN).messages[-1].text == "#量化")


async def test_a_file_is_shown_and_saved(page: Page, bot: App) -> None:
    await _started(page)
    await bot.bot.send_document(LIN, b"# notes", filename="收藏.md", caption="你的收藏")
    shown = page.locator(".from-bot").last
    await expect(shown).to_contain_text(re.compile("收藏.md.*7.*你的收藏"))
    async with page.expect_download() as saving:
        await shown.get_by_role("link", name="收藏.md").click()
    saved = await saving.value
    assert saved.suggested_filename == "收藏.md"
    assert (await saved.path()).read_bytes() == b"# notes"


async def test_days_stand_between_messages_of_different_days(page: Page, telegram: Sandbox) -> None:
    await _started(page)
    telegram.age(LIN, hours=24 * 40)
    await page.reload()
    await write(page, "/topics")
    await expect(page.locator(".day")).to_have_count(2)
    await expect(page.locator(".day").last).to_have_text("今天")
    order = page.locator(".column > :is(.day, .message)")
    kinds = [await one.get_attribute("class") or "" for one in await order.all()]
    assert [kind == "day" for kind in kinds[:5]] == [True, False, False, False, True]


@pytest.mark.parametrize("screen", by_day(1, [DESK, PHONE], "a wide screen is tried by day"))
async def test_three_quick_clicks_drop_three_issues(
    browser: Browser, telegram: Sandbox, bot: App, screen: ViewportSize
) -> None:
    assert bot.running
    async with opened(browser, telegram.url, screen=screen) as page:
        drop = page.get_by_role("button", name="投放新一期")
        await drop.click(click_count=3)
        await telegram.received(ADA, 3)


async def test_in_a_group_one_is_whose_chat_was_open_and_sees_who_administers_it(
    page: Page, telegram: Sandbox
) -> None:
    line = page.locator("#chat .titles .line")
    await page.get_by_role("button", name="读者群").click()
    await expect(line).to_have_text("群组 · 以小林的身份 · 管理员")
    await page.locator(f'[data-chat="{ADA}"]').click()
    await page.get_by_role("button", name="读者群").click()
    await expect(line).to_have_text("群组 · 以Ada的身份")
    await write(page, "/topics")
    await expect(page.locator(".from-bot")).to_have_text(re.compile("全部话题"))
    assert telegram.chat(GROUP).messages[0].sender == ADA
    telegram.promote(GROUP, ADA)
    await expect(line).to_have_text("群组 · 以Ada的身份 · 管理员")


async def test_a_group_is_a_chat_under_its_title_and_stays_one_when_it_moves(
    page: Page, telegram: Sandbox
) -> None:
    await page.get_by_role("button", name="读者群").click()
    await write(page, "/topics")
    await expect(page.locator(".from-bot")).to_have_text(re.compile("全部话题"))
    telegram.migrate(GROUP, -100501)
    await page.locator('[data-chat="-100501"]').click()
    await write(page, "/topics")
    await expect(page.locator(".from-bot")).to_have_text(re.compile("全部话题"))


async def test_a_message_that_is_edited_stays_where_the_reader_sees_it(
    browser: Browser, telegram: Sandbox, bot: App
) -> None:
    await telegram.say(LIN, "/topic 量化")
    for _ in range(4):
        await bot.bot.send_message(LIN, LONG)
    async with opened(browser, f"{telegram.url}/?chat={LIN}", screen=PHONE) as page:
        await expect(page.locator(".from-bot")).to_have_count(5)
        await page.locator(".messages").evaluate("pane => pane.scrollTo(0, pane.scrollHeight)")
        card = await bot.bot.send_message(LIN, "一张卡片")
        await expect(page.locator(".from-bot").last).to_contain_text("一张卡片")
        await card.edit_text(f"改过了\n{LONG}")
        edited = page.locator(".from-bot").last
        await expect(edited).to_contain_text("改过了")
        await expect(edited).to_be_in_viewport()

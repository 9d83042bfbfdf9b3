"""Inline mode on the page: typing behind the bot's name, choosing, and where a button leads."""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    SwitchInlineQueryChosenChat,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import Application, ApplicationBuilder, CommandHandler, ContextTypes, InlineQueryHandler

from bot.sandbox import Group, Limits, Person, Sandbox
from tests.browser import chromium
from tests.nightly import by_day
from tests.sandbox.conftest import ADA, GROUP, LIN, TOKEN
from tests.sandbox.pages import DESK, PHONE, opened, start

pytestmark = pytest.mark.asyncio(loop_scope="module")

App = Application[Any, Any, Any, Any, Any, Any]
PEOPLE = (
    Person(id=LIN, first_name="小林", language_code="zh-hans"),
    Person(id=ADA, first_name="Ada", language_code="en"),
)
PAGE = 10
LAST = 25
NOTHING, REFUSED = "没有", "两次"


def _article(number: int, picture: str | None = None) -> InlineQueryResultArticle:
    content = InputTextMessageContent(f"<b>条目 {number}</b>", parse_mode="HTML")
    return InlineQueryResultArticle(
        str(number), f"标题 {number}", content, description="知乎 · 2021", thumbnail_url=picture
    )


async def _asked(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.inline_query
    assert query
    begin = int(query.offset or 0)
    end = begin if query.query == NOTHING else min(begin + PAGE, LAST)
    if query.query == REFUSED:
        with suppress(BadRequest):
            await query.answer([_article(1), _article(1)])
        return
    picture = context.bot.base_url.partition("/bot")[0] + "/page/icon.svg"
    await query.answer(
        [_article(number, None if number else picture) for number in range(begin, end)],
        next_offset=str(end) if begin < end < LAST else "",
        button=InlineQueryResultsButton("到机器人里找", start_parameter="search"),
    )


async def _start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    chosen = SwitchInlineQueryChosenChat("量化", allow_user_chats=True, allow_group_chats=True)
    buttons = [
        InlineKeyboardButton("↗", switch_inline_query_chosen_chat=chosen),
        InlineKeyboardButton("这里", switch_inline_query_current_chat="量化"),
    ]
    await update.message.reply_text(
        f"参数 {' '.join(context.args or ())}", reply_markup=InlineKeyboardMarkup([buttons])
    )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests here; each has its own page."""
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def telegram() -> AsyncIterator[Sandbox]:
    """On the real clock, without rates, with a bot that answers."""
    groups = (Group(id=GROUP, title="读者群"),)
    async with Sandbox(token=TOKEN, people=PEOPLE, groups=groups, limits=Limits.unhurried()) as sandbox:
        application: App = (
            ApplicationBuilder().token(TOKEN).base_url(sandbox.url + "/bot").job_queue(None).build()
        )
        application.add_handlers([CommandHandler("start", _start), InlineQueryHandler(_asked)])
        async with application:
            assert application.updater
            await application.updater.start_polling(timeout=50)
            await application.start()
            yield sandbox
            await application.updater.stop()
            await application.stop()


@pytest_asyncio.fixture(
    loop_scope="module",
    params=by_day(1, [DESK, PHONE], "a wide screen is tried by day"),
    ids=["desk", "phone"],
)
async def page(browser: Browser, telegram: Sandbox, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """The page after START, on either screen."""
    async with opened(browser, telegram.url, screen=request.param) as shown:
        await start(shown, answers=1)
        yield shown
        assert await shown.evaluate("document.documentElement.scrollWidth") == request.param["width"]


async def _type(page: Page, text: str) -> None:
    box = page.get_by_role("combobox")
    await box.fill("")
    await box.press_sequentially(f"@jianbao_bot {text}")


async def test_what_is_typed_behind_the_bot_s_name_shows_results_and_enter_posts_one(
    page: Page, telegram: Sandbox
) -> None:
    await _type(page, "量化")
    results = page.get_by_role("option")
    await expect(results).to_have_count(PAGE)
    await expect(results.first).to_contain_text("标题 0")
    await expect(results.first).to_contain_text("知乎 · 2021")
    picture = results.first.locator("img")
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)")
    await expect(results.nth(1).locator(".thumbnail")).to_have_text("标")
    await page.keyboard.press("ArrowDown")
    await expect(results.nth(1)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    posted = page.locator(".from-me").last
    await expect(posted).to_contain_text("通过 @jianbao_bot")
    await expect(posted.locator("strong")).to_have_text("条目 1")
    await expect(page.get_by_role("combobox")).to_have_value("")
    assert telegram.chat(LIN).messages[-1].via_bot


async def test_more_results_come_at_the_end_of_the_list_by_scrolling_and_by_keys(page: Page) -> None:
    await _type(page, "量化")
    results = page.get_by_role("option")
    await expect(results).to_have_count(PAGE)
    await results.nth(PAGE - 1).scroll_into_view_if_needed()
    await expect(results).to_have_count(2 * PAGE)
    for _ in range(2 * PAGE - 1):
        await page.keyboard.press("ArrowDown")
    await expect(results).to_have_count(LAST)
    await results.nth(LAST - 1).click()
    await expect(page.locator(".from-me").last).to_contain_text(f"条目 {LAST - 1}")


async def test_the_bot_s_name_is_completed_and_escape_leaves_the_list(page: Page) -> None:
    box = page.get_by_role("combobox")
    await box.press_sequentially("@ji")
    await page.keyboard.press("Tab")
    await expect(box).to_have_value("@jianbao_bot ")
    await expect(page.get_by_role("option")).to_have_count(PAGE)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox")).to_have_count(0)


async def test_the_button_above_the_results_leads_to_the_bot_from_any_chat(
    page: Page, telegram: Sandbox
) -> None:
    if await page.get_by_role("button", name="返回").is_visible():
        await page.get_by_role("button", name="返回").click()
    await page.get_by_role("button", name="读者群").click()
    await _type(page, NOTHING)
    await page.get_by_role("button", name="到机器人里找").click()
    await expect(page.locator(".from-bot").last).to_contain_text("参数 search")
    assert telegram.chat(GROUP).messages == ()


@pytest.mark.parametrize(("name", "chat"), [("Ada", ADA), ("读者群", GROUP)])
async def test_a_button_asks_for_a_chat_and_goes_on_there_as_the_same_person(
    page: Page, telegram: Sandbox, name: str, chat: int
) -> None:
    await page.get_by_role("button", name="↗").click()
    chooser = page.get_by_role("dialog")
    await expect(chooser.get_by_role("listitem")).to_have_count(2)
    await chooser.get_by_role("button", name=name).click()
    await expect(page.get_by_role("combobox")).to_have_value("@jianbao_bot 量化")
    await page.get_by_role("option").first.click()
    await expect(page.locator(".from-me")).to_contain_text("条目 0")
    there = telegram.between(LIN, ADA) if chat == ADA else telegram.chat(GROUP)
    assert [(message.text, message.sender) for message in there.messages] == [("条目 0", LIN)]


async def test_what_is_typed_on_replaces_what_was_found(page: Page) -> None:
    await _type(page, "量化")
    await expect(page.get_by_role("option")).to_have_count(PAGE)
    await _type(page, NOTHING)
    await expect(page.get_by_role("option")).to_have_count(0)
    await page.keyboard.press("Escape")
    await page.get_by_role("combobox").fill("没有名字在前")
    await expect(page.get_by_role("listbox")).to_have_count(0)


async def test_a_button_goes_on_in_this_chat(page: Page) -> None:
    await page.get_by_role("button", name="这里").click()
    await expect(page.get_by_role("combobox")).to_have_value("@jianbao_bot 量化")
    await expect(page.get_by_role("option")).to_have_count(PAGE)


async def test_in_a_group_it_is_told_who_posted(page: Page, telegram: Sandbox) -> None:
    await telegram.ask_inline(ADA, "量化", chat_id=GROUP)
    await telegram.pick(ADA, "3", GROUP)
    await page.goto(f"{telegram.url}/?chat={GROUP}")
    posted = page.locator(".from-other")
    await expect(posted.locator(".author")).to_have_text("Ada")
    await posted.get_by_role("button", name="@jianbao_bot").click()
    await expect(page.get_by_role("combobox")).to_have_value("@jianbao_bot ")
    await expect(page.get_by_role("option")).to_have_count(PAGE)


async def test_an_answer_that_is_refused_is_shown_as_one_line(page: Page) -> None:
    await _type(page, REFUSED)
    await expect(page.get_by_text("RESULT_ID_DUPLICATE")).to_be_visible()
    await expect(page.get_by_role("option")).to_have_count(0)

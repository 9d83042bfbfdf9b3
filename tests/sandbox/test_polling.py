"""An unmodified python-telegram-bot over real HTTP."""

import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.sandbox import FaultKind, Sandbox
from tests.sandbox.conftest import ADA, LIN, TOKEN

App = Application[Any, Any, Any, Any, Any, Any]


async def _start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="yes")]])
    await update.message.reply_html("<b>欢迎</b>，#量化", reply_markup=keyboard)


async def _pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query
    await update.callback_query.answer("收到")
    await update.callback_query.edit_message_text("改过了")


def _application(telegram: Sandbox) -> App:
    builder = ApplicationBuilder().token(TOKEN).base_url(telegram.url + "/bot").job_queue(None)
    application: App = builder.build()
    application.add_handler(CommandHandler("start", _start))
    application.add_handler(CallbackQueryHandler(_pressed))
    return application


@pytest.fixture
async def polling(telegram: Sandbox) -> AsyncIterator[App]:
    application = _application(telegram)
    async with application:
        assert application.updater
        await application.updater.start_polling(timeout=50)
        await application.start()
        yield application
        await application.updater.stop()
        await application.stop()


@pytest.mark.usefixtures("polling")
async def test_a_command_is_answered_and_a_button_works(telegram: Sandbox) -> None:
    await telegram.say(ADA, "/start issue_1")
    (welcome,) = await telegram.received(ADA, 1)
    assert (welcome.text, welcome.html) == ("欢迎，#量化", "<b>欢迎</b>，#量化")
    assert [(e.kind, e.offset, e.length) for e in welcome.entities] == [("bold", 0, 2), ("hashtag", 3, 3)]

    answer = await telegram.answer(await telegram.press(ADA, welcome.message_id, "好"))
    assert (answer.text, answer.alert) == ("收到", False)
    await telegram.until(lambda: telegram.chat(ADA).from_bot[0].text == "改过了")
    edited = telegram.chat(ADA).from_bot[0]
    assert edited.edited
    assert edited.reply_markup is None


async def test_the_library_reads_every_answer(telegram: Sandbox) -> None:
    async with _application(telegram) as application:
        bot = application.bot
        assert (await bot.get_me()).username == "jianbao_bot"
        assert (await bot.get_chat(LIN)).first_name == "小林"
        await bot.set_my_commands([BotCommand("start", "开始")], language_code="zh")
        assert (await bot.get_my_commands(language_code="zh"))[0].command == "start"
        assert await bot.get_my_commands() == ()
        await bot.set_my_description("一份简报")
        assert (await bot.get_my_description()).description == "一份简报"
        assert (await bot.get_chat_menu_button()).type == "commands"
        photo = await bot.send_photo(
            LIN, io.BytesIO(b"\x89PNG\r\n\x1a\n0"), caption="<i>图</i>", parse_mode="HTML"
        )
        assert (photo.caption, photo.photo[0].file_id[:4]) == ("图", "AgAC")
        reply = await bot.send_message(
            LIN, "答", reply_to_message_id=photo.message_id, disable_notification=True
        )
        assert reply.reply_to_message
        assert telegram.chat(LIN).from_bot[-1].silent
        assert await bot.delete_message(LIN, reply.message_id)
        assert not (await bot.get_webhook_info()).url


@pytest.mark.filterwarnings("ignore:.*retry_after.*timedelta")
async def test_errors_arrive_as_the_library_s_own(telegram: Sandbox) -> None:
    async with _application(telegram) as application:
        bot = application.bot
        with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
            await bot.send_message(ADA, "x")
        with pytest.raises(BadRequest, match="an't parse entities: "):
            await bot.send_message(LIN, "<br>", parse_mode="HTML")
        telegram.faults.add(FaultKind.TOO_MANY, after=17)
        with pytest.raises(RetryAfter) as retry:
            await bot.send_message(LIN, "x")
        assert "17" in str(retry.value)
        telegram.faults.add("5xx")
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(LIN, "x")
        telegram.faults.add("reset")
        with pytest.raises(NetworkError):
            await bot.send_message(LIN, "x")
        assert telegram.chat(LIN).from_bot == ()
        telegram.faults.add("drop")
        with pytest.raises(NetworkError):
            await bot.send_message(LIN, "x")
        assert [message.text for message in telegram.chat(LIN).from_bot] == ["x"]


async def test_a_second_poller_ends_the_first(telegram: Sandbox, http: aiohttp.ClientSession) -> None:
    refused: list[TelegramError] = []
    application = _application(telegram)
    async with application:
        assert application.updater
        await application.updater.start_polling(timeout=50, error_callback=refused.append)
        await telegram.until(lambda: telegram.polled)
        async with http.post(f"{telegram.url}/bot{TOKEN}/getUpdates") as response:
            assert (await response.json()) == {"ok": True, "result": []}
        await telegram.until(lambda: bool(refused))
        await application.updater.stop()
    assert isinstance(refused[0], Conflict)
    assert str(refused[0]).startswith("Conflict: terminated by other getUpdates request")

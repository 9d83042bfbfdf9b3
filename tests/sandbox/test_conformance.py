"""The methods' parameters against the Bot API as data and against the library that calls them."""

import inspect
import json
from typing import Any

import pytest
from telegram import Bot

from bot.sandbox.methods import METHODS
from tests.corpus import SHARED

BOT_API = SHARED / "telegram" / "bot-api-10.1.json"
# python-telegram-bot's own arguments, which it does not send under these names
_LIBRARYS_OWN = {
    "self",
    "read_timeout",
    "write_timeout",
    "connect_timeout",
    "pool_timeout",
    "api_kwargs",
    "allow_sending_without_reply",
    "reply_to_message_id",
    "disable_web_page_preview",
    "filename",
    "current_offset",
    "auto_pagination",
}


@pytest.fixture(scope="module")
def bot_api() -> dict[str, Any]:
    if not BOT_API.is_file():
        pytest.skip("the Bot API as data is not beside this checkout (../shared)")
    methods: dict[str, Any] = json.loads(BOT_API.read_text(encoding="utf-8"))["methods"]
    return methods


@pytest.mark.parametrize("name", METHODS)
def test_a_method_takes_exactly_the_parameters_of_the_bot_api(name: str, bot_api: dict[str, Any]) -> None:
    assert METHODS[name].accepts == {field["name"] for field in bot_api[name].get("fields", ())}


@pytest.mark.parametrize("name", METHODS)
def test_a_method_takes_every_parameter_that_the_library_sends(name: str) -> None:
    called = getattr(Bot, name, None)
    if called is None:
        pytest.skip(f"python-telegram-bot has no {name} yet")
    sent = set(inspect.signature(called).parameters) - _LIBRARYS_OWN
    assert sent <= METHODS[name].accepts

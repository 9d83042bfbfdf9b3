"""What may be attached to a message: inline buttons, looked at as Telegram does."""

from typing import Any

import orjson

from bot.sandbox import tdlib
from bot.sandbox.errors import bad_request
from bot.sandbox.limits import Limits
from bot.sandbox.state import Json

_KEYBOARDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
# what a button may do besides "callback_data" and "url", which are looked at
_OTHER_DEEDS = ("web_app", "login_url", "copy_text", "callback_game", "pay")
_SWITCHES = ("switch_inline_query", "switch_inline_query_current_chat")
_CHOSEN = "switch_inline_query_chosen_chat"
_CHOICES = ("allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats")


def checked(markup: Any, *, limits: Limits) -> Json | None:
    """The markup as it is stored, or Telegram's 400. None, ``{}`` and an empty keyboard are no markup.

    Keyboards other than inline ones are taken and not shown.
    """
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict) or not any(name in markup for name in _KEYBOARDS):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return markup
    for button in _flat(rows):
        _check_button(button, limits)
    _check_size(rows, limits)
    return {"inline_keyboard": [row for row in rows if row]} if any(rows) else None


def _flat(rows: Any) -> list[Any]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    return [button for row in rows for button in row]


def _check_button(button: Any, limits: Limits) -> None:
    fault = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(fault + "InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(fault + 'Can\'t find field "text"')
    if button.get("callback_data"):
        _check_data(button["callback_data"], limits)
    elif button.get("url"):
        _check_url(button["url"])
    elif any(name in button for name in (*_SWITCHES, _CHOSEN)):
        _check_switch(button, fault)
    elif not any(name in button for name in _OTHER_DEEDS):
        raise bad_request(fault + "Text buttons are unallowed in the inline keyboard")
    if not button["text"]:
        raise bad_request("inline keyboard button text is empty")


def _check_data(data: Any, limits: Limits) -> None:
    if len(str(data).encode()) > limits.callback_data:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: Any) -> None:
    scheme = str(url).partition("://")[0].lower()
    if "://" in str(url) and scheme not in ("http", "https", "tg", "ton", "tonsite"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if not tdlib.accepts_link(str(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_switch(button: Json, fault: str) -> None:
    for name in _SWITCHES:
        if not isinstance(button.get(name, ""), str):
            raise bad_request(f'{fault}Field "{name}" must be of type String')
    if _CHOSEN not in button or any(name in button for name in _SWITCHES):
        return
    chosen = button[_CHOSEN]
    if not isinstance(chosen, dict):
        raise bad_request(f'{fault}Field "{_CHOSEN}" must be of type Object')
    if not isinstance(chosen.get("query", ""), str):
        raise bad_request(f'{fault}Field "query" must be of type String')
    if not any(chosen.get(choice) is True for choice in _CHOICES):
        raise bad_request("at least one chat type must be allowed")


def _check_size(rows: list[list[Json]], limits: Limits) -> None:
    too_many = sum(map(len, rows)) > limits.buttons or any(len(row) > limits.buttons_in_row for row in rows)
    if too_many or len(orjson.dumps(rows)) > limits.markup_bytes:
        raise bad_request("REPLY_MARKUP_TOO_LONG")

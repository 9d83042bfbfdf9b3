"""Buttons that lead to inline mode, in this chat or in one that is chosen."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import LIN, Client

UNREADABLE = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("button", "led"),
    [
        ({"switch_inline_query": "a"}, ("a", False)),
        ({"switch_inline_query_current_chat": ""}, ("", True)),
        ({"switch_inline_query_chosen_chat": {"query": "a", "allow_user_chats": True}}, ("a", False)),
        ({"switch_inline_query_chosen_chat": {"allow_group_chats": True}}, ("", False)),
    ],
)
async def test_a_button_leads_to_inline_mode(
    call: Client, telegram: Sandbox, button: dict[str, Any], led: tuple[str, bool]
) -> None:
    markup = {"inline_keyboard": [[{"text": "↗"} | button]]}
    await call.ok("sendMessage", chat_id=LIN, text="x", reply_markup=markup)
    (shown,) = telegram.chat(LIN).from_bot[0].buttons
    assert (shown.inline_query, shown.in_this_chat) == led
    assert shown.data is None


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        (
            {"switch_inline_query": 1},
            'can\'t parse inline keyboard button: Field "switch_inline_query" must be of type String',
        ),
        (
            {"switch_inline_query_chosen_chat": "a"},
            UNREADABLE + 'Field "switch_inline_query_chosen_chat" must be of type Object',
        ),
        ({"switch_inline_query_chosen_chat": {"query": "a"}}, "at least one chat type must be allowed"),
    ],
)
async def test_a_button_that_leads_nowhere_is_refused(
    call: Client, button: dict[str, Any], reason: str
) -> None:
    markup = {"inline_keyboard": [[{"text": "↗"} | button]]}
    refused = await call.refused("sendMessage", chat_id=LIN, text="x", reply_markup=markup)
    assert refused == f"Bad Request: {reason}"

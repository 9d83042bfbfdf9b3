"""What the bot tells about itself: limits, languages, scopes."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import ADA, GROUP, LIN, SUPERGROUP, Client


def _commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": "…"} for name in names]


async def test_the_narrowest_list_in_one_s_own_language_is_shown(
    call: Client, http: Any, telegram: Any
) -> None:
    await call.ok("setMyCommands", commands=_commands("any"))
    await call.ok("setMyCommands", commands=_commands("zh"), language_code="zh")
    await call.ok(
        "setMyCommands", commands=_commands("ada"), scope={"type": "chat", "chat_id": ADA}, language_code="en"
    )
    async with http.get(f"{telegram.url}/sandbox/state") as response:
        chats = (await response.json())["chats"]
    shown = {chat["id"]: chat["commands"][0]["command"] for chat in chats}
    assert shown == {LIN: "zh", ADA: "ada", GROUP: "any", SUPERGROUP: "any"}
    await call.ok("deleteMyCommands", language_code="zh")
    assert await call.ok("getMyCommands", language_code="zh") == []
    assert await call.ok("getMyCommands") == _commands("any")


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("setMyCommands", {"commands": _commands("Start")}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": _commands("x" * 33)}, "BOT_COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "d" * 257}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ("setMyCommands", {"commands": _commands(*["a"] * 101)}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyName", {"name": "n" * 65}, "bot name is too long"),
        ("setMyDescription", {"description": "n" * 513}, "bot description is too long"),
        ("setMyShortDescription", {"short_description": "n" * 121}, "bot short description is too long"),
        ("setMyName", {"name": "n", "language_code": "chinese"}, "invalid language code specified"),
        ("getChat", {"chat_id": 5}, "chat not found"),
        ("getChat", {}, "chat_id is empty"),
        ("sendChatAction", {"chat_id": LIN, "action": "dancing"}, "wrong parameter action in request"),
    ],
)
async def test_limits(call: Client, method: str, params: dict[str, Any], reason: str) -> None:
    assert await call.refused(method, **params) == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("method", "field", "longest"),
    [
        ("MyName", "name", 64),
        ("MyDescription", "description", 512),
        ("MyShortDescription", "short_description", 120),
    ],
)
async def test_a_text_is_kept_per_language_until_it_is_taken_away(
    call: Client, telegram: Sandbox, method: str, field: str, longest: int
) -> None:
    general, chinese = "t" * longest, "字" * longest
    before = getattr(telegram.profile(), field)
    await call.ok(f"set{method}", **{field: general})
    await call.ok(f"set{method}", **{field: chinese}, language_code="zh")
    assert await call.ok(f"get{method}", language_code="zh") == {field: chinese}
    assert await call.ok(f"get{method}", language_code="de") == {field: general}
    assert getattr(telegram.profile("zh-hans"), field) == chinese
    await call.ok(f"set{method}", language_code="zh")
    assert getattr(telegram.profile("zh"), field) == general
    await call.ok(f"set{method}", **{field: ""})
    assert getattr(telegram.profile("zh"), field) == before


async def test_the_menu_button_of_one_chat_does_not_change_the_others(call: Client) -> None:
    await call.ok("setChatMenuButton", chat_id=LIN, menu_button={"type": "default"})
    assert await call.ok("getChatMenuButton", chat_id=LIN) == {"type": "default"}
    assert await call.ok("getChatMenuButton", chat_id=ADA) == {"type": "commands"}

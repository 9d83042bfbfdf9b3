"""The bot itself: who it is, what it says of itself, its commands, its menu button."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Call, method
from bot.sandbox.profile import Commands, scope_key
from bot.sandbox.state import Json

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
_MENU_BUTTONS = ("commands", "web_app", "default")
_TEXTS = {
    "name": ("MyName", 64),
    "description": ("MyDescription", 512),
    "short_description": ("MyShortDescription", 120),
}


async def get_me(call: Call) -> Json:
    """A ``User`` with what bots have besides."""
    return call.world.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": call.world.inline.enabled,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def log_out(call: Call) -> bool:  # noqa: ARG001  # a row of the table
    """Nothing to log out from."""
    return True


async def set_my_commands(call: Call) -> bool:
    """The command list of a scope and language."""
    commands = call.given.sequence("commands")
    if commands is None:
        raise bad_request("can't parse commands JSON object: expected an Array of BotCommand")
    if len(commands) > call.world.limits.commands:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.world.bot.commands[_scope_of(call)] = tuple(map(_command, commands))
    call.world.announce()
    return True


async def get_my_commands(call: Call) -> Commands:
    """The list of exactly that scope and language."""
    return call.world.bot.commands.get(_scope_of(call), ())


async def delete_my_commands(call: Call) -> bool:
    """Takes the list of that scope and language away."""
    call.world.bot.commands.pop(_scope_of(call), None)
    call.world.announce()
    return True


async def set_chat_menu_button(call: Call) -> bool:
    """The menu button of a chat, or of all."""
    button = call.given.mapping("menu_button") or {"type": "default"}
    if button.get("type") not in _MENU_BUTTONS:
        raise bad_request("can't parse menu button: unsupported type")
    chat_id = call.given.chat_id()
    if chat_id is not None:
        call.world.chat(chat_id)
    call.world.bot.menu_buttons[chat_id] = button
    call.world.announce()
    return True


async def get_chat_menu_button(call: Call) -> Json:
    """The menu button of a chat, or of all."""
    return call.world.bot.menu_button(call.given.chat_id())


def _setter(kind: str, longest: int) -> Callable[[Call], Awaitable[bool]]:
    async def set_text(call: Call) -> bool:
        text = call.given.text(kind)
        if len(text) > longest:
            raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
        call.world.bot.set_text(kind, _language_of(call), text)
        call.world.announce()
        return True

    return set_text


def _getter(kind: str) -> Callable[[Call], Awaitable[Json]]:
    async def get_text(call: Call) -> Json:
        return {kind: call.world.bot.text(kind, _language_of(call))}

    return get_text


def _scope_of(call: Call) -> tuple[str, str]:
    scope = call.given.mapping("scope") or {"type": "default"}
    needed = _SCOPES.get(scope.get("type", ""))
    if needed is None or any(name not in scope for name in needed):
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return scope_key(scope), _language_of(call)


def _language_of(call: Call) -> str:
    language = call.given.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _command(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", "")).strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


METHODS = (
    method("getMe", get_me),
    method("logOut", log_out),
    method("close", log_out),
    method("setMyCommands", set_my_commands, "commands scope language_code"),
    method("getMyCommands", get_my_commands, "scope language_code"),
    method("deleteMyCommands", delete_my_commands, "scope language_code"),
    method("setChatMenuButton", set_chat_menu_button, "chat_id menu_button"),
    method("getChatMenuButton", get_chat_menu_button, "chat_id"),
    *(
        method(f"set{name}", _setter(kind, longest), f"{kind} language_code")
        for kind, (name, longest) in _TEXTS.items()
    ),
    *(method(f"get{name}", _getter(kind), "language_code") for kind, (name, _) in _TEXTS.items()),
)

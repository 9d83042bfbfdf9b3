"""The commands about the chat of a role: the code by which one gets it, which it is, and to let it go."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from bot.cli.beside import settings_beside
from bot.cli.output import Format, write, write_json
from bot.errors import BadInput
from bot.model import ChatRole
from bot.publishing.claims import LASTS, new_code
from bot.reports.lost_chats import lost_chats
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.settings import Settings
from bot.storage import Access, Storage
from bot.storage.role_chats import RoleChats
from bot.words.moments import moment

_Form = Annotated[Format, typer.Option("--format", help="As text or as JSON.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role as people call it: ``command`` is its command and its section of bot.yml.

    ``title`` is what its chat is called, ``name`` the same with an article; ``advice`` says where a code
    may be sent.
    """

    role: ChatRole
    command: str
    title: str
    name: str
    advice: str
    named: Callable[[Settings], int | None]

    def chats(self, storage: Storage) -> RoleChats:
        """Where its chat is kept."""
        return storage.admin_chats if self.role is ChatRole.ADMIN else storage.editors_chats


def commands_of(role: Role, summary: str) -> typer.Typer:
    """The commands of a role; ``summary`` is their help."""
    made = typer.Typer(no_args_is_help=True)

    @made.callback(help=summary)
    def _all() -> None: ...

    @made.command("code", help=f"Print a code, once: whoever sends /claim CODE makes that chat {role.name}.")
    def code() -> None:
        asyncio.run(_code(role, settings_beside()))

    @made.command("show", help=f"Show which chat is {role.name}, and whether a code may claim one.")
    def show(*, form: _Form = Format.TEXT) -> None:
        _show(role, asyncio.run(_found(role, settings_beside())), form)

    @made.command("forget", help=f"Let the claimed chat be {role.name} no longer, and a code claim none.")
    def forget() -> None:
        asyncio.run(_forget(role, settings_beside()))

    return made


def _show(role: Role, found: dict[str, Any], form: Format) -> None:
    if form is Format.JSON:
        write_json(found)
        return
    chat, until = found["chat"], found["code_until"]
    how = f"{role.command}.chat names it" if found["named"] else f"claimed at {found['since']}"
    none = found["lost"] or f"there is no {role.title}; jianbao {role.command} code makes a code for one"
    write(f"{chat} ({how})" if chat else none)
    if until:
        write(f"a code may claim one until {until}")


async def _code(role: Role, settings: Settings) -> None:
    named = role.named(settings)
    if named is not None:
        where = f"{role.command}.chat"
        raise BadInput(f"names chat {named}; remove it, and a chat may be claimed", where=where)
    async with open_storage(settings, Access.WRITE) as storage:
        made = await new_code(role.chats(storage), secrets.choice, utc_now())
    minutes = round(LASTS.total_seconds() / 60)
    write(f"/claim {made}")
    write(f"Send this to the bot within {minutes} minutes, {role.advice}.")


async def _found(role: Role, settings: Settings) -> dict[str, Any]:
    named = role.named(settings)
    async with open_storage(settings, Access.READ) as storage:
        chats = role.chats(storage)
        chat, until = await chats.get(named), await chats.offered_until()
        away = await lost_chats(storage, settings)
    lost = next((one for one in away if one.role is role.role), None)
    return {
        "chat": chat.chat_id if chat else None,
        "named": named is not None,
        "since": moment(chat.at) if chat and chat.at else None,
        "lost": lost and f"{lost.what}; {lost.advice}",
        "code_until": moment(until) if until and until > utc_now() else None,
    }


async def _forget(role: Role, settings: Settings) -> None:
    async with open_storage(settings, Access.WRITE) as storage:
        known = await role.chats(storage).forget()
    named = role.named(settings)
    if named is not None:
        write(f"{role.command}.chat still names chat {named}; remove it there")
    else:
        write(f"there is no {role.title} any more" if known else f"there was no {role.title}")

"""jianbao admin: which chat is told what matters and may command, and the code by which one becomes it."""

import asyncio
import secrets
from typing import Annotated, Any

import typer

from bot.cli.output import Format, write, write_json
from bot.errors import BadInput
from bot.publishing.claims import LASTS, new_code
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.settings import Configuration, load
from bot.storage import Access

admin = typer.Typer(no_args_is_help=True)


@admin.callback()
def _admin() -> None:
    """Claim, show and forget the chat that is told what matters and takes commands."""


@admin.command("code")
def code() -> None:
    """Print a code, once: whoever sends /claim CODE to the bot makes that chat the admin chat."""
    asyncio.run(_code(load()))


@admin.command("show")
def show(
    *, form: Annotated[Format, typer.Option("--format", help="As text or as JSON.")] = Format.TEXT
) -> None:
    """Show which chat is the admin chat, and whether a code may claim one."""
    found = asyncio.run(_found(load()))
    if form is Format.JSON:
        write_json(found)
        return
    chat, until = found["chat"], found["code_until"]
    how = "admin.chat names it" if found["named"] else f"claimed at {found['since']}"
    write(f"{chat} ({how})" if chat else "there is no admin chat; jianbao admin code makes a code for one")
    if until:
        write(f"a code may claim one until {until}")


@admin.command("forget")
def forget() -> None:
    """Let the claimed chat be the admin chat no longer, and a code claim none."""
    asyncio.run(_forget(load()))


async def _code(configuration: Configuration) -> None:
    named = configuration.settings.admin.chat
    if named is not None:
        raise BadInput(f"names chat {named}; remove it, and a chat may be claimed", where="admin.chat")
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        made = await new_code(storage.admin_chats, secrets.choice, utc_now())
    minutes = round(LASTS.total_seconds() / 60)
    write(f"/claim {made}")
    write(
        f"Send this to the bot within {minutes} minutes, in a private chat or in a group that you administer."
    )


async def _found(configuration: Configuration) -> dict[str, Any]:
    named = configuration.settings.admin.chat
    async with open_storage(configuration.settings, Access.READ) as storage:
        chat, until = await storage.admin_chats.get(named), await storage.admin_chats.offered_until()
    return {
        "chat": chat.chat_id if chat else None,
        "named": named is not None,
        "since": f"{chat.at:%Y-%m-%d %H:%M} UTC" if chat and chat.at else None,
        "code_until": f"{until:%Y-%m-%d %H:%M} UTC" if until and until > utc_now() else None,
    }


async def _forget(configuration: Configuration) -> None:
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        known = await storage.admin_chats.forget()
    named = configuration.settings.admin.chat
    if named is not None:
        write(f"admin.chat still names chat {named}; remove it there")
    else:
        write("there is no admin chat any more" if known else "there was no admin chat")

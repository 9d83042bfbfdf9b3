"""jianbao subscribers show and forget: all that is kept of one chat."""

import asyncio
import json
from typing import Annotated

import typer

from bot.cli.beside import settings_beside
from bot.cli.confirming import LEFT_ALONE, Yes, confirmed
from bot.cli.output import Format, write
from bot.errors import BadInput
from bot.readers.forgetting import PersonalData
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.settings import Settings
from bot.storage import Access, Storage

#: An id of a group is below 0, and no option.
NUMBERS = {"ignore_unknown_options": True}

Chat = Annotated[int, typer.Argument(metavar="ID", help="The chat's id; that of a group is below 0.")]


def show(
    chat: Chat,
    *,
    form: Annotated[Format, typer.Option("--format", help="As text or as JSON.")] = Format.TEXT,
) -> None:
    """Show all that is kept of one chat, table by table, as `/mydata` sends it to the person."""
    document = asyncio.run(_document(settings_beside(), chat))
    if form is Format.JSON:
        write(document)
        return
    rows = {name: found for name, found in json.loads(document).items() if isinstance(found, list)}
    for name, found in rows.items():
        for row in found:
            write(f"{name}\n" + "".join(f"  {column}: {_shown(value)}\n" for column, value in row.items()))


def forget(chat: Chat, *, yes: Yes = False) -> None:
    """Delete all that is kept of one chat, as `/forget` does. Nothing more is sent there."""
    if not asyncio.run(_forget(settings_beside(), chat, yes=yes)):
        write(f"{chat} was not forgotten")
        raise typer.Exit(LEFT_ALONE)
    write(f"{chat} is forgotten: nothing is kept of it any more")


async def _document(settings: Settings, chat: int) -> str:
    async with open_storage(settings, Access.READ) as storage:
        return await _kept(storage, chat)


async def _forget(settings: Settings, chat: int, *, yes: bool) -> bool:
    """Whether the chat was forgotten; not if whoever was asked said no."""
    async with open_storage(settings, Access.WRITE) as storage:
        rows = sum(
            len(one) for one in json.loads(await _kept(storage, chat)).values() if isinstance(one, list)
        )
        if not (
            yes or confirmed(f"Delete all {rows} rows that are kept of {chat}? Nothing brings them back.")
        ):
            return False
        await storage.forgetting.forget(chat, utc_now())
        return True


async def _kept(storage: Storage, chat: int) -> str:
    """The document of all that is kept. Raises BadInput if there is nothing."""
    document = await PersonalData(storage.kept_rows).document(chat)
    if document is None:
        raise BadInput(f"nothing is kept of chat {chat}")
    return document


def _shown(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

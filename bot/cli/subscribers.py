"""jianbao subscribers: import and export subscribers as CSV, in the columns of :mod:`subscriber_table`."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import one_subscriber
from bot.cli.ledger import as_csv
from bot.cli.output import say, write
from bot.cli.subscriber_table import COLUMNS, SubscriberTable, table_at, written
from bot.cli.tables import watched
from bot.digest.names import DigestNames
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.settings import Configuration, load
from bot.storage import Access, Imported, ImportRow

subscribers = typer.Typer(
    help="Import and export subscribers as CSV; show or forget all that is kept of one.", no_args_is_help=True
)
subscribers.command("show", context_settings=one_subscriber.NUMBERS)(one_subscriber.show)
subscribers.command("forget", context_settings=one_subscriber.NUMBERS)(one_subscriber.forget)


@subscribers.command("import")
def import_(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.csv",
            help=f"Columns: {', '.join(COLUMNS[:3])}; optionally {', '.join(COLUMNS[3:])}.",
        ),
    ],
) -> None:
    """Import subscribers: the whole file, or nothing if there is a mistake in it.

    Known subscribers get what the file says, and keep what it has no column for. If a chat is named
    twice, the later line counts. The file may be as a spreadsheet saves it.
    """
    configuration = load()
    names = DigestNames(configuration.profile, configuration.topics)
    with table_at(path, configuration.topics, names) as table:
        count, last = _looked_through(table)
        rows = (row for number, row in enumerate(table.rows()) if last.get(row.chat_id, number) == number)
        done = asyncio.run(_import(configuration, watched(rows, "Importing", total=count)))
    write(f"{count} subscribers imported: {done.new} new, {done.changed} changed")


@subscribers.command("export")
def export() -> None:
    """Write all subscribers as CSV to standard output: everything that they chose."""
    asyncio.run(_export(load()))
    say(
        "left out: when each of them came, and what they saved, declined and were sent;"
        " jianbao backup keeps all of it"
    )


def _looked_through(table: SubscriberTable) -> tuple[int, dict[int, int]]:
    """How many chats the table names, and the number of the last row of each that it names twice."""
    seen, last = set[int](), dict[int, int]()
    for number, row in enumerate(table.rows()):
        if row.chat_id in seen:
            last[row.chat_id] = number
        seen.add(row.chat_id)
    return len(seen), last


async def _import(configuration: Configuration, rows: Iterable[ImportRow]) -> Imported:
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        return await storage.subscribers.import_rows(rows, utc_now())


async def _export(configuration: Configuration) -> None:
    async with open_storage(configuration.settings, Access.READ) as storage:
        write(as_csv([COLUMNS]))
        async for page in storage.subscribers.pages():
            write(as_csv(map(written, page)))

"""jianbao subscribers: import and export subscribers as CSV, in the columns of :mod:`subscriber_table`."""

import asyncio
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import one_subscriber
from bot.cli.beside import settings_beside
from bot.cli.ledger import as_csv
from bot.cli.output import say, write
from bot.cli.subscriber_table import COLUMNS, SubscriberTable, table_at, written
from bot.cli.tables import watched
from bot.digest.names import DigestNames
from bot.errors import BadInput
from bot.model import Destination
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.settings import Configuration, Settings, load
from bot.storage import Access, Imported, ImportRow
from bot.words.english import plural

_MOST_TOLD = 10  # mistakes of a table
_BACK = "jianbao subscribers import FILE --bring-back takes back in whom the column state calls active"

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
            help=f"Columns: {COLUMNS[0]}; optionally {', '.join(COLUMNS[1:])}.",
        ),
    ],
    *,
    bring_back: Annotated[
        bool,
        typer.Option(
            "--bring-back",
            help="Take also those back in who stopped, blocked the bot or were deactivated,"
            " where the column state says active.",
        ),
    ] = False,
) -> None:
    """Import subscribers: the whole file, or nothing if there is a mistake in it.

    Known subscribers get what the file says, and keep what it has no column for; new ones get everything, in
    Chinese. If a chat or topic is named twice, both lines have to say the same. The file may be as a
    spreadsheet saves it, or a list of ids. Whoever stopped, blocked the bot
    or was deactivated stays so, also where the file is older. Who was forgotten is not known any more, and
    comes back as new.
    """
    configuration = load()
    names = DigestNames(configuration.profile, configuration.topics)
    with table_at(path, configuration.topics, names) as table:
        count, again = _looked_through(table)
        rows = watched(_once(table.rows(), again), "Importing", total=count)
        done = asyncio.run(_import(configuration, rows, bring_back=bring_back))
    if table.unknown:
        say(f"jianbao: passed over, for no column of ours is called so: {', '.join(table.unknown)}")
    if again:
        say(f"jianbao: taken once, for all their rows say the same: {plural(len(again), 'subscriber')}")
    write(f"{plural(count, 'subscriber')} imported: {done.new} new, {done.changed} changed")
    if done.inactive:
        states = ", ".join(f"{chats} {state}" for state, chats in sorted(done.inactive.items()))
        write(f"stay as they are and get nothing: {states}; who wants issues again sends /start. {_BACK}")


@subscribers.command("export")
def export() -> None:
    """Write all subscribers as CSV to standard output: everything that they chose."""
    asyncio.run(_export(settings_beside()))
    say(
        "left out: when each of them came, and what they saved, declined and were sent;"
        " jianbao backup keeps all of it"
    )


def _looked_through(table: SubscriberTable) -> tuple[int, frozenset[Destination]]:
    """How many chats the table names, and those of them that it names several times.

    Raises BadInput if there are mistakes; of several, the first are told each in a line before.
    """
    seen, again, mistakes = set[Destination](), set[Destination](), list[BadInput]()
    for _, row in table.looked_at():
        if isinstance(row, BadInput):
            mistakes.append(row)
        elif row.destination in seen:
            again.add(row.destination)
        else:
            seen.add(row.destination)
    mistakes += _contradictions(table, again)
    if mistakes:
        raise _all_of(mistakes, table.where)
    return len(seen), frozenset(again)


def _contradictions(table: SubscriberTable, again: Collection[Destination]) -> Iterator[BadInput]:
    """The rows that say of a chat something else than its first one."""
    first = dict[Destination, tuple[int, ImportRow]]()
    for line, row in table.looked_at() if again else ():
        if isinstance(row, BadInput) or row.destination not in again:
            continue
        before, said = first.setdefault(row.destination, (line, row))
        if row != said:
            reason = f"line {before} says something else of {row.destination}; leave the one that counts"
            yield BadInput(reason, where=f"{table.where}:{line}: chat_id")


def _once(rows: Iterable[ImportRow], again: Collection[Destination]) -> Iterator[ImportRow]:
    """The rows, of each destination in ``again`` the first."""
    waiting = set(again)
    for row in rows:
        if row.destination in waiting or row.destination not in again:
            waiting.discard(row.destination)
            yield row


def _all_of(mistakes: Sequence[BadInput], where: str) -> BadInput:
    """The one mistake; of several, how many there are, once the first of them are told."""
    if len(mistakes) == 1:
        return mistakes[0]
    for one in mistakes[:_MOST_TOLD]:
        say(f"jianbao: {one}")
    more = f", of which the first {_MOST_TOLD} are above" if len(mistakes) > _MOST_TOLD else ""
    return BadInput(f"{len(mistakes)} rows have mistakes{more}; nothing was imported", where=where)


async def _import(configuration: Configuration, rows: Iterable[ImportRow], *, bring_back: bool) -> Imported:
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        return await storage.subscribers.import_rows(rows, utc_now(), bring_back=bring_back)


async def _export(settings: Settings) -> None:
    async with open_storage(settings, Access.READ) as storage:
        write(as_csv([COLUMNS]))
        async for page in storage.subscribers.pages():
            write(as_csv(map(written, page)))

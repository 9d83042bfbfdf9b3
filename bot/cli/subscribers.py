"""jianbao subscribers: bring subscribers from elsewhere, take them elsewhere."""

import asyncio
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import read_text, watched, write
from bot.digest.topics import Topics
from bot.errors import BadInput
from bot.model import LANGUAGES, Cut, Language
from bot.settings import Configuration, load
from bot.wiring import open_storage, utc_now

_COLUMNS = ("chat_id", "language", "topics")
_BETWEEN_TOPICS = " "

subscribers = typer.Typer(help="Bring subscribers from elsewhere, take them elsewhere.", no_args_is_help=True)


@subscribers.command("import")
def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Columns chat_id, language, topics.")],
) -> None:
    """Take subscribers in, all of the file or none of it. Known ones get the file's language and topics."""
    configuration = load()
    rows = list(_rows(path, configuration.topics))
    imported = asyncio.run(_import(configuration, rows))
    write(f"{len(rows)} subscribers read: {imported[0]} new, {imported[1]} changed")


@subscribers.command("export")
def export() -> None:
    """Write all subscribers as CSV to standard output."""
    write(asyncio.run(_export(load())))


async def _import(configuration: Configuration, rows: list[tuple[int, Cut]]) -> tuple[int, int]:
    async with open_storage(configuration.settings) as storage:
        done = await storage.subscribers.import_rows(watched(rows, "Importing"), utc_now())
    return done.new, done.changed


async def _export(configuration: Configuration) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*_COLUMNS, "state"))
    async with open_storage(configuration.settings) as storage:
        async for subscriber in storage.subscribers.all():
            cut = subscriber.cut
            topics = _BETWEEN_TOPICS.join(cut.topics)
            writer.writerow((subscriber.chat_id, cut.language, topics, subscriber.state.value))
    return out.getvalue()


def _rows(path: Path, topics: Topics) -> Iterator[tuple[int, Cut]]:
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise BadInput(f"has no column {missing[0]}; it needs {', '.join(_COLUMNS)}", where=f"{path}:1")
    for row in reader:
        where = f"{path}:{reader.line_num}"
        cut = Cut(language=_language(row["language"], where), topics=_topics(row["topics"], topics, where))
        yield _chat_id(row["chat_id"], where), cut


def _chat_id(text: str | None, where: str) -> int:
    try:
        return int((text or "").strip())
    except ValueError:
        raise BadInput(f"{text!r} is no number", where=f"{where}: chat_id") from None


def _language(text: str | None, where: str) -> Language:
    word = (text or "").strip().casefold() or LANGUAGES[0]
    for language in LANGUAGES:
        if word == language or word.startswith(f"{language}-"):
            return language
    raise BadInput(f"{text!r} is neither of {', '.join(LANGUAGES)}", where=f"{where}: language")


def _topics(text: str | None, topics: Topics, where: str) -> tuple[str, ...]:
    slugs = set()
    for word in (text or "").replace(";", " ").replace(",", " ").replace("|", " ").split():
        slug = topics.find(word)
        if slug is None:
            raise BadInput(f"no topic is called {word!r}", where=f"{where}: topics")
        slugs.add(slug)
    return tuple(sorted(slugs))

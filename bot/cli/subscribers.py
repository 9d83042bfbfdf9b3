"""jianbao subscribers: import and export subscribers as CSV.

The columns are chat_id, language (empty: the first of ours), topics (by any of their names,
keywords in quotation marks, a minus before what is left out) and, if it was exported, state.
Modes and sections are not exported.
"""

import asyncio
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import read_text, write
from bot.cli.tables import watched
from bot.digest.topics.vocabulary import Topics
from bot.errors import BadInput
from bot.model import LANGUAGES, MOST_KEYWORDS, Cut, Language, SubscriberState
from bot.readers.topic_query import TopicQuery, parse_topic_query
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.settings import Configuration, load
from bot.storage import Access, Imported, ImportRow

_COLUMNS = ("chat_id", "language", "topics")
_STATE = "state"
_BETWEEN_TOPICS = " "
_CHAT_IDS = range(-(2**63), 2**63)

subscribers = typer.Typer(help="Import and export subscribers as CSV.", no_args_is_help=True)


@subscribers.command("import")
def import_(
    path: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="Columns: chat_id, language, topics, optionally state.")
    ],
) -> None:
    """Import subscribers: the whole file, or nothing if there is a mistake in it.

    Known subscribers get the language, topics and, if given, state of the file, and keep their
    other settings. If a chat is named twice, the later line counts.
    """
    configuration = load()
    rows = {row.chat_id: row for row in _rows(path, configuration.topics)}
    done = asyncio.run(_import(configuration, tuple(rows.values())))
    write(f"{len(rows)} subscribers imported: {done.new} new, {done.changed} changed")


@subscribers.command("export")
def export() -> None:
    """Write all subscribers as CSV to standard output."""
    write(asyncio.run(_export(load())))


async def _import(configuration: Configuration, rows: Sequence[ImportRow]) -> Imported:
    async with open_storage(configuration.settings, Access.WRITE) as storage:
        return await storage.subscribers.import_rows(watched(rows, "Importing"), utc_now())


async def _export(configuration: Configuration) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*_COLUMNS, _STATE))
    async with open_storage(configuration.settings, Access.READ) as storage:
        async for subscriber in storage.subscribers.all():
            cut = subscriber.cut
            writer.writerow((subscriber.chat_id, cut.language, _topics(cut), subscriber.state.value))
    return out.getvalue()


def _rows(path: Path, topics: Topics) -> Iterator[ImportRow]:
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""), skipinitialspace=True)
    try:
        reader.fieldnames = [name.strip().casefold() for name in reader.fieldnames or ()]
        missing = [column for column in _COLUMNS if column not in reader.fieldnames]
        if missing:
            needed = ", ".join(_COLUMNS)
            raise BadInput(f"column {missing[0]} is missing; needed are {needed}", where=f"{path}:1")
        for row in reader:
            yield _row(row, topics, f"{path}:{reader.line_num}")
    except csv.Error as error:
        raise BadInput(f"invalid CSV: {error}", where=f"{path}:{reader.line_num + 1}") from None


def _row(row: Mapping[str, str | None], topics: Topics, where: str) -> ImportRow:
    query = _query(row["topics"] or "", topics, f"{where}: topics")
    return ImportRow(
        chat_id=_chat_id(row["chat_id"], where),
        language=_language(row["language"], where),
        followed=query.plus,
        excluded=query.minus,
        state=_state(row.get(_STATE), where),
    )


def _chat_id(text: str | None, where: str) -> int:
    digits = (text or "").strip()
    if not re.fullmatch(r"[+-]?[0-9]{1,99}", digits):
        raise BadInput(f"{digits!r} is not a number", where=f"{where}: chat_id")
    if int(digits) not in _CHAT_IDS or int(digits) == 0:
        raise BadInput(f"{digits!r} is not a chat id", where=f"{where}: chat_id")
    return int(digits)


def _state(text: str | None, where: str) -> SubscriberState | None:
    word = (text or "").strip().casefold()
    if word and word not in [*SubscriberState]:
        raise BadInput(f"{word!r} is not one of {', '.join(SubscriberState)}", where=f"{where}: {_STATE}")
    return SubscriberState(word) if word else None


def _language(text: str | None, where: str) -> Language:
    word = (text or "").strip().casefold() or LANGUAGES[0]
    for language in LANGUAGES:
        if word == language or word.startswith(f"{language}-"):
            return language
    raise BadInput(f"{text!r} is not one of {', '.join(LANGUAGES)}", where=f"{where}: language")


def _query(text: str, topics: Topics, where: str) -> TopicQuery:
    """The topics of the column. A word without quotation marks is a topic, so a misspelt one is refused."""
    query = parse_topic_query(text, topics)
    for word in (*query.bare, *query.refused):
        raise BadInput(f"no topic is called {word!r}; put a keyword in “ and ”", where=where)
    if len((query.plus | query.minus).keywords) > MOST_KEYWORDS:
        raise BadInput(f"more than {MOST_KEYWORDS} keywords", where=where)
    return query


def _topics(cut: Cut) -> str:
    """The column ``topics`` of a cut, as the import reads it."""
    followed, without = (one.called(str) for one in (cut.followed, cut.excluded))
    return _BETWEEN_TOPICS.join((*followed, *(f"-{name}" for name in without)))

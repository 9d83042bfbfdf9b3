"""Subscribers as a table in CSV: as spreadsheets write it, and as they read it.

The columns are chat_id, language (empty: the first of ours), topics (by any of their names, keywords in
quotation marks, a minus before what is left out), and, where they are known, state, mode, sections, hours
(``Asia/Shanghai|0830|4|2200-0700|s``: the zone, the hour, the day of the week from 0 for Monday, quiet
hours, and ``s`` where it comes silently and ``t`` where only with something for its reader, each perhaps
empty) and the thread: the topic of a forum, empty for the chat itself.
"""

import csv
import re
import shutil
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, TextIO, TypeVar

from bot.digest.names import DigestNames
from bot.digest.topics.vocabulary import Topics
from bot.errors import BadInput
from bot.model import LANGUAGES, MOST_KEYWORDS, Cut, Hours, Language, Mode, Subscriber, SubscriberState
from bot.readers import zones
from bot.readers.topic_query import TopicQuery, parse_topic_query
from bot.storage import ImportRow

COLUMNS = ("chat_id", "language", "topics", "state", "mode", "sections", "hours", "thread")
_NEEDED = COLUMNS[:3]
_DELIMITERS = ",;\t"
_UTF8, _OLD = "utf-8-sig", "gb18030"
_BLOCK = 1 << 16  # characters
_CHAT_IDS = range(-(2**63), 2**63)
_THREADS = range(2**31)
_NUMBER = re.compile(r"[+-]?[0-9]{1,99}")
_BETWEEN = re.compile(r"[\s,;|]+")
_SHORTENED = re.compile(r"[+-]?[0-9][.,]?[0-9]*E\+?[0-9]+", re.IGNORECASE)
_CHOICES = 4096  # that are kept read

if TYPE_CHECKING:
    from _csv import Reader

Word = TypeVar("Word", bound=StrEnum)
Fields = Mapping[str, str]


def written(subscriber: Subscriber) -> tuple[object, ...]:
    """The row of a subscriber, as :class:`SubscriberTable` reads it."""
    cut = subscriber.cut
    sections = " ".join(cut.sections)
    chosen = (cut.language, _interests(cut), subscriber.state.value, cut.mode.value, sections)
    return (subscriber.chat_id, *chosen, subscriber.hours.signature, subscriber.thread or "")


def _interests(cut: Cut) -> str:
    followed, without = (one.called(str) for one in (cut.followed, cut.excluded))
    return " ".join((*followed, *(f"-{name}" for name in without)))


class SubscriberTable:
    """A file of subscribers, read row by row, as often as it is walked through.

    ``where`` names it in errors; one that cannot be read raises OSError. ``unknown`` are the columns that are
    none of ours, once a row was read.
    """

    def __init__(self, path: Path, topics: Topics, names: DigestNames, *, where: str) -> None:
        self._path = path
        self.where = where
        self.unknown: tuple[str, ...] = ()
        self._topics = topics
        self._sections = names.sections
        self._choice = lru_cache(_CHOICES)(self._read_choice)

    def rows(self) -> Iterator[ImportRow]:
        """Every row but blank ones. Raises BadInput by line and column where there is a mistake."""
        for row in self.looked_at():
            if isinstance(row, BadInput):
                raise row
            yield row

    def looked_at(self) -> Iterator[ImportRow | BadInput]:
        """Every row but blank ones; in place of one with a mistake what is wrong, by line and column."""
        for line, fields in _rows(self._path, self.where):
            self.unknown = self.unknown or tuple(name for name in fields if name and name not in COLUMNS)
            try:
                yield self._row(fields)
            except BadInput as error:
                yield BadInput(error.reason, where=f"{self.where}:{line}: {error.where}")

    def _row(self, fields: Fields) -> ImportRow:
        """Raises BadInput by column."""
        chat_id = _chat_id(fields["chat_id"])
        choice = self._choice(*(fields.get(column) for column in COLUMNS[1:-1]))
        return replace(choice, chat_id=chat_id, thread=_thread(fields.get("thread")))

    def _read_choice(
        self,
        language: str,
        topics: str,
        state: str | None,
        mode: str | None,
        sections: str | None,
        hours: str | None,
    ) -> ImportRow:
        """The row of whoever chose this: most share it with others."""
        query = _query(topics, self._topics)
        return ImportRow(
            chat_id=0,
            language=_language(language),
            followed=query.plus,
            excluded=query.minus,
            state=_one_of(SubscriberState, state, "state"),
            mode=_one_of(Mode, mode, "mode"),
            sections=None if sections is None else self._known(sections),
            hours=None if hours is None else _hours(hours.strip()),
        )

    def _known(self, text: str) -> tuple[str, ...]:
        slugs = {slug for slug in _BETWEEN.split(text) if slug}
        for slug in slugs.difference(self._sections):
            known = ", ".join(self._sections)
            raise BadInput(f"no section is called {slug!r}; there are {known}", where="sections")
        return tuple(sorted(slugs))


def _query(text: str, topics: Topics) -> TopicQuery:
    """What the column names. A word without quotation marks is a topic, so a misspelt one is refused."""
    query = parse_topic_query(text, topics)
    for word in (*query.bare, *query.refused):
        raise BadInput(f"no topic is called {word!r}; put a keyword in “ and ”", where="topics")
    if len((query.plus | query.minus).keywords) > MOST_KEYWORDS:
        raise BadInput(f"more than {MOST_KEYWORDS} keywords", where="topics")
    return query


@contextmanager
def table_at(path: Path, topics: Topics, names: DigestNames) -> Iterator[SubscriberTable]:
    """The table in a file, or in what comes through a pipe, which is kept for as long as the block lasts."""
    try:
        with ExitStack() as stack:
            file = path
            if path.is_fifo():
                copy = stack.enter_context(NamedTemporaryFile(prefix="jianbao-"))
                with path.open("rb") as pipe:
                    shutil.copyfileobj(pipe, copy)
                copy.flush()
                file = Path(copy.name)
            yield SubscriberTable(file, topics, names, where=str(path))
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=str(path)) from None


def _rows(path: Path, where: str) -> Iterator[tuple[int, Fields]]:
    """The rows below the header that say anything, each with its line."""
    columns: list[str] | None = None
    with path.open(encoding=_encoding(path, where), newline="") as file:
        reader = csv.reader(file, delimiter=_delimiter(file), skipinitialspace=True)
        for row in _saying_anything(reader, where):
            if columns is None:
                columns = _columns(row, f"{where}:{reader.line_num}")
            else:
                padded = row + [""] * (len(columns) - len(row))
                yield reader.line_num, dict(zip(columns, padded, strict=False))
    if columns is None:
        _columns([], f"{where}:1")


def _saying_anything(reader: "Reader", where: str) -> Iterator[list[str]]:
    """The rows without those that spreadsheets leave: empty, or of nothing but delimiters."""
    try:
        for row in reader:
            if any(field.strip() for field in row):
                yield row
    except csv.Error as error:
        raise BadInput(f"invalid CSV: {error}", where=f"{where}:{reader.line_num}") from None


def _columns(header: list[str], where: str) -> list[str]:
    columns = [name.strip().casefold() for name in header]
    for column in _NEEDED:
        if column not in columns:
            raise BadInput(f"column {column} is missing; needed are {', '.join(_NEEDED)}", where=where)
    return columns


def _encoding(path: Path, where: str) -> str:
    """How a text is encoded: spreadsheets write UTF-8, UTF-16 with its mark, or what is usual in China."""
    with path.open("rb") as file:
        marked = file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE)
    for encoding in ("utf-16",) if marked else (_UTF8, _OLD):
        with path.open(encoding=encoding) as text, suppress(UnicodeError):
            while text.read(_BLOCK):
                pass
            return encoding
    raise BadInput("is not a text file", where=where)


def _delimiter(file: TextIO) -> str:
    """What parts the columns of the header; the file is at its beginning again afterwards."""
    header = next((line for line in file if line.strip()), "")
    file.seek(0)
    return max(_DELIMITERS, key=header.count)


def _chat_id(text: str) -> int:
    digits = text.strip()
    if not _NUMBER.fullmatch(digits):
        shortened = "was shortened by a spreadsheet; show it there in full"
        reason = shortened if _SHORTENED.fullmatch(digits) else "is not a number"
        raise BadInput(f"{digits!r} {reason}", where="chat_id")
    if int(digits) not in _CHAT_IDS or int(digits) == 0:
        raise BadInput(f"{digits!r} is not a chat id", where="chat_id")
    return int(digits)


def _thread(text: str | None) -> int:
    digits = text.strip() if text else ""
    if digits and not (digits.isascii() and digits.isdecimal() and int(digits) in _THREADS):
        raise BadInput(f"{digits!r} is not the id of a topic", where="thread")
    return int(digits or 0)


def _one_of(words: type[Word], text: str | None, column: str) -> Word | None:
    """The word; None where the column says nothing."""
    word = text.strip().casefold() if text else ""
    if word and word not in [*words]:
        raise BadInput(f"{word!r} is not one of {', '.join(words)}", where=column)
    return words(word) if word else None


def _hours(text: str) -> Hours:
    try:
        hours = Hours.parse(text)
    except ValueError:
        reason = f"{text!r} is not of the form Asia/Shanghai|0830|4|2200-0700|s"
        raise BadInput(reason, where="hours") from None
    if hours.zone and not zones.exists(hours.zone):
        raise BadInput(f"unknown time zone {hours.zone!r}", where="hours")
    return hours


def _language(text: str) -> Language:
    word = text.strip().casefold() or LANGUAGES[0]
    for language in reversed(LANGUAGES):
        if word == language.casefold() or word.startswith(f"{language.casefold()}-"):
            return language
    raise BadInput(f"{text!r} is not one of {', '.join(LANGUAGES)}", where="language")

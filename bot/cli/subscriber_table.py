"""Subscribers as a table in CSV: as spreadsheets write it, and as they read it.

The columns are chat_id, language (empty: the first of ours), topics (by any of their names, keywords in
quotation marks, a minus before what is left out), and, where they are known, state, mode, sections, hours
(``Asia/Shanghai|0830|4|2200-0700|s``: the zone, the hour, the day of the week from 0 for Monday, quiet
hours, and ``s`` where it comes silently and ``t`` where only with something for its reader, each perhaps
empty) and the thread: the topic of a forum, empty for the chat itself.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

from bot.cli.cells import integer, language, plain, unwrapped
from bot.cli.sheet import Row, Sheet
from bot.digest.names import DigestNames
from bot.digest.topics.vocabulary import Topics
from bot.errors import BadInput
from bot.model import MOST_KEYWORDS, Cut, Hours, Mode, Subscriber, SubscriberState
from bot.readers import zones
from bot.readers.topic_query import TopicQuery, parse_topic_query
from bot.storage import ImportRow

COLUMNS = ("chat_id", "language", "topics", "state", "mode", "sections", "hours", "thread")
#: Other names of columns, as :class:`Sheet` wants them.
_ALSO = {
    **dict.fromkeys(("chat", "telegramid", "telegramchatid", "聊天id", "对话id", "對話id"), "chat_id"),
    **dict.fromkeys(("lang", "languagecode", "语言", "語言"), "language"),
    **dict.fromkeys(("topic", "主题", "主題"), "topics"),
}
_CHAT_IDS = range(-(2**63), 2**63)
_THREADS = range(2**31)
_BETWEEN = re.compile(r"[\s,;|]+")
_CHOICES = 4096  # that are kept read

Word = TypeVar("Word", bound=StrEnum)


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

    ``where`` names it in errors; one that cannot be read raises OSError.
    """

    def __init__(self, path: Path, topics: Topics, names: DigestNames, *, where: str) -> None:
        self.where = where
        self._sheet = Sheet(path, COLUMNS, _ALSO, where=where)
        self._topics = topics
        self._sections = names.sections
        self._choice = lru_cache(_CHOICES)(self._read_choice)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The columns that are none of ours, once a row was read."""
        return self._sheet.unknown

    def rows(self) -> Iterator[ImportRow]:
        """Every row but blank ones. Raises BadInput by line and column where there is a mistake."""
        for _, row in self.looked_at():
            if isinstance(row, BadInput):
                raise row
            yield row

    def looked_at(self) -> Iterator[tuple[int, ImportRow | BadInput]]:
        """Every row but blank ones, by line; in place of one with a mistake what is wrong, and where."""
        for row in self._sheet.rows():
            try:
                yield row.line, self._row(row)
            except BadInput as error:
                yield row.line, BadInput(error.reason, where=f"{self.where}:{row.line}: {error.where}")

    def _row(self, row: Row) -> ImportRow:
        """Raises BadInput by column."""
        fields = row.fields
        chat_id = _chat_id(fields["chat_id"])
        if row.beyond:
            reason = f"{row.beyond[0]!r} is in none; put in quotation marks what belongs together"
            raise BadInput(reason, where="behind the last column")
        choice = self._choice(*(fields.get(column) for column in COLUMNS[1:-1]))
        return replace(choice, chat_id=chat_id, thread=_thread(fields.get("thread")))

    def _read_choice(
        self,
        tongue: str | None,
        topics: str | None,
        state: str | None,
        mode: str | None,
        sections: str | None,
        hours: str | None,
    ) -> ImportRow:
        """The row of whoever chose this: most share it with others."""
        query = _query(unwrapped(topics or ""), self._topics)
        return ImportRow(
            chat_id=0,
            language=None if tongue is None else language(tongue),
            followed=None if topics is None else query.plus.in_order,
            excluded=None if topics is None else query.minus.in_order,
            state=_one_of(SubscriberState, state, "state"),
            mode=_one_of(Mode, mode, "mode"),
            sections=None if sections is None else self._known(plain(sections)),
            hours=None if hours is None else _hours(plain(hours)),
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
    if query.unsure or query.only:
        raise BadInput(f"{text!r} is no list of topics; put a minus before what is left out", where="topics")
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


def _chat_id(text: str) -> int:
    chat_id = integer(text, "chat_id")
    if chat_id not in _CHAT_IDS or chat_id == 0:
        raise BadInput(f"{text.strip()!r} is not a chat id", where="chat_id")
    return chat_id


def _thread(text: str | None) -> int:
    if not text or not text.strip():
        return 0
    with suppress(BadInput):
        thread = integer(text, "thread")
        if thread in _THREADS:
            return thread
    raise BadInput(f"{text.strip()!r} is not the id of a topic", where="thread")


def _one_of(words: type[Word], text: str | None, column: str) -> Word | None:
    """The word; None where the column says nothing."""
    word = plain(text).casefold() if text else ""
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

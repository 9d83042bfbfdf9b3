"""Many issues made of the real ones, put into an empty database with their entries."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, cycle, islice

import sqlalchemy as sa

from benchmarks.corpora import Corpus
from bot.digest.reader import IssueReader
from bot.model import Entry, IndexedIssue, IssueState, entries_of
from bot.storage import Database, replace_entries
from bot.storage.schema import issues

ITEMS = 20  # of an issue
FINGERPRINT = "benchmark"
_FIRST = date(1999, 1, 1)
_CHUNK = 50  # issues of a transaction

Made = tuple[str, date, tuple[Entry, ...]]  #: an issue: its slug, its day and its entries


def made(measured: Sequence[Corpus], count: int) -> Iterator[Made]:
    """So many issues of the items of the corpora, in turn; each title is its own."""
    items = cycle(tuple(chain.from_iterable(map(_entries, measured))))
    for number in range(count):
        day = _FIRST + timedelta(days=number)
        slug = day.isoformat()
        yield slug, day, tuple(_as_of(slug, day, *one) for one in enumerate(islice(items, ITEMS)))


def _entries(corpus: Corpus) -> Iterator[Entry]:
    reader = IssueReader(corpus.profile, corpus.topics)
    for source in corpus.sources:
        yield from entries_of(reader.read(source.text, slug=source.slug))


def _as_of(slug: str, day: date, position: int, entry: Entry) -> Entry:
    title = f"{entry.title or ''} {slug}"
    name = f"i{position}"
    return replace(entry, issue_slug=slug, date=day, position=position, item_id=name, title=title)


def text_of(issue: Made) -> str:
    """A text of an issue: a line for each entry."""
    slug, _, entries = issue
    return "\n".join((f"# {slug}", "", *(f"- [{entry.title}]({entry.url})" for entry in entries), ""))


async def add_issues(database: Database, given: Sequence[Made]) -> None:
    """The issues alone, as archive."""
    rows = [
        {
            "slug": slug,
            "title": slug,
            "date": day,
            "text": (text := text_of(issue)),
            "checksum": hashlib.sha256(text.encode()).hexdigest(),
            "state": IssueState.ARCHIVED,
            "found_at": datetime.combine(day, time(), UTC),
        }
        for issue in given
        for slug, day, _ in (issue,)
    ]
    async with database.writing() as connection:
        await connection.execute(sa.insert(issues), rows)


def indexed(entries: tuple[Entry, ...], fingerprint: str = FINGERPRINT) -> IndexedIssue:
    """What an issue of these entries puts into the index."""
    return IndexedIssue(entries=entries, fingerprint=fingerprint, day_known=True)


async def index(database: Database, given: Sequence[Made], fingerprint: str = FINGERPRINT) -> None:
    """Their entries, as the bot makes the whole index anew: a chunk of issues in each transaction."""
    for start in range(0, len(given), _CHUNK):
        async with database.writing() as connection:
            for slug, _, entries in given[start : start + _CHUNK]:
                await replace_entries(connection, slug, indexed(entries, fingerprint))

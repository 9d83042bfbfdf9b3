"""An entry as rows of the index, and back.

The number of an item's row is made of the number of its issue and of its position, so that what is the same
for a whole issue is looked up in a small table.
"""

import json
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import accumulate, chain
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.model import Entry, EntryKind, GivenBy, Place, Reason, TopicMatch
from bot.storage.index_schema import items
from bot.words.scripts import runs_on
from bot.words.tokens import LONGEST, Phrase, tokens_of

POSITION_BITS = 16
_MOST_BYTES = 2**20 - 1  # of the tokens of a field in UTF-8: PostgreSQL's tsvector holds no more
_SURELY_HELD = _MOST_BYTES // (4 * LONGEST)  # tokens, whatever they are
_SHORTEST = 4  # letters of a word that may be mistyped and still be known

Row = dict[str, Any]  # Any: the columns of a row have many types
Fields = Mapping[str, Phrase]  #: tokens by the field that they stand in


class ItemRow(NamedTuple):
    """What is read of a row, as :data:`READ` asks for it."""

    id: int
    issue_slug: str
    position: int
    item_id: str
    kind: str
    section_slug: str
    section_heading: str
    groups: str
    title: str | None
    url: str | None
    source: str | None
    tags: str
    summary: str
    date: date | None
    line: int
    topics: str
    addresses: str
    day_known: bool


READ = tuple(items.c[name] for name in ItemRow._fields)


def issue_number(item: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """The number of the issue that an item's row is of."""
    return item.bitwise_rshift(sa.literal_column(str(POSITION_BITS)))


def item_row(number: int, entry: Entry) -> Row:
    """The row of ``items`` for an entry of the issue of this number."""
    return {
        "id": _row_id(number, entry),
        "issue_slug": entry.issue_slug,
        "position": entry.position,
        "item_id": entry.item_id,
        "kind": entry.kind,
        "section_slug": entry.section_slug,
        "section_heading": entry.section_heading,
        "groups": _json(entry.groups),
        "title": entry.title,
        "url": entry.url,
        "source": entry.source,
        "tags": _json(entry.tags),
        "summary": entry.summary,
        "date": entry.date,
        "line": entry.line,
        "topics": _json(list(map(_topic_values, entry.topics))),
        "addresses": _json(entry.addresses),
        "day_known": entry.day_known,
    }


def topic_rows(number: int, entry: Entry) -> Iterator[Row]:
    """The rows of ``item_topics``."""
    for topic in entry.topics:
        yield {"item": _row_id(number, entry), "topic": topic.slug}


def url_rows(number: int, entry: Entry) -> Iterator[Row]:
    """The rows of ``item_urls``."""
    for address in entry.addresses:
        yield {"item": _row_id(number, entry), "address": address}


def fields_of(entry: Entry) -> Fields:
    """The tokens of each field of ``item_words``, as many as either database holds."""
    labels = [*entry.tags, entry.source or ""]
    return {
        "title": _held(tokens_of(entry.title or "")),
        "tags": _held(tuple(chain.from_iterable(map(tokens_of, labels)))),
        "summary": _held(tokens_of(entry.summary)),
    }


def _held(tokens: Phrase) -> Phrase:
    """The first of the tokens, as many as there is room for."""
    if len(tokens) <= _SURELY_HELD:
        return tokens
    sizes = accumulate(len(token.encode()) for token in tokens)
    return tokens[: bisect(list(sizes), _MOST_BYTES)]


def word_row(number: int, entry: Entry, fields: Fields, written: Callable[[Phrase], str]) -> Row:
    """The row of ``item_words``, with the tokens ``written`` as the database has them."""
    return {"item": _row_id(number, entry)} | {name: written(tokens) for name, tokens in fields.items()}


def words_of(entries: Iterable[Fields]) -> list[str]:
    """The words of letters alone, in order; none that is short, or of a script without blanks."""
    tokens = frozenset(chain.from_iterable(chain.from_iterable(one.values()) for one in entries))
    words = (token for token in tokens if len(token) >= _SHORTEST and token.isalpha())
    return sorted(word for word in words if not runs_on(word[0]))


def entry_of(row: ItemRow) -> Entry:
    """The entry that a row says."""
    return Entry(
        issue_slug=row.issue_slug,
        position=row.position,
        item_id=row.item_id,
        kind=EntryKind(row.kind),
        section_slug=row.section_slug,
        section_heading=row.section_heading,
        groups=tuple(json.loads(row.groups)),
        title=row.title,
        url=row.url,
        source=row.source,
        tags=tuple(json.loads(row.tags)),
        summary=row.summary,
        date=row.date,
        line=row.line,
        topics=tuple(_topic(*values) for values in json.loads(row.topics)),
        addresses=tuple(json.loads(row.addresses)),
        day_known=row.day_known,
    )


def _topic_values(topic: TopicMatch) -> tuple[object, ...]:
    reasons = [(reason.term, reason.place, reason.count) for reason in topic.reasons]
    return topic.slug, topic.matched, topic.score, reasons, topic.probability, topic.by


def _topic(  # a row has the values that it has
    slug: str,
    matched: str,
    score: float,
    reasons: list[tuple[str, str, int]],
    probability: float = 0.0,
    by: str = GivenBy.WORDS,
) -> TopicMatch:
    """A row of an earlier version has no probability and was given by words, until the index is made anew."""
    found = (Reason(term=term, place=Place(place), count=count) for term, place, count in reasons)
    return TopicMatch(
        slug=slug,
        matched=matched,
        score=score,
        probability=probability,
        reasons=tuple(found),
        by=GivenBy(by),
    )


def _row_id(number: int, entry: Entry) -> int:
    return (number << POSITION_BITS) + entry.position


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

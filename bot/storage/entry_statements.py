"""Which entries are found, and in which order: the SQL of a search."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.model import READABLE, IssueState, SearchQuery
from bot.storage.connection import Connection
from bot.storage.entry_rows import issue_number
from bot.storage.index_schema import indexed_issues, item_topics, items
from bot.storage.schema import issues, saved_items
from bot.storage.word_search import WithWords, with_words

_HIDDEN = tuple(state for state in IssueState if state not in READABLE)
#: Issues that readers may not see. They are few, and what is found is many.
_hidden_slugs = sa.select(issues.c.slug).where(issues.c.state.in_(_HIDDEN))
_hidden_numbers = sa.select(indexed_issues.c.number).where(indexed_issues.c.issue_slug.in_(_hidden_slugs))

Condition = sa.ColumnElement[bool]
Query = sa.Select[*tuple[Any, ...]]  #: Any: the rows of each have their own columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """``every`` row that is found, the number of its ``item``, and its ``rank``: the higher, the better.

    ``best``: those of the highest rank there may be; None if rows have no rank.
    """

    every: Query
    item: sa.ColumnElement[int]
    rank: sa.ColumnElement[int]
    best: Query | None


def searched(connection: Connection, query: SearchQuery) -> Searched:
    """What is found by words, or else by its topics, as far as readers may see it."""
    found, limits = _begun(connection, query)
    rows = visible(sa.select(found.item), found.item).where(*limits, *_filters(query, found.item))
    best = None if found.at_best is None else rows.where(*found.at_best)
    return Searched(every=rows.where(*found.conditions), item=found.item, rank=found.rank, best=best)


def visible(query: Query, item: sa.ColumnElement[int]) -> Query:
    """Without what is in an issue that readers may not see."""
    return query.where(issue_number(item).not_in(_hidden_numbers))


def newest_first(query: Query, item: sa.ColumnElement[int], *before: sa.ColumnElement[Any]) -> Query:
    """In the order of the issues' days, or ``before`` that in another; the items of an issue in its own."""
    slug = indexed_issues.c.issue_slug
    order = (indexed_issues.c.day.desc(), sa.func.length(slug).desc(), slug.desc(), item)
    return query.join(indexed_issues, indexed_issues.c.number == issue_number(item)).order_by(*before, *order)


def _begun(connection: Connection, query: SearchQuery) -> tuple[WithWords, tuple[Condition, ...]]:
    """The rows to begin with, and what else has to hold for them."""
    either = _either(connection, query)
    if query.phrases or query.excluded:
        found = with_words(connection, query)
        return found, () if either is None else (found.item.in_(either),)
    if either is not None:
        return WithWords(item=either.subquery().c.item, conditions=(), rank=sa.literal(0)), ()
    item = items.c.id if query.topic is None else item_topics.c.item
    return WithWords(item=item, conditions=(), rank=sa.literal(0)), ()


def _either(connection: Connection, query: SearchQuery) -> sa.CompoundSelect[int] | None:
    """What has one of the topics or phrases of which one is enough; None if there are none."""
    item = item_topics.c.item
    parts = [sa.select(item.label("item")).where(item_topics.c.topic == topic) for topic in query.any_topics]
    for phrase in query.any_phrases:
        found = with_words(connection, SearchQuery(phrases=(phrase,)))
        parts.append(sa.select(found.item.label("item")).where(*found.conditions))
    return sa.union(*parts) if parts else None


def _filters(query: SearchQuery, item: sa.ColumnElement[int]) -> Iterator[sa.ColumnElement[bool]]:
    if query.topic is not None and item is item_topics.c.item:
        yield item_topics.c.topic == query.topic
    elif query.topic is not None:
        yield sa.exists().where(item_topics.c.item == item, item_topics.c.topic == query.topic)
    if query.not_topics:
        other = item_topics.alias()
        yield ~sa.exists().where(other.c.item == item, other.c.topic.in_(query.not_topics))
    if query.section is not None:
        placed = items.alias()
        named = placed.c.section_heading.icontains(query.section, autoescape=True)
        is_meant = sa.or_(placed.c.section_slug == query.section, named)
        yield sa.exists().where(placed.c.id == item, is_meant)
    if query.saved_by is not None:
        kept = items.alias()
        is_kept = sa.and_(
            saved_items.c.issue_slug == kept.c.issue_slug,
            saved_items.c.item_id == kept.c.item_id,
            saved_items.c.chat_id == query.saved_by,
        )
        yield sa.exists().where(kept.c.id == item, is_kept)
    if query.since is not None or query.until is not None:
        yield issue_number(item).in_(_numbers_between(query))


def _numbers_between(query: SearchQuery) -> sa.Select[int]:
    numbers = sa.select(indexed_issues.c.number)
    if query.since is not None:
        numbers = numbers.where(indexed_issues.c.day >= query.since)
    return numbers if query.until is None else numbers.where(indexed_issues.c.day <= query.until)

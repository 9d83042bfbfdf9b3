"""Which entries have which words, in the language of SQLite's FTS5 or of PostgreSQL's full-text search.

Both get the same tokens and find the same entries in the same order. For each phrase, an entry counts by the
best field that has it: what it is about says more than how often it says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import SearchQuery
from bot.storage.schema import item_words, items
from bot.words.tokens import BEGINNING, Phrase, spellings

#: What a phrase counts in the title, and in the tags and the source; in the summary it counts one.
_TITLE, _TAGS, _SUMMARY = 8, 3, 1

_index = sa.table("item_index", sa.column("rowid", sa.BigInteger))
_FIELDS = (item_words.c.title, item_words.c.tags, item_words.c.summary)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithWords:
    """The rows of ``items`` that have the words: their ``item`` number where ``conditions`` hold."""

    item: sa.ColumnElement[int]
    conditions: tuple[sa.ColumnElement[bool], ...]
    rank: sa.ColumnElement[int]


def with_words(connection: AsyncConnection, query: SearchQuery) -> WithWords:
    """The entries with every phrase of the query, and without those that are excluded."""
    return _on_postgresql(query) if connection.dialect.name == "postgresql" else _on_sqlite(query)


def _on_sqlite(query: SearchQuery) -> WithWords:
    excluded = " OR ".join(map(_fts5, query.excluded))
    if not query.phrases:
        lacking = items.c.id.not_in(_rows(excluded))
        return WithWords(item=items.c.id, conditions=(lacking,), rank=sa.literal(0))
    wanted = " AND ".join(map(_fts5, query.phrases))
    match = _match(f"({wanted}) NOT ({excluded})" if excluded else wanted)
    item = _index.c.rowid
    ranks = (
        sa.case(
            (item.in_(_rows(f"title : {_fts5(phrase)}")), _TITLE),
            (item.in_(_rows(f"tags : {_fts5(phrase)}")), _TAGS),
            else_=_SUMMARY,
        )
        for phrase in query.phrases
    )
    return WithWords(item=item, conditions=(match,), rank=_sum(ranks))


def _match(expression: str) -> sa.ColumnElement[bool]:
    return sa.literal_column("item_index").op("MATCH", is_comparison=True)(expression)


def _rows(expression: str) -> sa.Select[int]:
    return sa.select(_index.c.rowid).where(_match(expression))


def _fts5(phrase: Phrase) -> str:
    """The phrase in any of its spellings. Tokens have no quotation mark in them."""
    each = (f'"{" ".join(one).removesuffix(BEGINNING)}"' + _star(one, " *") for one in spellings(phrase))
    return f"({' OR '.join(each)})"


def _on_postgresql(query: SearchQuery) -> WithWords:
    wanted, excluded = map(_tsquery, query.phrases), map(_tsquery, query.excluded)
    ranks = (
        sa.case((_in(_FIELDS[0], one), _TITLE), (_in(_FIELDS[1], one), _TAGS), else_=_SUMMARY)
        for one in map(_tsquery, query.phrases)
    )
    return WithWords(
        item=item_words.c.item,
        conditions=(*map(_anywhere, wanted), *(sa.not_(_anywhere(one)) for one in excluded)),
        rank=_sum(ranks),
    )


def _anywhere(words: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return sa.or_(*(_in(field, words) for field in _FIELDS))


def _in(field: sa.ColumnElement[str], words: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return field.op("@@", is_comparison=True)(words)


def _tsquery(phrase: Phrase) -> sa.ColumnElement[str]:
    """The phrase in any of its spellings. Tokens have neither an apostrophe nor a backslash in them."""
    each = []
    for one in spellings(phrase):
        words = " <-> ".join(f"'{token.removesuffix(BEGINNING)}'" for token in one)
        each.append(f"({words}{_star(one, ':*')})")
    return sa.cast(sa.literal(" | ".join(each), sa.Text()), postgresql.TSQUERY())


def _star(phrase: Phrase, star: str) -> str:
    return star if phrase[-1].endswith(BEGINNING) else ""


def _sum(ranks: Iterable[sa.ColumnElement[int]]) -> sa.ColumnElement[int]:
    return sum(ranks, sa.literal(0))

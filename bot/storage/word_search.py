"""Which entries have which words, in the language of SQLite's FTS5 or of PostgreSQL's full-text search.

Both get the same tokens and find the same entries in the same order. For each phrase, an entry counts by the
best field that has it: what it is about says more than how often it says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from bot.model import SearchQuery
from bot.storage.connection import Connection
from bot.storage.index_schema import item_words, items
from bot.storage.token_text import part_of
from bot.words.tokens import BEGINNING, Phrase, spellings

#: What a phrase counts in the title, and in the tags and the source; in the summary it counts one.
_TITLE, _TAGS, _SUMMARY = 8, 3, 1

_index = sa.table("item_index", sa.column("rowid", sa.BigInteger))
_FIELDS = (item_words.c.title, item_words.c.tags, item_words.c.summary)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithWords:
    """The rows of ``items`` that have the words: their ``item`` number where ``conditions`` hold.

    Where those ``at_best`` hold instead, ``rank`` is as high as it may be; None if rows have no rank.
    """

    item: sa.ColumnElement[int]
    conditions: tuple[sa.ColumnElement[bool], ...]
    rank: sa.ColumnElement[int]
    at_best: tuple[sa.ColumnElement[bool], ...] | None = None


def with_words(connection: Connection, query: SearchQuery) -> WithWords:
    """The entries with every phrase of the query, and without those that are excluded."""
    return _on_postgresql(query) if connection.dialect.name == "postgresql" else _on_sqlite(query)


def _on_sqlite(query: SearchQuery) -> WithWords:
    excluded = " OR ".join(map(_fts5, query.excluded))
    if not query.phrases:
        lacking = items.c.id.not_in(_rows(excluded))
        return WithWords(item=items.c.id, conditions=(lacking,), rank=sa.literal(0))
    item = _index.c.rowid
    anywhere = [_fts5(phrase) for phrase in query.phrases]
    in_titles, in_tags = ([f"{field} : {one}" for one in anywhere] for field in ("title", "tags"))
    titled, tagged = ([item.in_(_rows(one)) for one in each] for each in (in_titles, in_tags))
    return WithWords(
        item=item,
        conditions=(_match(_all(anywhere, excluded)),),
        rank=_rank(titled, tagged),
        at_best=(_match(_all(in_titles, excluded)),),
    )


def _all(wanted: Iterable[str], excluded: str) -> str:
    """An expression for what has all that is wanted, and nothing of what is excluded."""
    found = " AND ".join(wanted)
    return f"({found}) NOT ({excluded})" if excluded else found


def _match(expression: str) -> sa.ColumnElement[bool]:
    return sa.literal_column("item_index").op("MATCH", is_comparison=True)(expression)


def _rows(expression: str) -> sa.Select[int]:
    return sa.select(_index.c.rowid).where(_match(expression))


def _fts5(phrase: Phrase) -> str:
    """The phrase in any of its spellings. Tokens have no quotation mark in them."""
    each = (f'"{" ".join(one).removesuffix(BEGINNING)}"' + _star(one, " *") for one in spellings(phrase))
    return f"({' OR '.join(each)})"


def _on_postgresql(query: SearchQuery) -> WithWords:
    wanted = [one for phrase in query.phrases for one in _found(phrase, *_FIELDS)]
    in_titles = [one for phrase in query.phrases for one in _found(phrase, _FIELDS[0])]
    lacking = [~_stands(phrase, *_FIELDS) for phrase in query.excluded]
    titled, tagged = ([_stands(phrase, field) for phrase in query.phrases] for field in _FIELDS[:2])
    best = (*in_titles, *lacking) if query.phrases else None
    return WithWords(
        item=item_words.c.item,
        conditions=(*wanted, *lacking),
        rank=_rank(titled, tagged),
        at_best=best,
    )


def _found(phrase: Phrase, *fields: sa.ColumnElement[str]) -> Iterator[sa.ColumnElement[bool]]:
    """Conditions for a phrase in one of the fields: the index knows its tokens, the text how they stand."""
    query = _tsquery(phrase)
    yield sa.or_(*(sa.func.item_tokens(field).op("@@", is_comparison=True)(query) for field in fields))
    if any(len(one) > 1 for one in spellings(phrase)):
        yield _stands(phrase, *fields)


def _stands(phrase: Phrase, *fields: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    parts = [part_of(one) for one in spellings(phrase)]
    return sa.or_(*(field.contains(part) for field in fields for part in parts))


def _tsquery(phrase: Phrase) -> sa.ColumnElement[str]:
    """All tokens of the phrase, in any of its spellings. They have neither an apostrophe nor a backslash.

    It stands in the statement as it is: PostgreSQL plans by how often the words occur.
    """
    from bot.storage.postgresql import as_query  # noqa: PLC0415  # 2 MB that SQLite has no use for

    each = []
    for one in spellings(phrase):
        tokens = " & ".join(f"'{token.removesuffix(BEGINNING)}'{_star((token,), ':*')}" for token in one)
        each.append(f"({tokens})")
    words = sa.bindparam(None, " | ".join(each), sa.Text(), literal_execute=True)
    return as_query(words)


def _star(phrase: Phrase, star: str) -> str:
    return star if phrase[-1].endswith(BEGINNING) else ""


def _rank(
    titled: Iterable[sa.ColumnElement[bool]], tagged: Iterable[sa.ColumnElement[bool]]
) -> sa.ColumnElement[int]:
    """The sum for each phrase, of whether the title has it and whether the tags do."""
    each = (
        sa.case((title, _TITLE), (tags, _TAGS), else_=_SUMMARY)
        for title, tags in zip(titled, tagged, strict=True)
    )
    return sum(each, sa.literal(0))

"""What people type to find items: what they mean by it, and what is found.

===================== ==============================================
量化 手机               items that have both words, anywhere
"exact phrase" 「…」    words in this order, one right behind the other
-training             not this word
in:论文               of sections that are called so
#量化                   with this topic
2021, 2021-07         of this year, or month
https://…, 2106.01234 the items with this address, or with this paper
===================== ==============================================
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from bot.digest.topics.vocabulary import Topics
from bot.model import Entry, ItemRef, SearchQuery
from bot.readers.entry_search import EntrySearch, Page
from bot.readers.near_words import NearWords
from bot.readers.similar import Similar
from bot.words.folding import fold
from bot.words.tokens import phrase_of

_WORD = re.compile(
    r"""(?P<minus>[-−–—])?(?:
        ["“”„](?P<double>[^"“”„]+)["“”„] | 「(?P<corner>[^」]+)」 | 『(?P<white>[^』]+)』
      | (?P<bare>[^\s"“”„「」『』]+)
    )""",
    re.VERBOSE,
)
_ADDRESS = re.compile(r"https?://\S+|(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
_DAYS = re.compile(r"(?P<year>(?:19|20)\d\d)(?:[-./年](?P<month>0?[1-9]|1[0-2])月?|年)?")
_SECTION = re.compile(r"(?:in|栏目)[:：](?P<name>.+)", re.IGNORECASE)
_AROUND = 36  # characters of a summary before the word that was found
_SHOWN = 90  # characters of it in all


class Index(EntrySearch, Protocol):
    """What is asked for items."""

    async def by_url(self, url: str) -> tuple[Entry, ...]:
        """The entries with this address."""

    async def entry(self, issue_slug: str, item_id: str) -> Entry | None:
        """The entry of this id in an issue; None if readers may not see it."""

    async def of_issue(self, issue_slug: str) -> tuple[Entry, ...]:
        """All entries of an issue, in its order."""

    async def words(self, beginning: str, *, lengths: range) -> tuple[str, ...]:
        """The words of so many letters that begin so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asked for: a query with the ``words`` it was made of, or an address alone."""

    query: SearchQuery
    words: tuple[str, ...] = ()
    address: str | None = None

    def __bool__(self) -> bool:
        return self.address is not None or self.query != SearchQuery()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry that was found, and the part of its summary where the first word of those asked for stands."""

    entry: Entry
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of what was found.

    Where nothing was, ``fewer`` says how many each word alone would find, and ``near`` holds words that
    were not found, each with one like it that is.
    """

    asked: Asked
    total: int
    hits: tuple[Hit, ...]
    fewer: tuple[tuple[str, int], ...] = ()
    near: tuple[tuple[str, str], ...] = ()


class Search:
    """Finds items of the archive."""

    def __init__(self, index: Index, topics: Topics) -> None:
        self._index = index
        self._topics = topics

    async def results(self, typed: str, *, limit: int, offset: int = 0) -> Results:
        """The items that somebody asks for in these words."""
        asked = understood(typed, self._topics)
        if asked.address is not None:
            entries = await self._index.by_url(asked.address)
            shown = entries[offset : offset + limit]
            return Results(asked=asked, total=len(entries), hits=tuple(_hit(one, ()) for one in shown))
        page = await self._index.search(asked.query, limit=limit, offset=offset)
        if not page.total:
            return await self._nothing(asked)
        hits = tuple(_hit(entry, asked.words) for entry in page.entries)
        return Results(asked=asked, total=page.total, hits=hits)

    async def _nothing(self, asked: Asked) -> Results:
        fewer = tuple([one async for one in self._fewer(asked)])
        found = frozenset(word for word, _ in fewer)
        near = [one async for one in self._near(word for word in asked.words if word not in found)]
        shown = fewer if len(asked.words) > 1 else ()
        return Results(asked=asked, total=0, hits=(), fewer=shown, near=tuple(near))

    async def _near(self, words: Iterable[str]) -> AsyncIterator[tuple[str, str]]:
        """Each word with the ones most like it that occur."""
        for word in words:
            for near in await NearWords(self._index).to(word):
                yield word, near

    async def page(self, query: SearchQuery, *, limit: int, offset: int = 0) -> Page:
        """Some of the items that a query finds, and how many there are."""
        return await self._index.search(query, limit=limit, offset=offset)

    async def with_address(self, address: str) -> tuple[Entry, ...]:
        """The items with an address."""
        return await self._index.by_url(address)

    async def of_issue(self, slug: str) -> tuple[Entry, ...]:
        """All items of an issue, in its order."""
        return await self._index.of_issue(slug)

    async def like(self, ref: ItemRef, *, limit: int) -> tuple[Entry, ...]:
        """The items that are most like another, which is not among them."""
        entry = await self._index.entry(ref.issue_slug, ref.item_id)
        return await Similar(self._index).to(entry, limit=limit) if entry else ()

    async def _fewer(self, asked: Asked) -> AsyncIterator[tuple[str, int]]:
        """Each word with how many items have it, among the same sections, topics and days."""
        for word, phrase in zip(asked.words, asked.query.phrases, strict=True):
            if found := await self._index.count(replace(asked.query, phrases=(phrase,))):
                yield word, found


def understood(typed: str, topics: Topics) -> Asked:
    """What is asked for in these words; False if nothing is."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if _ADDRESS.fullmatch(text):
        return Asked(query=SearchQuery(), address=text)
    asked = Asked(query=SearchQuery())
    for found in _WORD.finditer(text):
        quoted = found["double"] or found["corner"] or found["white"]
        asked = _with(asked, quoted or found["bare"], topics, quoted=bool(quoted), minus=bool(found["minus"]))
    return asked


def _with(asked: Asked, word: str, topics: Topics, *, quoted: bool, minus: bool) -> Asked:
    """What was asked, and this word of it."""
    query = asked.query
    if not quoted and not minus:
        if days := _DAYS.fullmatch(word):
            since, until = _span(days)
            return replace(asked, query=replace(query, since=since, until=until))
        if section := _SECTION.fullmatch(word):
            return replace(asked, query=replace(query, section=section["name"]))
        topic = topics.find(word.removeprefix("#")) if word.startswith("#") else None
        if topic:
            return replace(asked, query=replace(query, topic=topic))
    phrase = phrase_of(word)
    if not phrase:
        return asked
    if minus:
        return replace(asked, query=replace(query, excluded=(*query.excluded, phrase)))
    words = (*asked.words, word.removeprefix("#"))
    return replace(asked, words=words, query=replace(query, phrases=(*query.phrases, phrase)))


def _span(days: re.Match[str]) -> tuple[date, date]:
    """The first and the last day of a year or a month."""
    year, month = int(days["year"]), int(days["month"] or 0)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _hit(entry: Entry, words: tuple[str, ...]) -> Hit:
    summary = " ".join(entry.summary.split())
    places = (_place(word, summary) for word in words)
    start = max(min((place for place in places if place is not None), default=0) - _AROUND, 0)
    excerpt = summary[start : start + _SHOWN]
    before, after = "…" if start else "", "…" if start + _SHOWN < len(summary) else ""
    return Hit(entry=entry, excerpt=f"{before}{excerpt}{after}")


def _place(word: str, text: str) -> int | None:
    """Where a word stands in a text, however either is written; None if it does not as it is typed."""
    folded = fold(text)
    start = folded.text.find(fold(word).text)
    return folded.span(start, start + 1)[0] if start >= 0 else None

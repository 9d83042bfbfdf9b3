"""What the archive has on topics and keywords, from the index."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.model import NOTHING, Entry, GivenBy, Interests, SearchQuery, searchable_text
from bot.readers.entry_search import EntrySearch
from bot.words.keywords import mentioned
from bot.words.tokens import phrase_of


class Index(EntrySearch, Protocol):
    """What is asked for entries and their numbers."""

    async def topic_counts(self) -> Mapping[str, int]:
        """How many entries each topic has."""

    async def years(self, query: SearchQuery) -> Mapping[int, int]:
        """How many entries of each year a query finds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry that matches somebody's interests, and the word that matched.

    ``by_editor``: its editor gave it the topic, and no word need speak for it.
    """

    entry: Entry
    matched: str
    by_editor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Some of the entries that match, the newest first, of ``total``; ``years`` counts them by year."""

    total: int = 0
    shown: tuple[Match, ...] = ()
    years: Mapping[int, int] = field(default_factory=dict)


class TopicItems:
    """Entries of the archive by topics and keywords; one of them is enough."""

    def __init__(self, index: Index) -> None:
        self._index = index

    async def about(
        self, interests: Interests, *, limit: int, offset: int = 0, without: Interests = NOTHING
    ) -> Matches:
        """Some of the entries with any of these topics or keywords and none of others, newest first."""
        query = query_of(interests, without)
        if query is None:
            return Matches()
        page = await self._index.search(query, limit=limit, offset=offset)
        shown = (_match(entry, interests) for entry in page.entries)
        return Matches(total=page.total, shown=tuple(shown), years=await self._index.years(query))

    async def count(self, interests: Interests) -> int:
        """How many entries have any of these."""
        query = query_of(interests)
        return 0 if query is None else await self._index.count(query)

    async def counts(self) -> Mapping[str, int]:
        """How many entries each topic has; only topics that occur."""
        return await self._index.topic_counts()


def query_of(interests: Interests, without: Interests = NOTHING) -> SearchQuery | None:
    """What searches for any of these and none of others; None if they name nothing an entry could have."""
    phrases = tuple(filter(None, map(phrase_of, interests.keywords)))
    if not (interests.topics or phrases):
        return None
    return SearchQuery(
        any_topics=interests.topics,
        any_phrases=phrases,
        not_topics=without.topics,
        excluded=tuple(filter(None, map(phrase_of, without.keywords))),
    )


def _match(entry: Entry, interests: Interests) -> Match:
    """The entry with what gives it one of the topics, or else with the keyword that it mentions."""
    topic = next((topic for topic in entry.topics if topic.slug in interests.topics), None)
    if topic is not None and topic.by is GivenBy.EDITOR:
        return Match(entry=entry, matched=topic.matched, by_editor=True)
    word = topic.matched if topic else ""
    return Match(entry=entry, matched=word or mentioned(interests.keywords, searchable_text(entry)) or "")

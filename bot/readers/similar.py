"""Items that are like another: on the same topics, with the same rare words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from bot.model import Entry, ItemRef, SearchQuery
from bot.readers.entry_search import EntrySearch
from bot.words.tokens import Phrase, tokens_of

_MOST_WORDS = 12  # of a title, the first ones
_RARE = 0.02  # of all entries; what more of them have tells nothing
_EACH = 40  # entries with a word, or on a topic, that are compared; the newest
_SHORTEST = 2  # characters of a word


@dataclass(frozen=True, slots=True)
class Similar:
    """Finds what is like an entry: what shares rare words of its title, its tags and its topics."""

    index: EntrySearch

    async def to(self, entry: Entry, *, limit: int) -> tuple[Entry, ...]:
        """The nearest, the nearest first; of those as near, the newer."""
        total = await self.index.count(SearchQuery())
        scores: Counter[ItemRef] = Counter()
        known: dict[ItemRef, Entry] = {}
        for query, most in _shared(entry, total):
            page = await self.index.search(query, limit=_EACH)
            if page.total > most:
                continue
            for other in page.entries:
                scores[other.ref] += round(1000 * log(1 + total / page.total))
                known[other.ref] = other
        near = [ref for ref in scores if not _is_same(known[ref], entry)]
        near.sort(key=lambda ref: (scores[ref], known[ref].issue_slug), reverse=True)
        return tuple(known[ref] for ref in near[:limit])


def _shared(entry: Entry, total: int) -> Iterator[tuple[SearchQuery, int]]:
    """What others may share with an entry, and how many may have it."""
    for topic in entry.topics:
        yield SearchQuery(topic=topic.slug), total
    words = tokens_of(" ".join((entry.title or entry.summary[:_EACH], *entry.tags)))
    told = [word for word in dict.fromkeys(words) if len(word) >= _SHORTEST and word[0].isalnum()]
    for word in told[:_MOST_WORDS]:
        phrase: Phrase = (word,)
        yield SearchQuery(phrases=(phrase,)), max(_EACH, int(total * _RARE))


def _is_same(one: Entry, other: Entry) -> bool:
    return one.ref == other.ref or bool(one.url and one.url == other.url)

"""Words that occur, for one that does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol

from bot.model import SearchQuery
from bot.words.folding import fold_text
from bot.words.scripts import runs_on
from bot.words.tokens import phrase_of

_MOST = 2
_SHORTEST = 4  # letters
_LONGER_OR_SHORTER = 2  # letters
_ALIKE = 0.75  # as difflib counts
_PIECES = 8  # of a run of characters, which are looked for


class Index(Protocol):
    """What is asked for words and entries."""

    async def words(self, beginning: str, *, lengths: range) -> tuple[str, ...]:
        """The words of so many letters that begin so, of all that were ever in the index."""

    async def count(self, query: SearchQuery) -> int:
        """How many entries a query finds."""


@dataclass(frozen=True, slots=True)
class NearWords:
    """Finds words that are like another. Each is found in some entry."""

    index: Index

    async def to(self, word: str) -> tuple[str, ...]:
        """The nearest ones: of a word of letters, those with nearly the same.

        Of characters that run on, the longest piece of the word.
        """
        folded = fold_text(word)
        if folded and runs_on(folded[0]):
            return await self._first_found(_pieces(word), most=1)
        if len(folded) < _SHORTEST:
            return ()
        lengths = range(len(folded) - _LONGER_OR_SHORTER, len(folded) + _LONGER_OR_SHORTER + 1)
        known = await self.index.words(folded[0], lengths=lengths)
        return await self._first_found(get_close_matches(folded, known, n=_PIECES, cutoff=_ALIKE), most=_MOST)

    async def _first_found(self, words: list[str], *, most: int) -> tuple[str, ...]:
        found: list[str] = []
        for word in words:
            if len(found) < most and await self.index.count(SearchQuery(phrases=(phrase_of(word),))):
                found.append(word)
        return tuple(found)


def _pieces(word: str) -> list[str]:
    """The parts of a word, the longest first, down to two characters."""
    return list(_parts(word))[:_PIECES]


def _parts(word: str) -> Iterator[str]:
    for length in range(len(word) - 1, 1, -1):
        for start in range(len(word) - length + 1):
            yield word[start : start + length]

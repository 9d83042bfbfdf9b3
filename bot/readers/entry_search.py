"""What readers ask of the index of entries."""

from typing import Protocol

from bot.model import Entry, SearchQuery


class Page(Protocol):
    """Some of the entries that were found."""

    @property
    def total(self) -> int:
        """How many there are."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The best first; of those as good, the newer."""


class EntrySearch(Protocol):
    """Finds entries of issues that readers may see."""

    async def search(self, query: SearchQuery, *, limit: int, offset: int = 0) -> Page:
        """Some of the entries that a query finds, and how many there are."""

    async def count(self, query: SearchQuery) -> int:
        """How many entries a query finds."""

"""Issues in the index of entries, and what is found of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.model import Entry, Flash, IndexedIssue, IssueState, Item, SearchQuery, entries_of
from bot.storage import Entries, EntryIndex, Issues
from bot.words.tokens import phrase_of
from tests import builders as build
from tests.storage.rows import add_issue

F1 = "fingerprint"


def made(
    *items: Item, slug: str = "2026-03-02", day: date | None = None, flash: Sequence[Flash] = ()
) -> tuple[Entry, ...]:
    """The entries of an issue with these items, in one section."""
    named = [replace(item, id=f"i{place}") for place, item in enumerate(items, 1)]
    section = build.section("news", *named)
    return entries_of(build.issue(section, slug=slug, date=day or date(2026, 3, 2), flash=tuple(flash)))


def titled(title: str | None, **fields: Any) -> Item:
    return build.item(title=title, source=None, summary=(), **fields)


def indexed(entries: Iterable[Entry], fingerprint: str = F1) -> IndexedIssue:
    given = tuple(entries)
    known = all(entry.day_known for entry in given)
    return IndexedIssue(entries=given, fingerprint=fingerprint, day_known=known)


class TakeIn:
    """Takes an issue in, with its entries."""

    def __init__(self, issues: Issues, index: EntryIndex) -> None:
        self.issues, self.index = issues, index

    async def __call__(
        self, *items: Item, slug: str = "2026-03-02", state: IssueState = IssueState.ARCHIVED
    ) -> None:
        await add_issue(self.issues, slug, state=state)
        assert await self.index.replace(slug, indexed(made(*items, slug=slug)))


def query(*searched: str, without: Sequence[str] = (), **fields: Any) -> SearchQuery:
    phrases, excluded = (tuple(map(phrase_of, words)) for words in (searched, without))
    return SearchQuery(phrases=phrases, excluded=excluded, **fields)


async def found(entries: Entries, *searched: str, **fields: Any) -> list[str | None]:
    """The titles, in their order."""
    page = await entries.search(query(*searched, **fields), limit=10)
    assert page.total == len(page.entries)
    return [entry.title for entry in page.entries]

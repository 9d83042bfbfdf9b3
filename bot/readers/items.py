"""One item by itself: the whole of it, and what is listed before and behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model import (
    READABLE,
    Entry,
    Flash,
    Issue,
    IssueRecord,
    IssueState,
    Item,
    ItemRef,
    entries_with_texts,
)
from bot.readers.parsed_issues import ParsedIssues

#: How far from its place in a list an item is looked for, which moves as issues come.
_NEAR = 25


class Issues(Protocol):
    """Where issues are kept."""

    async def get(self, slug: str) -> IssueRecord | None: ...


class ItemList(Protocol):
    """A list of items in an order that stays."""

    async def refs(self, *, limit: int, offset: int) -> Sequence[ItemRef]:
        """Some of them, from the first for ``offset`` 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedItem:
    """An item or a flash with all that is known of it."""

    issue: Issue
    entry: Entry
    text: Item | Flash


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The items before and behind one in a list, and its place there, which counts from 0."""

    place: int = 0
    before: ItemRef | None = None
    behind: ItemRef | None = None


class Items:
    """Opens items of issues that readers may see."""

    def __init__(self, issues: Issues, parsed: ParsedIssues) -> None:
        self._issues = issues
        self._parsed = parsed

    async def open(self, ref: ItemRef) -> OpenedItem | None:
        """The item; None if there is none, or readers may not see it."""
        record = await self._issues.get(ref.issue_slug)
        if record is None or record.state not in READABLE:
            return None
        issue = await self._parsed.issue(record)
        for entry, text in entries_with_texts(issue) if issue else ():
            if issue and entry.item_id == ref.item_id:
                return OpenedItem(issue=issue, entry=entry, text=text)
        return None

    async def is_taken_back(self, issue_slug: str) -> bool:
        """Whether an issue was out and is no more."""
        record = await self._issues.get(issue_slug)
        return record is not None and record.state is IssueState.RETRACTED


async def around(items: ItemList, ref: ItemRef, place: int) -> Around:
    """What stands before and behind an item that stood at ``place``, wherever it stands now."""
    start = max(place - _NEAR, 0)
    refs = tuple(await items.refs(limit=2 * _NEAR + 1, offset=start))
    if ref not in refs:
        return Around(place=place)
    at = refs.index(ref)
    return Around(
        place=start + at,
        before=refs[at - 1] if at else None,
        behind=refs[at + 1] if at + 1 < len(refs) else None,
    )

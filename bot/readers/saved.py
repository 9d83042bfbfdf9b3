"""What readers keep: items by themselves, by when they were kept, or as a document."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model import Entry, ItemRef, SavedItem
from bot.words.addresses import fold_address

MOST = 5000  # items of a chat
_TITLE = 200  # characters of what stands for an item


class Store(Protocol):
    """Where saved items are kept."""

    async def save(self, chat_id: int, item: SavedItem, *, most: int) -> bool:
        """Keep an item; False if the chat has it or ``most`` already."""

    async def drop(self, chat_id: int, issue_slug: str, item_id: str) -> bool:
        """Keep an item no longer; False if it was not kept."""

    async def of_issue(self, chat_id: int, issue_slug: str) -> Collection[str]:
        """The ids of the items of an issue that a chat keeps."""

    async def count(self, chat_id: int) -> int:
        """How many items a chat keeps."""

    async def page(self, chat_id: int, *, limit: int | None, offset: int = 0) -> tuple[SavedItem, ...]:
        """Some of what a chat keeps, what it kept last first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """Some of the items that a chat keeps, of ``total``."""

    total: int
    items: tuple[SavedItem, ...]


class Saved:
    """The items that readers keep. ``now`` tells the time."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    async def save(self, chat_id: int, entry: Entry) -> bool:
        """Keep an item; False if the chat keeps too many. It is kept once, however often it is asked for."""
        title = " ".join((entry.title or entry.summary or entry.source or entry.issue_slug).split())
        item = SavedItem(
            issue_slug=entry.issue_slug,
            item_id=entry.item_id,
            title=title[:_TITLE],
            url=entry.url,
            saved_at=self._now(),
        )
        return await self._store.save(chat_id, item, most=MOST) or await self.has(chat_id, entry.ref)

    async def drop(self, chat_id: int, ref: ItemRef) -> None:
        """Keep an item no longer."""
        await self._store.drop(chat_id, ref.issue_slug, ref.item_id)

    async def has(self, chat_id: int, ref: ItemRef) -> bool:
        """Whether a chat keeps an item."""
        return ref.item_id in await self.of_issue(chat_id, ref.issue_slug)

    async def of_issue(self, chat_id: int, issue_slug: str) -> Collection[str]:
        """The ids of the items of an issue that a chat keeps."""
        return await self._store.of_issue(chat_id, issue_slug)

    async def page(self, chat_id: int, *, limit: int, offset: int = 0) -> SavedPage:
        """Some of what a chat keeps, what it kept last first."""
        items = await self._store.page(chat_id, limit=limit, offset=offset)
        return SavedPage(total=await self._store.count(chat_id), items=items)

    async def with_address(
        self, chat_id: int, address: str, found: Collection[ItemRef]
    ) -> tuple[SavedItem, ...]:
        """What a chat keeps of the items ``found`` with an address, and what had it when it was kept."""
        folded, kept = fold_address(address), await self._store.page(chat_id, limit=None)
        return tuple(one for one in kept if one.ref in found or (one.url and fold_address(one.url) == folded))

    async def as_markdown(self, chat_id: int, title: str) -> str:
        """All that a chat keeps, as a Markdown list by the day it was kept."""
        return "\n".join(_lines(title, await self._store.page(chat_id, limit=None)))


def _lines(title: str, items: tuple[SavedItem, ...]) -> Iterator[str]:
    yield f"# {title}"
    day = None
    for item in items:
        if item.saved_at.date() != day:
            day = item.saved_at.date()
            yield from ("", f"## {day}", "")
        name = item.title.translate(_ESCAPES)
        yield f"- [{name}](<{item.url}>) ({item.issue_slug})" if item.url else f"- {name} ({item.issue_slug})"
    yield ""


_ESCAPES = str.maketrans({char: f"\\{char}" for char in "\\[]`*_<>"})

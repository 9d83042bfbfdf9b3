"""Writes of many callers as one: a commit costs nearly the same for one row and for a hundred."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.errors import StoreError

Item = TypeVar("Item")


class _Group(Generic[Item]):
    def __init__(self) -> None:
        self.items: list[Item] = []
        self.is_written = False
        self.error: StoreError | None = None


class Grouped(Generic[Item]):
    """Gives ``write`` what was added while the write before it ran, in the order in which it was added."""

    def __init__(self, write: Callable[[list[Item]], Awaitable[None]]) -> None:
        self._write = write
        self._writing = asyncio.Lock()
        self._next: _Group[Item] = _Group()

    async def add(self, item: Item) -> None:
        """Return once the item is written. Raises the StoreError of its group."""
        group = self._next
        group.items.append(item)
        async with self._writing:
            if not group.is_written and group.error is None:
                await self._written(group)
        if group.error is not None:
            raise group.error

    async def _written(self, group: _Group[Item]) -> None:
        if group is self._next:
            self._next = _Group()
        try:
            await self._write(group.items)
        except StoreError as error:
            group.error = error
        else:
            group.is_written = True

"""What many callers ask of the database as one: it costs nearly the same for one row and for a hundred."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.errors import StoreError

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Group(Generic[Item, Result]):
    def __init__(self) -> None:
        self.items: list[Item] = []
        self.outcome: asyncio.Future[Result] = asyncio.get_running_loop().create_future()


class Grouped(Generic[Item, Result]):
    """Gives ``act`` what was added while it was busy with the group before, in its order.

    A group begins after each of its items was added: what it reads is never older than the question.
    """

    def __init__(self, act: Callable[[list[Item]], Awaitable[Result]]) -> None:
        self._act = act
        self._idle = asyncio.Event()
        self._idle.set()
        self._next: _Group[Item, Result] | None = None

    async def add(self, item: Item) -> Result:
        """Return what ``act`` returns for the group of the item. Raises the StoreError of that group."""
        group = self._next = self._next or _Group()
        group.items.append(item)
        while not group.outcome.done():
            if self._idle.is_set():
                await self._carry_out(group)
            else:
                await self._idle.wait()
        return group.outcome.result()

    async def _carry_out(self, group: _Group[Item, Result]) -> None:
        if group is self._next:
            self._next = None
        self._idle.clear()
        try:
            group.outcome.set_result(await self._act(group.items))
        except StoreError as error:
            group.outcome.set_exception(error)
        finally:
            self._idle.set()

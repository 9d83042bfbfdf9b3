"""The turn of an update: its chat's next ones wait for it, and it may let them go on."""

from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_MOST_LATE = 20  # updates of one chat whose answers wait; a group takes no more a minute


@dataclass(slots=True)
class _Turn:
    """``held`` is what others wait for, ``late`` counts by chat what goes on after its turn."""

    chat_id: int
    held: AsyncExitStack
    late: Counter[int]
    is_over: bool = False

    async def end(self) -> None:
        """Let others go on, unless so many of the chat are late that they had better wait."""
        if self.is_over or self.late[self.chat_id] >= _MOST_LATE:
            return
        self.is_over = True
        self.late[self.chat_id] += 1
        await self.held.aclose()


_TURN: ContextVar[_Turn | None] = ContextVar("turn", default=None)


@contextmanager
def turn(chat_id: int, held: AsyncExitStack, late: Counter[int]) -> Iterator[None]:
    """While open, an update has its turn, or is late. ``held`` is closed when others may go on."""
    mine = _Turn(chat_id, held, late)
    before = _TURN.set(mine)
    try:
        yield
    finally:
        _TURN.reset(before)
        late[chat_id] -= mine.is_over
        if not late[chat_id]:
            del late[chat_id]


async def end_turn() -> bool:
    """Let the chat's next updates be handled while the answer to this one waits.

    Returns whether an update is answered at all: for what else is sent nobody waits.
    """
    mine = _TURN.get()
    if mine is not None:
        await mine.end()
    return mine is not None

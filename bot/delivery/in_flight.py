"""The parts that wait for a slot and those that have left: a process that ends must account for both."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from bot.pacing import Priority

Task = asyncio.Task[Any]


class InFlight:
    """The running jobs, by how far their request is.

    At most ``most`` parts of each priority may be recorded as in flight before they leave.
    """

    def __init__(self, *, most: int) -> None:
        self._limits = {priority: asyncio.Semaphore(most) for priority in Priority}
        self._stopping = False
        self._waiting: set[Task] = set()
        self._sending: set[Task] = set()

    @property
    def stopping(self) -> bool:
        """Whether no new part may begin."""
        return self._stopping

    def stop(self) -> None:
        """Let no new part begin."""
        self._stopping = True

    def limit(self, priority: Priority) -> asyncio.Semaphore:
        """The semaphore to hold while a part is recorded as in flight."""
        return self._limits[priority]

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """While open, the current task waits for its slot: nothing is lost if it is cancelled."""
        with _tracked(self._waiting):
            yield

    @contextmanager
    def sending(self) -> Iterator[None]:
        """While open, the current task's request has left, and only the answer says what became of it."""
        self._waiting.discard(_current())
        with _tracked(self._sending):
            yield

    def cancel_waiting(self) -> None:
        """Cancel the jobs whose request has not left."""
        _cancel(self._waiting)

    def cancel_all(self) -> None:
        """Cancel all jobs, those that wait for an answer too."""
        _cancel(self._waiting | self._sending)


@contextmanager
def _tracked(tasks: set[Task]) -> Iterator[None]:
    task = _current()
    tasks.add(task)
    try:
        yield
    finally:
        tasks.discard(task)


def _current() -> Task:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  # a coroutine of ours runs in a task
    return task


def _cancel(tasks: Iterable[Task]) -> None:
    for task in tuple(tasks):
        task.cancel()

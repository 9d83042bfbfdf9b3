"""Tables and progress bars. Apart from other output, for rich takes its time to import."""

import io
from collections.abc import Iterable, Sized
from typing import TypeVar

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.cli.output import say, write

T = TypeVar("T")

_WORTH_A_BAR = 20
_UNBOUNDED = 10_000  # columns: a table is as wide as what it says

errors = Console(stderr=True, highlight=False, soft_wrap=True)


def write_table(table: Table) -> None:
    """Write a result as a table; nothing in it is cut off or wrapped, however narrow the terminal is."""
    write(_drawn(table))


def say_table(table: Table) -> None:
    """Write a table to standard error, beside the result; nothing in it is cut off or wrapped."""
    say(_drawn(table).rstrip("\n"))


def watched(things: Iterable[T], what: str, *, total: int | None = None) -> Iterable[T]:
    """The things, with a progress bar if there are many and standard error is a terminal.

    ``total`` is how many there are, of those that have no length.
    """
    count = len(things) if isinstance(things, Sized) else total or 0
    if not errors.is_terminal or count < _WORTH_A_BAR:
        return things
    return track(things, description=what, total=count, console=errors, transient=True)


def _drawn(table: Table) -> str:
    paper = Console(file=io.StringIO(), width=_UNBOUNDED)
    with paper.capture() as capture:
        paper.print(table)
    return capture.get()

"""Progress of deliveries, shown repeatedly: redrawn on a terminal, otherwise a new line each time."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from bot.cli.ledger import reasons_table
from bot.cli.output import say, write
from bot.cli.progress import held_lines, issue_line, snapshot_line, summary_line, taken_back_line
from bot.cli.tables import errors, write_table
from bot.model import DeliveryState
from bot.reports.progress import IssueProgress, ProgressSnapshot, progress_of
from bot.runtime.clock import utc_now
from bot.storage import Storage

Look = Callable[[], Awaitable[ProgressSnapshot]]
Show = Callable[[ProgressSnapshot], None]
Sleep = Callable[[float], Awaitable[None]]

_BAR = 24  # columns


async def watch(look: Look, *, every: float, sleep: Sleep = asyncio.sleep) -> None:
    """Show the progress that ``look`` finds every ``every`` seconds until cancelled.

    The pause is at least as long as the query took, so that a large ledger is not queried all the time.
    """
    with _display(Console(), write) as show:
        while True:
            began = time.monotonic()
            show(await look())
            await sleep(max(every, time.monotonic() - began))


async def follow(storage: Storage, slug: str, *, every: float = 1.0, sleep: Sleep = asyncio.sleep) -> None:
    """Show progress of one issue until its deliveries have ended, then those that did not succeed."""
    with _display(errors, say) as show:
        while not (snapshot := await progress_of(storage, slug, now=utc_now())).issues[0].finished:
            show(snapshot)
            await sleep(every)
    (issue,) = snapshot.issues
    write(f"{slug} is {_ended(issue)}")
    undone = [one for one in await storage.statistics.reasons(slug) if _is_undone(issue, one[0])]
    if undone:
        write_table(reasons_table(undone))


def _ended(issue: IssueProgress) -> str:
    if issue.counts.taken_back:
        return taken_back_line(issue)
    counts = ", ".join(f"{count} {state}" for state in DeliveryState if (count := issue.count(state)))
    return f"done: {counts or 'there were no deliveries'}"


def _is_undone(issue: IssueProgress, state: DeliveryState) -> bool:
    """Where an issue was taken back, what is skipped is done."""
    done = DeliveryState.SKIPPED if issue.counts.taken_back else DeliveryState.SENT
    return state not in {done, DeliveryState.SENT}


def drawn(snapshot: ProgressSnapshot) -> RenderableType:
    """A snapshot as lines with progress bars, for a terminal."""
    table = Table.grid(padding=(0, 2))
    for issue in snapshot.issues:
        total = None if issue.grows else max(1, issue.total)  # a bar without one only moves
        bar = ProgressBar(total=total, completed=issue.done, width=_BAR)
        table.add_row(Text(issue.slug), bar, Text(issue_line(issue)))
    return Group(*map(Text, held_lines(snapshot)), Text(summary_line(snapshot)), table)


@contextmanager
def _display(console: Console, write_line: Callable[[str], None]) -> Iterator[Show]:
    if not console.is_terminal:
        yield _lines(write_line)
        return
    with Live(console=console, auto_refresh=False) as live:
        yield lambda snapshot: live.update(drawn(snapshot), refresh=True)


def _lines(write_line: Callable[[str], None]) -> Show:
    return lambda snapshot: write_line(snapshot_line(snapshot))

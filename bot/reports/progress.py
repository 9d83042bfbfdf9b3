"""How far each issue on its way has come, what is left, how long that takes.

What is left of an issue is counted in calls to Telegram:

======= ==================================================================================
send    for each open row as many as a row that is sent has parts, less those that stand
correct each part that stands may read otherwise: at most so many
retract each part that stands
======= ==================================================================================
"""

from dataclasses import dataclass

from bot.model import OPEN_STATES, Aim, DeliveryState
from bot.reports.sender import Sender, current_sender
from bot.storage import LedgerCounts, Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueProgress:
    """How far one issue has come."""

    slug: str
    counts: LedgerCounts

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.counts.rows.values())

    @property
    def open(self) -> int:
        """Rows with something left to do."""
        return sum(self.count(state) for state in OPEN_STATES)

    @property
    def done(self) -> int:
        """Rows with nothing left to do, whatever became of them."""
        return self.total - self.open

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do, nor to plan."""
        return not self.open and not self.counts.planning

    @property
    def left(self) -> int | None:
        """Messages that are left to send, edit or delete; None before anybody has the issue whole."""
        rows, parts = self._open(Aim.SEND)
        whole = self.count(DeliveryState.SENT)
        if rows and not whole:
            return None
        to_send = round(rows * self.counts.parts[DeliveryState.SENT] / whole) - parts if rows else 0
        return max(0, to_send) + self._open(Aim.CORRECT)[1] + self._open(Aim.RETRACT)[1]

    @property
    def parts_done(self) -> int:
        """Messages that stand as they should, as far as that is known."""
        to_change = self._open(Aim.CORRECT)[1] + self._open(Aim.RETRACT)[1]
        return sum(self.counts.parts.values()) - to_change

    @property
    def at_most(self) -> bool:
        """Whether what is left may be less: a correction edits only what reads otherwise."""
        return self._open(Aim.CORRECT)[0] > 0

    def count(self, state: DeliveryState) -> int:
        """The rows in this state."""
        return self.counts.rows.get(state, 0)

    def _open(self, aim: Aim) -> tuple[int, int]:
        """The open rows of an aim, and the parts that stand in their chats."""
        of = [one for one in self.counts.states if one.aim is aim and one.state in OPEN_STATES]
        return sum(one.rows for one in of), sum(one.parts for one in of)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressSnapshot:
    """What is on its way, and who sends it."""

    sender: Sender | None
    issues: tuple[IssueProgress, ...]

    @property
    def seconds(self) -> float | None:
        """How long the rest takes at the present rate; None where that cannot be told."""
        report = self.sender.report if self.sender else None
        left = [issue.left for issue in self.issues]
        known = [number for number in left if number is not None]
        if report is None or report.rate <= 0 or len(known) < len(left):
            return None
        return sum(known) / report.rate + report.paused_for


async def current_progress(storage: Storage) -> ProgressSnapshot:
    """Of every issue on its way."""
    return await progress_of(storage, *await storage.statistics.under_way())


async def progress_of(storage: Storage, *slugs: str) -> ProgressSnapshot:
    """Of these issues, on their way or not."""
    issues = [IssueProgress(slug=slug, counts=await storage.statistics.counts_of(slug)) for slug in slugs]
    return ProgressSnapshot(sender=await current_sender(storage.leases), issues=tuple(issues))

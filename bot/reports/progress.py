"""How far each issue has been delivered, what is left, and how long that takes.

What is left of an issue is counted in calls to Telegram:

======= ==================================================================================
send    for each open row, the parts of an average row that is sent, less those in its chat
correct at most one for each part in a chat, because each may have another text now
retract one for each part in a chat
======= ==================================================================================
"""

from dataclasses import dataclass

from bot.model import OPEN_STATES, Aim, DeliveryState
from bot.reports.sender import Sender, current_sender
from bot.storage import LedgerCounts, Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueProgress:
    """How far one issue has been delivered."""

    slug: str
    counts: LedgerCounts

    @property
    def total(self) -> int:
        """The number of rows."""
        return sum(self.counts.rows.values())

    @property
    def open(self) -> int:
        """How many rows are not finished."""
        return sum(self.count(state) for state in OPEN_STATES)

    @property
    def done(self) -> int:
        """How many rows are finished: sent, failed or skipped."""
        return self.total - self.open

    @property
    def finished(self) -> bool:
        """Whether all rows are finished and no more are being planned."""
        return not self.open and not self.counts.planning

    @property
    def left(self) -> int | None:
        """How many messages are left to send, edit or delete; None before one chat has the whole issue."""
        rows, parts = self._open(Aim.SEND)
        whole = self.count(DeliveryState.SENT)
        if rows and not whole:
            return None
        to_send = round(rows * self.counts.parts[DeliveryState.SENT] / whole) - parts if rows else 0
        return max(0, to_send) + self._open(Aim.CORRECT)[1] + self._open(Aim.RETRACT)[1]

    @property
    def parts_done(self) -> int:
        """How many messages are in their chats with the right text, as far as known."""
        to_change = self._open(Aim.CORRECT)[1] + self._open(Aim.RETRACT)[1]
        return sum(self.counts.parts.values()) - to_change

    @property
    def at_most(self) -> bool:
        """Whether less may be left: a correction edits only parts whose text has changed."""
        return self._open(Aim.CORRECT)[0] > 0

    def count(self, state: DeliveryState) -> int:
        """The rows in this state."""
        return self.counts.rows.get(state, 0)

    def _open(self, aim: Aim) -> tuple[int, int]:
        """The number of open rows of an aim, and of the parts in their chats."""
        of = [one for one in self.counts.states if one.aim is aim and one.state in OPEN_STATES]
        return sum(one.rows for one in of), sum(one.parts for one in of)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressSnapshot:
    """What is being delivered, and who sends it."""

    sender: Sender | None
    issues: tuple[IssueProgress, ...]

    @property
    def seconds(self) -> float | None:
        """How long the rest takes at the present rate; None if that is not known."""
        report = self.sender.report if self.sender else None
        left = [issue.left for issue in self.issues]
        known = [number for number in left if number is not None]
        if report is None or report.rate <= 0 or len(known) < len(left):
            return None
        return sum(known) / report.rate + report.paused_for


async def current_progress(storage: Storage) -> ProgressSnapshot:
    """The progress of every issue that is being delivered."""
    return await progress_of(storage, *await storage.statistics.under_way())


async def progress_of(storage: Storage, *slugs: str) -> ProgressSnapshot:
    """The progress of these issues, whether they are being delivered or not."""
    issues = [IssueProgress(slug=slug, counts=await storage.statistics.counts_of(slug)) for slug in slugs]
    return ProgressSnapshot(sender=await current_sender(storage.leases), issues=tuple(issues))

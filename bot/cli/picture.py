"""One look at what is on its way: how much is done, what is left, how long that takes.

What is left of an issue is counted in calls to Telegram:

======= ==================================================================================
send    for each open row as many as a row that is sent has parts, less those that stand
correct each part that stands may read otherwise: at most so many
retract each part that stands
======= ==================================================================================
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.cli.sender import NOBODY, Sender, duration, who_sends
from bot.model import Aim, DeliveryState
from bot.storage import Progress, Storage

_OPEN = (DeliveryState.PLANNED, DeliveryState.SENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """How far one issue has come."""

    slug: str
    progress: Progress

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.progress.rows.values())

    @property
    def open(self) -> int:
        """Rows with something left to do."""
        return sum(self.count(state) for state in _OPEN)

    @property
    def done(self) -> int:
        """Rows with nothing left to do, whatever became of them."""
        return self.total - self.open

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do, nor to plan."""
        return not self.open and not self.progress.planning

    @property
    def left(self) -> int | None:
        """Messages that are left to send, edit or delete; None before anybody has the issue whole."""
        rows, parts = self._open(Aim.SEND)
        whole = self.count(DeliveryState.SENT)
        if rows and not whole:
            return None
        to_send = round(rows * self.progress.parts[DeliveryState.SENT] / whole) - parts if rows else 0
        return max(0, to_send) + self._open(Aim.CORRECT)[1] + self._open(Aim.RETRACT)[1]

    @property
    def parts_done(self) -> int:
        """Messages that stand as they should, as far as that is known."""
        to_change = self._open(Aim.CORRECT)[1] + self._open(Aim.RETRACT)[1]
        return sum(self.progress.parts.values()) - to_change

    @property
    def at_most(self) -> bool:
        """Whether what is left may be less: a correction edits only what reads otherwise."""
        return self._open(Aim.CORRECT)[0] > 0

    def count(self, state: DeliveryState) -> int:
        """The rows in this state."""
        return self.progress.rows.get(state, 0)

    def _open(self, aim: Aim) -> tuple[int, int]:
        """The open rows of an aim, and the parts that stand in their chats."""
        of = [one for one in self.progress.tallies if one.aim is aim and one.state in _OPEN]
        return sum(one.rows for one in of), sum(one.parts for one in of)

    @property
    def told(self) -> str:
        """For people, in one line."""
        planning = ", more being planned" if self.progress.planning else ""
        failed, skipped = (self.count(state) for state in (DeliveryState.FAILED, DeliveryState.SKIPPED))
        return (
            f"{_share(self.done, self.total)} of deliveries{planning}, {self._messages()}, "
            f"{failed} failed, {skipped} skipped, {self.progress.uncertain} uncertain"
        )

    def _messages(self) -> str:
        if self.left is None:
            return f"{self.parts_done} messages"
        return f"{_share(self.parts_done, self.parts_done + self.left)} messages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is on its way, and who sends it."""

    sender: Sender | None
    issues: tuple[Advance, ...]

    @property
    def seconds(self) -> float | None:
        """How long the rest takes at the present rate; None where that cannot be told."""
        report = self.sender.report if self.sender else None
        left = [issue.left for issue in self.issues]
        known = [number for number in left if number is not None]
        if report is None or report.rate <= 0 or len(known) < len(left):
            return None
        return sum(known) / report.rate + report.paused_for

    @property
    def told(self) -> str:
        """Who sends how quickly, with which trouble, and how long it takes still."""
        return ", ".join(self._sentences())

    def _sentences(self) -> Iterable[str]:
        yield self.sender.told if self.sender else NOBODY
        if self.sender and (report := self.sender.report):
            yield f"{report.refused} refused (429) and {report.failed} failed since it started"
        if self.issues and self.seconds is not None:
            about = "at most" if any(issue.at_most for issue in self.issues) else "about"
            yield f"{about} {duration(self.seconds)} left"
        if not self.issues:
            yield "nothing is on its way"

    @property
    def line(self) -> str:
        """All of it in one line."""
        return "; ".join((self.told, *(f"{issue.slug}: {issue.told}" for issue in self.issues)))


async def look(storage: Storage) -> Picture:
    """How things stand with every issue on its way."""
    return await look_at(storage, *await storage.reports.under_way())


async def look_at(storage: Storage, *slugs: str) -> Picture:
    """How things stand with these issues."""
    issues = [Advance(slug=slug, progress=await storage.reports.progress(slug)) for slug in slugs]
    return Picture(sender=await who_sends(storage.leases), issues=tuple(issues))


def _share(done: int, total: int) -> str:
    return f"{done * 100 // total if total else 100} % ({done} of {total})"

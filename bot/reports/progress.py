"""How far each issue has been delivered, what is left, and how long that takes.

What is left of an issue is counted in calls to Telegram:

======= ==================================================================================
send    for each open row, the parts that others with its cut have, less those in its chat
correct at most one for each part in a chat, because each may have another text now
retract one for each part in a chat
======= ==================================================================================

Where nobody has a cut whole yet, the most parts that anybody has stand for it, so that what is left only
becomes less. It is not known while more than half of the chats have such a cut, or more are planned.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model import Aim, DeliveryState, Hold
from bot.reports.readiness import Readiness
from bot.reports.sender import LapsedSender, Sender, current_sender, lapsed_sender
from bot.reports.waves import Wave, seconds_with_waves, waves_of
from bot.storage import EVERYTHING, LedgerCounts, Storage, Unsent


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueProgress:
    """How far one issue has been delivered; rows are its pushes, where nothing else is said."""

    slug: str
    counts: LedgerCounts
    unsent: Unsent
    waves: tuple[Wave, ...] = ()

    @property
    def pushes(self) -> Mapping[DeliveryState, int]:
        """The rows by the state that they count as."""
        return self.counts.pushes.rows

    @property
    def waiting(self) -> int:
        """How many rows wait for their readers' hours."""
        return sum(wave.chats for wave in self.waves)

    @property
    def total(self) -> int:
        """The number of rows."""
        return sum(self.pushes.values())

    @property
    def open(self) -> int:
        """How many rows are not finished."""
        return self.counts.pushes.open

    @property
    def done(self) -> int:
        """How many rows are finished: sent, failed or skipped."""
        return self.total - self.open

    @property
    def finished(self) -> bool:
        """Whether all rows are finished, also of what was asked for, and no more are being planned."""
        return not self.counts.open and not self.counts.planning

    @property
    def grows(self) -> bool:
        """Whether more rows are being planned, so that nobody knows yet how many there will be."""
        return self.counts.planning and not self.counts.swept

    @property
    def to_take_back(self) -> int:
        """From how many chats an issue that is taken back has to be, or has been."""
        back = (one for one in self.counts.states if one.aim is Aim.RETRACT)
        return sum(one.rows - one.not_sent for one in back)

    @property
    def is_taken_back(self) -> int:
        """From how many of those it has been."""
        back = (one for one in self.counts.states if one.aim is Aim.RETRACT)
        return sum(one.rows - one.not_sent for one in back if one.state is DeliveryState.SKIPPED)

    @property
    def stays(self) -> int:
        """In how many of those it could not be deleted."""
        failed = DeliveryState.FAILED
        return sum(one.rows for one in self.counts.states if (one.aim, one.state) == (Aim.RETRACT, failed))

    @property
    def copies(self) -> int:
        """In how many of those from which it has been a copy may still stand, whose id nobody knows."""
        done = (Aim.RETRACT, DeliveryState.SKIPPED)
        return sum(one.uncertain for one in self.counts.states if (one.aim, one.state) == done)

    @property
    def to_send(self) -> int | None:
        """How many of those that are left are to be sent."""
        rest = self.unsent
        if self.grows or 2 * rest.unknown > self.total:
            return None
        return rest.known + max(0, rest.unknown * rest.largest - rest.begun)

    @property
    def left(self) -> int | None:
        """How many messages are left to send, edit or delete; None while that is not known."""
        to_send = self.to_send
        return None if to_send is None else to_send + self._open(Aim.CORRECT)[1] + self._open(Aim.RETRACT)[1]

    @property
    def parts_done(self) -> int:
        """How many messages are in their chats with the right text, as far as known."""
        to_change = self._open(Aim.CORRECT)[1] + self._open(Aim.RETRACT)[1]
        return sum(self.counts.parts.values()) - to_change

    @property
    def came(self) -> int:
        """How many messages are in their chats, with whichever text."""
        return sum(self.counts.parts.values())

    @property
    def at_most(self) -> bool:
        """Whether less may be left: of a correction only parts whose text has changed are edited."""
        return self._open(Aim.CORRECT)[0] > 0 or self.unsent.unknown > 0

    def count(self, state: DeliveryState) -> int:
        """The rows that count as this state."""
        return self.pushes.get(state, 0)

    def _open(self, aim: Aim) -> tuple[int, int]:
        """The number of open rows of an aim, and of the parts in their chats."""
        of = [one for one in self.counts.states if one.aim is aim and one.is_open]
        return sum(one.rows for one in of), sum(one.parts for one in of)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressSnapshot:
    """What is being delivered, who sends it, and what of it is ``held``, as by :class:`bot.storage.Holds`.

    It is so ``now``. ``lapsed`` is who sent it last, if nobody does and that one did not say that it ends;
    ``idle`` is what the process of this machine says, if it runs and does not send.
    """

    sender: Sender | None
    issues: tuple[IssueProgress, ...]
    held: Mapping[str, Hold] = field(default_factory=dict)
    lapsed: LapsedSender | None = None
    idle: Readiness | None = None
    now: datetime | None = None

    @property
    def seconds(self) -> float | None:
        """How long the rest takes at the present rate; None if that is not known, or something is held."""
        if self.held:
            return None
        report = self.sender.report if self.sender else None
        left = [issue.left for issue in self.issues]
        known = [number for number in left if number is not None]
        if report is None or report.rate <= 0 or len(known) < len(left):
            return None
        chats = sum(issue.open for issue in self.issues)
        waves = sorted((wave for issue in self.issues for wave in issue.waves), key=lambda wave: wave.at)
        if not waves or self.now is None:
            return sum(known) / report.rate + report.paused_for
        return seconds_with_waves(sum(known), chats, waves, report.rate, self.now) + report.paused_for


async def current_progress(storage: Storage, now: datetime) -> ProgressSnapshot:
    """The progress of every issue that is being delivered."""
    return await progress_of(storage, *await storage.statistics.under_way(), now=now)


async def progress_of(storage: Storage, *slugs: str, now: datetime) -> ProgressSnapshot:
    """The progress of these issues, whether they are being delivered or not."""
    issues = [await _progress(storage, slug, now) for slug in slugs]
    holds = await storage.holds.all()
    held = {scope: hold for scope, hold in holds.items() if scope in {EVERYTHING, *slugs}}
    return ProgressSnapshot(
        sender=await current_sender(storage.leases),
        lapsed=await lapsed_sender(storage.leases),
        issues=tuple(issues),
        held=held,
        now=now,
    )


async def _progress(storage: Storage, slug: str, now: datetime) -> IssueProgress:
    of = storage.statistics
    return IssueProgress(
        slug=slug,
        counts=await of.counts_of(slug),
        unsent=await of.unsent(slug),
        waves=waves_of(await storage.reader_hours.waiting(slug, now)),
    )

"""An issue while it goes out, and how that was against what had been planned."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from bot.model import OPEN_STATES, Aim, DeliveryState, Hold
from bot.pacing import Report
from bot.reports.forecast import Forecast
from bot.reports.progress import IssueProgress, ProgressSnapshot
from bot.reports.waves import seconds_with_waves
from bot.storage.broadcasts import Totals

BAR = 12  # characters
_OFF = 0.25  # a part of the time that was planned, by which it may differ unsaid
_MOMENT = 10.0  # seconds that nobody plans by


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What had been planned when it began."""

    readers: int
    messages: int
    seconds: float

    def as_json(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """How far an issue has come: ``messages`` are in their chats and ``to_come`` are not, if that is known.

    ``rate`` is messages a second, ``seconds`` are left, if that is known. So many chats are ``waiting`` for
    their hour, the ``last`` of which is then.
    """

    slug: str
    aim: Aim
    total: int
    done: int
    failed: int
    skipped: int
    messages: int
    to_come: int | None
    grows: bool
    rate: float | None
    seconds: float | None
    held: Hold | None
    waiting: int = 0
    last: datetime | None = None

    @property
    def percent(self) -> int:
        """How much of it is done, in messages or else in chats; never a hundred while it goes on."""
        whole = (
            (self.done, self.total) if self.to_come is None else (self.messages, self.messages + self.to_come)
        )
        done, total = whole
        return min(99, done * 100 // total) if total else 0

    @property
    def bar(self) -> str:
        """The same as a bar."""
        full = self.percent * BAR // 100
        return "▓" * full + "░" * (BAR - full)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How it ended, and what was planned otherwise: each as it was planned and as it became, or None."""

    slug: str
    aim: Aim
    totals: Totals
    seconds: float | None
    readers_off: tuple[int, int] | None = None
    messages_off: tuple[int, int] | None = None
    seconds_off: tuple[float, float] | None = None
    planned: bool = False

    @property
    def total(self) -> int:
        """In how many chats something was to be done."""
        return self.totals.sent + self.totals.failed + self.totals.skipped

    @property
    def as_planned(self) -> bool:
        """Whether all went as it was planned."""
        return self.planned and not (self.readers_off or self.messages_off or self.seconds_off)


def planned_by(forecast: Forecast) -> Planned:
    """What a forecast plans."""
    return Planned(readers=forecast.subscribers, messages=forecast.messages, seconds=forecast.seconds)


def read_planned(text: str) -> Planned | None:
    """What :meth:`Planned.as_json` wrote; None for any other text."""
    try:
        return Planned(**json.loads(text))
    except (ValueError, TypeError):
        return None


def live_of(
    slug: str, aim: Aim, snapshot: ProgressSnapshot, report: Report | None, plan: Planned | None = None
) -> Live:
    """How far it has come; ``report`` says how fast messages are sent now."""
    (issue,) = snapshot.issues
    rows = issue.counts.pushes.brought(aim)
    held = None if aim is Aim.RETRACT else next(iter(snapshot.held.values()), None)  # a recall is not held
    return Live(
        slug=slug,
        aim=aim,
        total=sum(rows.values()),
        done=sum(number for state, number in rows.items() if state not in OPEN_STATES),
        failed=rows.get(DeliveryState.FAILED, 0),
        skipped=0 if aim is Aim.RETRACT else rows.get(DeliveryState.SKIPPED, 0),
        messages=issue.came if aim is Aim.SEND else max(0, issue.parts_done),
        to_come=_to_come(issue, issue.to_send, plan) if aim is Aim.SEND else None,
        grows=issue.grows,
        rate=report.rate if report else None,
        seconds=None if held else _left(issue, _to_come(issue, issue.left, plan), report, snapshot.now),
        held=held,
        waiting=issue.waiting,
        last=issue.waves[-1].at if issue.waves else None,
    )


def ended_of(  # what an end is told by
    slug: str, aim: Aim, totals: Totals, seconds: float | None, plan: Planned | None
) -> Ended:
    """How it ended, within so many seconds if that is known, beside what was planned.

    What was taken back on its way is no measure of a plan: what came of it is being deleted.
    """
    ended = Ended(slug=slug, aim=aim, totals=totals, seconds=seconds)
    if plan is None or aim is not Aim.SEND or totals.taken_back:
        return ended
    return replace(
        ended,
        readers_off=_off(plan.readers, totals.sent),
        messages_off=_off(plan.messages, totals.messages),
        seconds_off=None if seconds is None else _late(plan.seconds, seconds),
        planned=True,
    )


def _left(
    issue: IssueProgress, messages: int | None, report: Report | None, now: datetime | None
) -> float | None:
    if messages is None or report is None or report.rate <= 0:
        return None
    waves = issue.waves if now else ()
    if now is None or not waves:
        return messages / report.rate + report.paused_for
    return seconds_with_waves(messages, issue.open, waves, report.rate, now) + report.paused_for


def _to_come(issue: IssueProgress, left: int | None, plan: Planned | None) -> int | None:
    """How many messages are to come; as planned, while nobody has the issue whole."""
    if left is not None or plan is None or issue.grows:
        return left
    return max(0, plan.messages - issue.came)


def _off(planned: int, became: int) -> tuple[int, int] | None:
    return None if planned == became else (planned, became)


def _late(planned: float, became: float) -> tuple[float, float] | None:
    is_off = abs(became - planned) > max(_MOMENT, planned * _OFF)
    return (planned, became) if is_off else None

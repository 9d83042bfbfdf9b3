"""The measurements of the ledger, on either database."""

from collections.abc import Iterator, Mapping

from benchmarks.effort import Effort
from benchmarks.ledger.databases import DATABASES, Databases, New
from benchmarks.ledger.trials import planning, recording
from benchmarks.measured import Direction, Measured, Unit
from benchmarks.progress import progress
from bot.settings.sections import DeliverySettings

_PAID = DeliverySettings(rate=1000, allow_paid_broadcast=True)
_A_COMMIT = 0.05  # seconds that the recorder lets notes come together
#: Rows in a commit as the recorder makes them: what leaves and what arrives between two commits at the
#: paid rate; twice as many chats as may be about to leave; and one row of every chat that is open, which
#: is all that there can be.
_BY_THE_CLOCK = int(2 * _PAID.rate * _A_COMMIT)
_BUSY = 2 * _PAID.in_flight_limit
_ALL_OPEN = _PAID.chats_at_once
GROUPS: Mapping[int, str] = {
    1: "a commit a row",
    _BY_THE_CLOCK: f"{_BY_THE_CLOCK} rows a commit (what {_PAID.rate:g} messages/s make)",
    _BUSY: f"{_BUSY} rows a commit",
    _ALL_OPEN: f"{_ALL_OPEN} rows a commit (one of every open chat)",
}
_NOTED = {1: "results", 2: "before and after"}
#: In the largest groups, each message before it leaves and after it arrived.
_RECORDED = 10_000
_SECONDS = {"SQLite": 4.0, "PostgreSQL": 15.0}  # for a million
_GOAL_AT = 1_000_000
_HOURS_COST = 1.5  # times the planning of those who wait for nothing
_MEGABYTES = 200


def ledger(
    effort: Effort,
    groups: Mapping[int, str] = GROUPS,
    *,
    databases: Mapping[str, Databases] = DATABASES,
) -> Iterator[Measured]:
    """The databases, one after the other. ``groups`` are sizes of commits in rows, with words for each."""
    for name, database in databases.items():
        with database() as new:
            yield from _planned(name, new, effort)
            yield from _by_hours(name, new, effort)
            yield from _by_message(name, new, effort)
            yield from _recorded(name, new, effort, groups)


def _planned(name: str, new: New, effort: Effort) -> Iterator[Measured]:
    """Time and memory, each beside those of fewer subscribers."""
    group = f"planning an issue on {name}"
    for count in effort.subscribers:
        progress(f"{group}: {count:,} subscribers")
        told = planning(new(), count)
        goal = _SECONDS[name] if count == _GOAL_AT else None
        what = f"{count:,} deliveries"
        yield Measured(group=group, what=what, value=told.seconds, unit=Unit.SECONDS, goal=goal)
        peak = told.peak / 1_000_000
        yield Measured(
            group=group, what=f"{what}, at its peak", value=peak, unit=Unit.MEGABYTES, goal=_MEGABYTES
        )


def _by_hours(name: str, new: New, effort: Effort) -> Iterator[Measured]:
    """The same for readers of many hours, in times of what it takes without any: the best of ``pairs``."""
    group = f"planning an issue on {name}"
    count = max(effort.subscribers)
    progress(f"{group}: {effort.sets} sets of hours")
    pairs = [(planning(new(), count), planning(new(), count, sets=effort.sets)) for _ in range(effort.pairs)]
    plain, with_hours = (min(told.seconds for told in kind) for kind in zip(*pairs, strict=True))
    yield Measured(
        group=group,
        what=f"{count:,} deliveries by {effort.sets} sets of hours",
        value=with_hours / plain,
        unit=Unit.AT_ONCE,
        goal=_HOURS_COST,
    )


def _by_message(name: str, new: New, effort: Effort) -> Iterator[Measured]:
    group = f"planning an issue on {name}"
    count = effort.by_message
    progress(f"{group}: a row for each message")
    told = planning(new(), count, by="message")
    what = f"{count:,} deliveries, a row for each of 6 messages"
    yield Measured(group=group, what=what, value=told.seconds, unit=Unit.SECONDS)


def _recorded(name: str, new: New, effort: Effort, groups: Mapping[int, str]) -> Iterator[Measured]:
    group = f"recording what became of messages on {name}"
    progress(group)
    for told in recording(new(), tuple(groups), effort.recorded):
        yield Measured(
            group=group,
            what=f"{_NOTED[told.notes]}, {groups[told.group]}",
            value=told.messages / told.seconds,
            unit=Unit.A_SECOND,
            goal=_RECORDED if (told.group, told.notes) == (max(groups), 2) else None,
            direction=Direction.AT_LEAST,
        )

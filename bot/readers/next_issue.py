"""When the next issue may be expected, and what waits for its day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.model import IssueRecord
from bot.readers.rhythm import FEWEST, Rhythm, rhythm_of

_LAST = 24  # issues whose days are looked at


class Listed(Protocol):
    """The issues that readers may see."""

    async def page(self, *, limit: int) -> tuple[IssueRecord, ...]:
        """The newest of them, newest first."""


class Waiting(Protocol):
    """The issues that are not out yet."""

    async def waiting(self) -> tuple[IssueRecord, ...]:
        """What waits for its moment and is not held, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is known of the next issue.

    ``last`` is the day of the newest one, ``expected`` that of the next by the ``rhythm``, if there is
    one; there are too ``few`` issues for a rhythm, or they come as they come. Where they are dated by
    months alone, the days mean those. ``waiting`` are what the editors let readers know of.
    """

    last: date | None
    few: bool
    rhythm: Rhythm | None
    expected: date | None
    by_day: bool
    overdue: bool
    any_day_now: bool
    waiting: tuple[IssueRecord, ...]


class NextIssue:
    """Looks ahead. ``today`` tells the editors' day; ``shows_waiting``: readers may know what waits."""

    def __init__(
        self, listed: Listed, waiting: Waiting, today: Callable[[], date], *, shows_waiting: bool
    ) -> None:
        self._listed = listed
        self._waiting = waiting
        self._today = today
        self._shows_waiting = shows_waiting

    async def outlook(self) -> Outlook:
        """What is known now."""
        today = self._today()
        days = [issue.date for issue in await self._listed.page(limit=_LAST) if issue.date]
        last, rhythm = max(days, default=None), rhythm_of(days)
        expected = rhythm.after(last) if rhythm and last else None
        late_from = expected + rhythm.patience if expected and rhythm else None
        return Outlook(
            last=last,
            few=len(frozenset(days)) < FEWEST,
            rhythm=rhythm,
            expected=expected,
            by_day=any(day.day > 1 for day in days),
            overdue=late_from is not None and today > late_from,
            any_day_now=expected is not None and late_from is not None and expected <= today <= late_from,
            waiting=await self._that_wait(today),
        )

    async def _that_wait(self, today: date) -> tuple[IssueRecord, ...]:
        """Those of days to come, the next first."""
        if not self._shows_waiting:
            return ()
        waiting = await self._waiting.waiting()
        return tuple(issue for issue in waiting if issue.date and issue.date > today)

"""Everything goes on, but for what was to go out until now: it came too late, or went out already.

That is so of a database that was restored, which does not know what was done since its backup was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model import IssueRecord
from bot.publishing.decisions import Calendar
from bot.publishing.holding import Holding


class Waiting(Protocol):
    """The issues that wait for their moment."""

    async def waiting(self) -> tuple[IssueRecord, ...]: ...

    async def archive(self, slug: str) -> bool: ...


class Pushes(Protocol):
    """What is still to be pushed."""

    async def skip(self, now: datetime) -> Mapping[str, int]:
        """End all of it; returns how much there was of which issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """How many pushes of which issue were ended, and which issues do not come out by themselves now."""

    pushes: Mapping[str, int]
    archived: tuple[str, ...]


class Skipping:
    """Lets everything go on that is held."""

    def __init__(self, issues: Waiting, pushes: Pushes, holding: Holding, calendar: Calendar) -> None:
        self._issues = issues
        self._pushes = pushes
        self._holding = holding
        self._calendar = calendar

    async def resume(self, now: datetime) -> Skipped:
        """End the open pushes, archive the issues whose day has come, and let the rest go on.

        Readers may ask for all of them. Raises BadInput, without a change, if everything is not held.
        """
        await self._holding.check_everything_held()
        pushes = await self._pushes.skip(now)
        due = [one for one in await self._issues.waiting() if not self._is_to_come(one, now)]
        archived = tuple([one.slug for one in due if await self._issues.archive(one.slug)])
        await self._holding.resume_everything()
        return Skipped(pushes=pushes, archived=archived)

    def _is_to_come(self, issue: IssueRecord, now: datetime) -> bool:
        return self._calendar.is_to_come(issue.date, issue.publish_at, now)

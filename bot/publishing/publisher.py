"""Publishes what is due; publishes, corrects and retracts what the operator names."""

from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.errors import BadInput
from bot.model import (
    UNBORN,
    Cut,
    Destination,
    HeldBy,
    Hold,
    IssueEvent,
    IssueEventKind,
    IssueRecord,
    IssueState,
    Purpose,
)
from bot.publishing.approving import Approving
from bot.publishing.decisions import Calendar, Edits, newest_day
from bot.publishing.events import Events, Listener, Together, nobody
from bot.publishing.found import log_held
from bot.publishing.length import Measure
from bot.publishing.lookup import find_issue
from bot.publishing.needs import DueIssues, IssueHolds, IssuePlanner
from bot.storage import EVERYTHING
from bot.words.moments import moment

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An issue, and for how many chats deliveries were planned."""

    slug: str
    planned: int


async def _untold(_slug: str, _now: datetime) -> None:
    """For who need not know."""


class Publisher:
    """Brings issues from the database to the ledger. A late issue is archived, not pushed.

    ``on_expired`` is told of such an issue, in the transaction, made by ``together``, that archives it;
    ``listener`` so of an issue that is taken back before it is out.
    """

    def __init__(  # noqa: PLR0913  # all are passed by name
        self,
        *,
        issues: DueIssues,
        planner: IssuePlanner,
        holds: IssueHolds,
        measure: Measure,
        approving: Approving,
        calendar: Calendar,
        edits: Edits = "ask",
        on_expired: Callable[[str, datetime], Awaitable[object]] = _untold,
        listener: Listener = nobody,
        together: Together = nullcontext,
    ) -> None:
        self._issues = issues
        self._planner = planner
        self._holds = holds
        self._measure = measure
        self._approving = approving
        self._calendar = calendar
        self._edits = edits
        self._on_expired = on_expired
        self._together = together
        self._events = Events(listener, together)
        self._short: dict[str, str] = {}  # what waits for its day and is short enough, with its checksum

    async def publish_due(self, now: datetime) -> tuple[Published, ...]:
        """Continue interrupted planning, then publish every issue whose day has come, oldest first.

        None while everything is held, and none that is too long to go out by itself: that is held, also if
        its day or its approval is still to come, so that an operator knows in time.
        """
        await self._planner.resume(now)
        if await self._holds.get(EVERYTHING):
            return ()
        waiting = await self._approving.approved_of(await self._issues.waiting(), now)
        due = [issue for issue in waiting if not self._is_to_come(issue, now)]
        plans = [
            (issue.slug, await self._planned(issue.slug, self._push(issue, now)))
            for issue in await self._fresh(due, now)
            if not await self._held_for_length(issue, now)
        ]
        coming = [issue for issue in waiting if self._is_to_come(issue, now)]
        await self._measure_early([*coming, *await self._issues.unapproved()], now)
        if self._edits == "auto":
            await self._correct_all(now)
        return tuple(Published(slug=slug, planned=count) for slug, count in plans if count is not None)

    async def publish(self, slug: str, now: datetime, *, edition: str | None = None) -> Published:
        """Publish this issue now, whatever its day and whatever holds it; its text of an edition, if given.

        Raises BadInput if it is published or unknown, or has another text by now.
        """
        known = await find_issue(self._issues, slug)
        checksum = None if edition is None else known.checksum
        if edition not in (None, known.edition):
            raise BadInput(f"issue {slug} has changed meanwhile; look at it again")
        planned = await self._planned(slug, self._planner.push(slug, now, checksum=checksum))
        if planned is None:
            held = await self._holds.get(slug)
            more = f", and is held; jianbao resume {slug} lets it go on" if held else ""
            raise BadInput(f"issue {slug} was already published{_when(known)}{more}")
        return Published(slug=slug, planned=planned)

    async def caution(self, slug: str, now: datetime) -> str | None:
        """What an operator should be asked about before this issue is published; None for nothing.

        Raises BadInput if it is unknown.
        """
        issue = await find_issue(self._issues, slug)
        if issue.state is IssueState.PUBLISHED:
            return None
        if issue.state in _SETTLED:
            return _SETTLED[issue.state]
        if self._calendar.is_old(self._calendar.day_of(issue), now):
            return f"is old, of {issue.when}"
        lack, excess = await self._approving.lacks(issue), await self._untold_excess(issue, now)
        return ", and ".join(filter(None, (lack and f"is {lack}", excess))) or None

    async def _untold_excess(self, issue: IssueRecord, now: datetime) -> str | None:
        """That it is too long, unless that holds it already and its day has come."""
        held, early = await self._holds.get(issue.slug), self._is_to_come(issue, now)
        told = held is not None and held.by is HeldBy.MESSAGES
        excess = None if told and not early else await self._measure.excess(issue)
        if excess and told:
            excess += f", and would go out before its day, {self._calendar.until(issue)}"
        return excess and excess.removeprefix("it ")

    async def test(self, slug: str, to: Destination, cut: Cut, now: datetime) -> bool:
        """Send this issue to one chat to look at, which publishes it to nobody.

        False if it is on its way there. Raises BadInput if it is unknown or was taken back.
        """
        issue = await find_issue(self._issues, slug)
        if issue.state is IssueState.RETRACTED:
            raise BadInput(f"issue {slug} was taken back")
        return await self._planner.plan_one(to=to, issue_slug=slug, purpose=Purpose.TEST, cut=cut, now=now)

    async def correct(
        self, slug: str, now: datetime, *, edition: str | None = None, told: bool = False
    ) -> Published:
        """Correct this issue where it was sent, with its text of an edition, if one is given.

        ``told``: each reader gets a silent line that says what was corrected.

        Raises BadInput if it is not published or unknown, or has another text by now.
        """
        known = await find_issue(self._issues, slug)
        checksum = None if edition is None else known.checksum
        if edition not in (None, known.edition):
            raise BadInput(f"issue {slug} has changed meanwhile; look at it again")
        planned = await self._planner.correct(slug, now, checksum=checksum, told=told)
        if planned is None:
            if checksum is not None and known.state is IssueState.PUBLISHED:
                raise BadInput(f"issue {slug} has changed meanwhile; look at it again")
            raise BadInput(f"issue {slug} is not published; there is nothing to correct")
        log.info("issue_corrected", issue=slug, planned=planned)
        return Published(slug=slug, planned=planned)

    async def retract(self, slug: str, now: datetime) -> Published:
        """Take this issue back from chats and archive; one that is not out comes out no more.

        Raises BadInput if it is unknown.
        """
        known = await find_issue(self._issues, slug)
        planned: list[int | None] = []

        async def change() -> bool:
            planned.append(await self._planner.retract(slug, now))
            return planned[0] is not None

        event = IssueEvent(kind=IssueEventKind.TAKEN_BACK, slug=slug, at=now)
        await self._events.tell(event if known.state in UNBORN else None, change)
        return Published(slug=slug, planned=planned[0] or 0)

    def _is_to_come(self, issue: IssueRecord, now: datetime) -> bool:
        """Whether the issue waits for its moment."""
        return self._calendar.is_to_come(issue.date, issue.publish_at, now)

    def _push(self, issue: IssueRecord, now: datetime) -> Awaitable[int | None]:
        return self._planner.push_waiting(issue.slug, issue.checksum, now)

    async def _fresh(self, due: list[IssueRecord], now: datetime) -> list[IssueRecord]:
        """The issues to publish, oldest first; late ones are archived instead."""
        if not due:
            return []
        newest = newest_day(await self._issues.all(), due)
        fresh = []
        for issue in due:
            if self._calendar.is_late(self._calendar.day_of(issue), newest=newest, now=now):
                async with self._together():
                    await self._issues.archive(issue.slug)
                    await self._on_expired(issue.slug, now)
                log.warning("issue_expired", issue=issue.slug, newest=str(newest))
            else:
                fresh.append(issue)
        return fresh

    async def _measure_early(self, coming: list[IssueRecord], now: datetime) -> None:
        """Hold what is too long before its day comes; each text is measured once."""
        self._short = {one.slug: one.checksum for one in coming if self._short.get(one.slug) == one.checksum}
        for issue in coming:
            if issue.slug not in self._short and not await self._held_for_length(issue, now):
                self._short[issue.slug] = issue.checksum

    async def _held_for_length(self, issue: IssueRecord, now: datetime) -> bool:
        why = await self._measure.excess(issue)
        if why is None:
            return False
        if self._is_to_come(issue, now):
            why += f", and its day is {self._calendar.until(issue)}"
        hold = Hold(by=HeldBy.MESSAGES, why=why, at=now)
        if await self._holds.hold(issue.slug, hold):
            log_held(issue.slug, hold)
        return True

    async def _correct_all(self, now: datetime) -> None:
        for issue in await self._issues.corrected():
            await self.correct(issue.slug, now)

    async def _planned(self, slug: str, planning: Awaitable[int | None]) -> int | None:
        planned = await planning
        if planned is not None:
            log.info("issue_published", issue=slug, planned=planned)
        return planned


_SETTLED = {
    IssueState.ARCHIVED: "is in the archive",
    IssueState.RETRACTED: "was taken back",
    IssueState.DRAFT: "is a draft, as its file says",
    IssueState.CALLED_OFF: "was called off: its file is gone or empty",
}


def _when(known: IssueRecord) -> str:
    return f" on {moment(known.published_at)}" if known.published_at else ""

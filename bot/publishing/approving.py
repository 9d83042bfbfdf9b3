"""What goes out only once an editor has said so: of each issue the text that it has now."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import structlog

from bot.errors import BadInput
from bot.model import HeldBy, Hold, IssueRecord, IssueState
from bot.publishing.found import log_held
from bot.publishing.lookup import NOT_WAITING, Issues, find_issue

log = structlog.get_logger()

_NEVER, _CHANGED = "not approved", "not approved: it changed since it was"


class Approvals(Protocol):
    """Which text of an issue was approved."""

    async def all(self) -> dict[str, str]:
        """The checksum of the text that was approved last, by issue."""

    async def approve(self, slug: str, checksum: str, now: datetime) -> bool:
        """Approve a text of an issue that waits; False if it does not, or has another by now."""


class Holds(Protocol):
    """Where it is kept what is held."""

    async def all(self) -> Mapping[str, Hold]: ...

    async def hold(self, slug: str, hold: Hold) -> bool: ...

    async def release_all(self, by: HeldBy) -> None:
        """Let go all that is held by this."""


class Approving:
    """Approves texts. If that is not ``needed``, nothing waits for it."""

    def __init__(self, issues: Issues, approvals: Approvals, holds: Holds, *, needed: bool) -> None:
        self.needed = needed
        self._issues = issues
        self._approvals = approvals
        self._holds = holds
        self._is_free = False

    async def lacks(self, record: IssueRecord) -> str | None:
        """Why an issue that waits may not go out; None if it may."""
        if record.state is not IssueState.WAITING:
            return None
        return (await self.lacking((record,))).get(record.slug)

    async def lacking(self, waiting: tuple[IssueRecord, ...]) -> dict[str, str]:
        """The same of many, by their slugs; only those that may not."""
        approved = await self._approvals.all() if self.needed else {}
        asked = [one for one in waiting if self.needed and one.state is IssueState.WAITING]
        lacks = {one.slug: _lack(one, approved) for one in asked}
        return {slug: why for slug, why in lacks.items() if why}

    async def holds(self) -> dict[str, Hold]:
        """Every hold by what it keeps from going out; one of an issue that is not approved says that too."""
        holds = dict(await self._holds.all())
        others = [slug for slug, hold in holds.items() if slug and hold.by is not HeldBy.APPROVAL]
        records = [one for slug in others if self.needed and (one := await self._issues.get(slug))]
        for slug in await self.lacking(tuple(records)):
            holds[slug] = replace(holds[slug], unapproved=True)
        return holds

    async def approved_of(self, waiting: tuple[IssueRecord, ...], now: datetime) -> tuple[IssueRecord, ...]:
        """Those that may go out; the others are held."""
        if not self.needed:
            await self._let_go()
            return waiting
        lacking = await self.lacking(waiting)
        for slug, why in lacking.items():
            hold = Hold(by=HeldBy.APPROVAL, why=why, at=now)
            if await self._holds.hold(slug, hold):
                log_held(slug, hold)
        return tuple(record for record in waiting if record.slug not in lacking)

    async def _let_go(self) -> None:
        """Let go what was held while approval was needed."""
        if not self._is_free:
            await self._holds.release_all(HeldBy.APPROVAL)
            self._is_free = True

    async def approve(self, slug: str, now: datetime, *, edition: str | None = None) -> IssueRecord:
        """Let the text that an issue has now go out; of the given ``edition``, if there is one.

        Raises BadInput, which says why, if it cannot.
        """
        record = await find_issue(self._issues, slug)
        if record.state is not IssueState.WAITING:
            raise BadInput(f"issue {slug} {NOT_WAITING[record.state]}; there is nothing to approve")
        is_meant = edition is None or record.edition == edition
        if not is_meant or not await self._approvals.approve(slug, record.checksum, now):
            raise BadInput(f"issue {slug} has changed meanwhile; look at it again")
        log.info("issue_approved", issue=slug, edition=record.edition)
        return record


def _lack(record: IssueRecord, approved: dict[str, str]) -> str | None:
    known = approved.get(record.slug)
    if known == record.checksum:
        return None
    return _NEVER if known is None else _CHANGED

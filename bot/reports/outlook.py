"""What the running bot will do with an issue by itself, as the database has it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.model import Hold, IssueRecord, IssueState
from bot.publishing.approving import Approving
from bot.publishing.decisions import Calendar, newest_day
from bot.storage import EVERYTHING, Storage


class Obstacle(StrEnum):
    """Why the running bot does not push an issue by itself."""

    PUBLISHED = "published"  #: it was published already
    RETRACTED = "retracted"  #: it was taken back
    ARCHIVED = "archived"  #: it was there on the first start, or was late
    WAITING = "waiting"  #: its day has not come
    LATE = "late"  #: it is too old, and a newer one exists
    UNAPPROVED = "unapproved"  #: no editor has approved its text
    HELD = "held"  #: something holds it
    DRAFT = "draft"  #: its file says that it is one
    CALLED_OFF = "called off"  #: its file went away before it was out
    AWAY = "away"  #: its file is not there now, or tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What stands in an issue's way.

    ``held`` says why it is held, and ``release`` which command lets it go; ``everything`` is what holds all
    pushes. ``until`` is when it comes out by itself. ``untold`` says why its file tells nothing.
    """

    record: IssueRecord
    obstacle: Obstacle | None
    held: str
    until: str
    release: str = ""
    untold: str = ""
    everything: Hold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlooks:
    """Says what will become of issues."""

    storage: Storage
    calendar: Calendar
    approving: Approving

    async def of(self, record: IssueRecord, hold: Hold | None, now: datetime, *, untold: str = "") -> Outlook:
        """What will become of an issue that is held by this; ``untold``: why its file tells nothing."""
        if hold and await self.approving.lacks(record):
            hold = replace(hold, unapproved=True)
        return Outlook(
            record=record,
            obstacle=await self._obstacle(record, hold, now, is_away=bool(record.file_away or untold)),
            held=(hold.reason or "by an operator") if hold else "",
            until=self.calendar.until(record),
            release=hold.release(record.slug) if hold else "",
            untold=untold,
            everything=await self.storage.holds.get(EVERYTHING),
        )

    async def _obstacle(
        self, record: IssueRecord, hold: Hold | None, now: datetime, *, is_away: bool
    ) -> Obstacle | None:
        if record.state is not IssueState.WAITING:
            return _OBSTACLES[record.state]
        if hold:
            return Obstacle.HELD
        if is_away:
            return Obstacle.AWAY
        if await self.approving.lacks(record):
            return Obstacle.UNAPPROVED
        if self.calendar.is_to_come(record.date, record.publish_at, now):
            return Obstacle.WAITING
        late = self.calendar.is_late(self.calendar.day_of(record), newest=await self._newest(now), now=now)
        return Obstacle.LATE if late else None

    async def _newest(self, now: datetime) -> date | None:
        issues, calendar = self.storage.issues, self.calendar
        waiting = await issues.waiting()
        due = (one for one in waiting if not calendar.is_to_come(one.date, one.publish_at, now))
        return newest_day(await issues.all(), due)


_OBSTACLES = {
    IssueState.PUBLISHED: Obstacle.PUBLISHED,
    IssueState.RETRACTED: Obstacle.RETRACTED,
    IssueState.ARCHIVED: Obstacle.ARCHIVED,
    IssueState.DRAFT: Obstacle.DRAFT,
    IssueState.CALLED_OFF: Obstacle.CALLED_OFF,
}

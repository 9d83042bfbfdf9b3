"""What to do with a file, and which issues may be published. Decides; does nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from bot.digest.said_dates import SaidDates
from bot.model import READABLE, IssueRecord, IssueState, Release, moments_of, written

#: What happens to a correction of an issue that was sent: ``auto`` sends it, ``ask`` logs a command
#: for the operator, ``never`` shows it only to readers who ask for the issue afterwards.
Edits = Literal["auto", "ask", "never"]


class Intent(StrEnum):
    """What a file found in the folder asks for."""

    ARCHIVE = "archive"  #: take it in, push it to nobody
    WAIT = "wait"  #: take it in, publish it on its day
    PUBLISH = "publish"  #: take it in, publish it now
    HOLD = "hold"  #: take it in, publish it when the operator says so
    DRAFT = "draft"  #: take it in, let it wait until its file says no more that it is a draft
    UPDATE = "update"  #: replace the text of a known issue
    NOTHING = "nothing"  #: it is known as it is


def decide(
    known: IssueRecord | None,
    *,
    checksum: str,
    is_to_come: bool,
    first_start: bool,
    in_doubt: bool = False,
    is_draft: bool = False,
) -> Intent:
    """What to do with a file that has this checksum, and an issue that may be ``in_doubt`` or a draft.

    One that is not ``is_to_come`` is due. On the first start all of those are archived: nobody wants the
    issues of four years at once.
    """
    if known is not None:
        is_known = known.checksum == checksum and known.state is not IssueState.CALLED_OFF
        return Intent.NOTHING if is_known else Intent.UPDATE
    if is_draft:
        return Intent.DRAFT
    if first_start and not is_to_come:
        return Intent.ARCHIVE
    if in_doubt:
        return Intent.HOLD
    return Intent.WAIT if is_to_come else Intent.PUBLISH


def newest_day(known: Iterable[IssueRecord], due: Iterable[IssueRecord]) -> date | None:
    """The day of the newest issue that readers may have, or that is due; None if none is dated."""
    days = (issue.date for issue in (*(one for one in known if one.state in READABLE), *due))
    return max((day for day in days if day is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which day it is for the editor, and which issues may be published on it.

    ``hold_until_date``: an issue waits for its own day. An issue is late once it is
    ``expires_after`` old and there is a newer one. ``hold_doubtful_dates``: one whose date cannot be
    believed waits for the operator, as does one that says itself to be ``outdated_after`` old. A day's issue
    comes out at the hour ``at``; at midnight if that is None.
    """

    zone: ZoneInfo
    hold_until_date: bool = True
    expires_after: timedelta = timedelta(days=7)
    hold_doubtful_dates: bool = True
    outdated_after: timedelta = timedelta(days=365)
    at: time | None = None

    def today(self, now: datetime) -> date:
        """The day in the editor's time zone."""
        return now.astimezone(self.zone).date()

    def last_day(self, now: datetime) -> date:
        """The last day whose issues may be published: today from its hour on; any if issues do not wait."""
        if not self.hold_until_date:
            return date.max
        today = self.today(now)
        return today if now >= self._hour_of(today) else today - timedelta(days=1)

    def moment_of(self, day: date | None, at: datetime | None) -> datetime | None:
        """When an issue of ``day`` comes out, or ``at`` if its file says so; None: once it is found."""
        if at is not None or day is None or not self.hold_until_date:
            return at
        return self._hour_of(day)

    def is_to_come(self, day: date | None, at: datetime | None, now: datetime) -> bool:
        """Whether that is later."""
        moment = self.moment_of(day, at)
        return moment is not None and moment > now

    def until(self, record: IssueRecord) -> str:
        """That moment as the editor's clocks show it, without an hour where none was said."""
        return self.moment_shown(record.date, record.publish_at)

    def moment_shown(self, day: date | None, at: datetime | None) -> str:
        """The same of an issue of ``day`` whose file may say when to publish it."""
        moment = self.moment_of(day, at)
        if moment is None or (at is None and self.at is None):
            return str(day or "")
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def _hour_of(self, day: date) -> datetime:
        """The moment in UTC; clocks that jump over the hour jump to its moment."""
        try:
            return moments_of(datetime.combine(day, self.at or time()), self.zone)[0]
        except OverflowError:  # the first day of all times, or the last
            return datetime.combine(day, time(), UTC)

    def day_of(self, record: IssueRecord) -> date | None:
        """The day on which it comes out."""
        return record.publish_at.astimezone(self.zone).date() if record.publish_at else record.date

    def is_late(self, day: date | None, *, newest: date | None, now: datetime) -> bool:
        """Whether a due issue of ``day`` is too old to be pushed, if the newest one is of ``newest``.

        After an outage, or when back issues are added to the folder, nobody wants older ones than that,
        except the newest of all, which is pushed however late it is.
        """
        if day is None or newest is None or day >= newest:
            return False
        return self.is_old(day, now)

    def is_old(self, day: date | None, now: datetime) -> bool:
        """Whether an issue of ``day`` would have arrived or expired by now."""
        return day is not None and self.today(now) - day > self.expires_after

    def doubt(self, release: Release, said: SaidDates, *, newest: date | None, now: datetime) -> str | None:
        """Why an issue that says this is not to go out by itself; None if nothing speaks against it.

        ``newest`` is the day of the newest issue: what says twice that it is older is a back issue.
        """
        return (
            release.doubt
            or self._doubtful_date(said, newest, now)
            or self._forgotten(release, said, newest, now)
        )

    def _forgotten(self, release: Release, said: SaidDates, newest: date | None, now: datetime) -> str | None:
        """Why the moment is that of an issue before, which its file was made of."""
        own = said.in_text or said.in_path
        if own is None or release.at is None or not self.hold_doubtful_dates:
            return None
        day = release.at.astimezone(self.zone).date()
        if own.date - day <= self.expires_after or self.is_late(own.date, newest=newest, now=now):
            return None
        before = f"{(own.date - day).days} days before its day, {written(own.date, known=own.known)}"
        return f"its front matter says to publish it on {day}, {before}"

    def _doubtful_date(self, said: SaidDates, newest: date | None, now: datetime) -> str | None:
        if not self.hold_doubtful_dates or said.doubt:
            return said.doubt if self.hold_doubtful_dates else None
        day = said.in_text
        if day is None or self.today(now) - day.date <= self.outdated_after:
            return None
        if said.in_path and newest and day.date < newest:
            return None
        return f"it is of {written(day.date, known=day.known)}, {(self.today(now) - day.date).days} days ago"

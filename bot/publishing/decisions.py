"""What to do with a file, and which issues may be published. Decides; does nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from bot.digest.said_dates import SaidDates
from bot.model import READABLE, IssueRecord, written

#: What happens to a correction of an issue that was sent: ``auto`` sends it, ``ask`` logs a command
#: for the operator, ``never`` shows it only to readers who ask for the issue afterwards.
Edits = Literal["auto", "ask", "never"]


class Intent(StrEnum):
    """What a file found in the folder asks for."""

    ARCHIVE = "archive"  #: take it in, push it to nobody
    WAIT = "wait"  #: take it in, publish it on its day
    PUBLISH = "publish"  #: take it in, publish it now
    HOLD = "hold"  #: take it in, publish it when the operator says so
    UPDATE = "update"  #: replace the text of a known issue
    NOTHING = "nothing"  #: it is known as it is


def decide(
    known: IssueRecord | None,
    *,
    checksum: str,
    day: date | None,
    first_start: bool,
    last_day: date,
    in_doubt: bool = False,
) -> Intent:
    """What to do with a file that has this checksum and the issue of ``day``, which may be ``in_doubt``.

    ``last_day`` is the last day whose issues may be published; an undated issue is due when it is
    found. On the first start all of them are archived: nobody wants the issues of four years at once.
    """
    if known is not None:
        return Intent.NOTHING if known.checksum == checksum else Intent.UPDATE
    is_to_come = day is not None and day > last_day
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
    believed waits for the operator, as does one that says itself to be ``outdated_after`` old.
    """

    zone: ZoneInfo
    hold_until_date: bool = True
    expires_after: timedelta = timedelta(days=7)
    hold_doubtful_dates: bool = True
    outdated_after: timedelta = timedelta(days=365)

    def today(self, now: datetime) -> date:
        """The day in the editor's time zone."""
        return now.astimezone(self.zone).date()

    def last_day(self, now: datetime) -> date:
        """The last day whose issues may be published: today, or any day if issues do not wait."""
        return self.today(now) if self.hold_until_date else date.max

    def is_late(self, day: date | None, *, newest: date | None, now: datetime) -> bool:
        """Whether a due issue of ``day`` is too old to be pushed, if the newest one is of ``newest``.

        After an outage, or when back issues are added to the folder, nobody wants more than the
        newest issue. That one is pushed however late it is.
        """
        if day is None or newest is None or day >= newest:
            return False
        return self.is_old(day, now)

    def is_old(self, day: date | None, now: datetime) -> bool:
        """Whether an issue of ``day`` would have arrived or expired by now."""
        return day is not None and self.today(now) - day > self.expires_after

    def doubt(self, said: SaidDates, *, newest: date | None, now: datetime) -> str | None:
        """Why an issue with these dates is not to go out by itself; None if nothing speaks against it.

        ``newest`` is the day of the newest issue: what says twice that it is older is a back issue.
        """
        if not self.hold_doubtful_dates or said.doubt:
            return said.doubt if self.hold_doubtful_dates else None
        day = said.in_text
        if day is None or self.today(now) - day.date <= self.outdated_after:
            return None
        if said.in_path and newest and day.date < newest:
            return None
        return f"it is of {written(day.date, known=day.known)}, {(self.today(now) - day.date).days} days ago"

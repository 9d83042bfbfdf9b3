"""What to do about a file, and which day's issues may go out. Decides; does nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.model import IssueRecord


class Intent(StrEnum):
    """What a file found in the folder asks for."""

    ARCHIVE = "archive"  #: take it in, push it to nobody
    WAIT = "wait"  #: take it in, publish it on its day
    PUBLISH = "publish"  #: take it in, publish it now
    UPDATE = "update"  #: replace the text of a known issue
    NOTHING = "nothing"  #: it is known as it is


def decide(
    known: IssueRecord | None, *, checksum: str, day: date | None, first_start: bool, last_day: date
) -> Intent:
    """What to do about a file with this checksum, holding the issue of ``day``.

    ``last_day`` is the last one whose issues may go out; an undated issue is due
    when it is found. On the first start everything is archive: nobody wants
    the issues of four years at once.
    """
    if known is not None:
        return Intent.NOTHING if known.checksum == checksum else Intent.UPDATE
    if first_start:
        return Intent.ARCHIVE
    return Intent.WAIT if day is not None and day > last_day else Intent.PUBLISH


def out_of_time(day: date | None, *, today: date, newest: date | None, expires_after: timedelta) -> bool:
    """Whether an issue of ``day`` that is due is too old to be pushed.

    It is, once it is ``expires_after`` old and there is a newer one: after an outage, or when back
    issues are added to the folder, nobody wants more than the newest. That one goes out however late.
    """
    if day is None or newest is None or day >= newest:
        return False
    return today - day > expires_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Where the editor's days begin, and whether an issue waits for its own."""

    zone: ZoneInfo
    hold_until_date: bool = True

    def today(self, now: datetime) -> date:
        """The day that the editor has."""
        return now.astimezone(self.zone).date()

    def last_day(self, now: datetime) -> date:
        """The last day whose issues may go out: today, or any day when none is held back."""
        return self.today(now) if self.hold_until_date else date.max

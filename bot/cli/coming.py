"""When the issues of a file come out, which of them are drafts, and which the bot will hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.digest.division import IssueText
from bot.digest.profile import Profile
from bot.digest.said_dates import SaidDates, said_dates
from bot.digest.said_moments import Clock
from bot.digest.said_release import said_release
from bot.editors.linter import Draft, Sheet
from bot.model import HeldBy, Hold
from bot.publishing.decisions import Calendar, Intent, decide
from bot.runtime.editorial import make_calendar, make_clock
from bot.settings import Configuration


def coming(sheets: Iterable[Sheet], configuration: Configuration, now: datetime) -> Iterator[str]:
    """A line for each draft in the files, each issue that is in doubt, and each whose hour is still to come.

    What is decided of an issue is what the bot decides of a new one. Of one whose every date is long past,
    which is in the archive of most bots, nothing is told.
    """
    known, settings = tuple(sheets), configuration.settings
    calendar = make_calendar(settings)
    days = (draft.issue.date for sheet in known for _, draft in sheet.parts)
    future = _Future(
        profile=configuration.profile,
        zone=settings.schedule.timezone,
        calendar=calendar,
        clock=make_clock(settings),
        newest=max((day for day in days if day and day <= calendar.today(now)), default=None),
        now=now,
    )
    for sheet in known:
        for part, draft in sheet.parts:
            if told := future.told(sheet.name, part, draft):
                yield f"{sheet.path}: {told}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Future:
    """What will become of new issues, the ``newest`` of which that is not to come has this day."""

    profile: Profile
    zone: str
    calendar: Calendar
    clock: Clock
    newest: date | None
    now: datetime

    def told(self, name: str, part: IssueText, draft: Draft) -> str | None:
        """That of an issue in the file of this name; None where there is nothing to tell."""
        issue, text, calendar = draft.issue, draft.source.text, self.calendar
        release = said_release(part.front or text, self.profile, self.clock, day=issue.date)
        dates = said_dates(issue, text, name, self.profile)
        doubt = calendar.doubt(release, dates, newest=self.newest, now=self.now)
        intent = decide(
            None,
            checksum="",
            is_to_come=calendar.is_to_come(issue.date, release.at, self.now),
            first_start=self._is_of_old(dates),
            in_doubt=doubt is not None,
            is_draft=release.draft is not None,
        )
        if intent is Intent.DRAFT:
            return f"a draft ({release.draft}), and not sent"
        if intent is Intent.HOLD:
            way = Hold(by=HeldBy.DATE, why=doubt or "", at=self.now).release(part.slug)
            return f"held until that is clear: {doubt}; {way} lets it go out as it is"
        if intent is Intent.WAIT and (release.at or calendar.at):
            return f"comes out on {calendar.moment_shown(issue.date, release.at)} ({self.zone})"
        return None

    def _is_of_old(self, dates: SaidDates) -> bool:
        days = dates.days.values()
        return bool(days) and all(self.calendar.is_old(day.date, self.now) for day in days)

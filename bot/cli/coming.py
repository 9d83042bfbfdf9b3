"""When the issues of a file come out, which of them are drafts, and which the bot will hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.digest.division import IssueText
from bot.digest.said_dates import SaidDates, said_dates
from bot.digest.said_release import said_release
from bot.editors.linter import Draft, Sheet
from bot.model import HeldBy, Hold
from bot.publishing.decisions import Intent, decide
from bot.runtime.editorial import make_calendar, make_clock
from bot.settings import Configuration


def coming(sheets: Iterable[Sheet], configuration: Configuration, now: datetime) -> Iterator[str]:
    """A line for each draft in the files, each issue that is in doubt, and each whose hour is still to come.

    What is decided of an issue is what the bot decides of a new one. Of one whose every date is long past,
    which is in the archive of most bots, nothing is told.
    """
    known = tuple(sheets)
    today = make_calendar(configuration.settings).today(now)
    days = (draft.issue.date for sheet in known for _, draft in sheet.parts)
    newest = max((day for day in days if day and day <= today), default=None)
    for sheet in known:
        for part, draft in sheet.parts:
            told = _Coming(sheet=sheet, part=part, draft=draft).told(configuration, newest, now)
            if told:
                yield f"{sheet.path}: {told}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coming:
    """An issue of a file."""

    sheet: Sheet
    part: IssueText
    draft: Draft

    def told(self, configuration: Configuration, newest: date | None, now: datetime) -> str | None:
        settings, profile = configuration.settings, configuration.profile
        calendar, issue, text = make_calendar(settings), self.draft.issue, self.draft.source.text
        release = said_release(self.part.front or text, profile, make_clock(settings), day=issue.date)
        dates = said_dates(issue, text, self.sheet.name, profile)
        doubt = calendar.doubt(release, dates, newest=newest, now=now)
        is_to_come = calendar.is_to_come(issue.date, release.at, now)
        intent = decide(
            None,
            checksum="",
            is_to_come=is_to_come,
            first_start=_is_of_old(dates, configuration, now),
            in_doubt=doubt is not None,
            is_draft=release.draft is not None,
        )
        if intent is Intent.DRAFT:
            return f"a draft ({release.draft}), and not sent"
        if intent is Intent.HOLD:
            way = Hold(by=HeldBy.DATE, why=doubt or "", at=now).release(self.part.slug)
            return f"held until that is clear: {doubt}; {way} lets it go out as it is"
        if intent is Intent.WAIT and (release.at or calendar.at):
            return (
                f"comes out on {calendar.moment_shown(issue.date, release.at)} ({settings.schedule.timezone})"
            )
        return None


def _is_of_old(dates: SaidDates, configuration: Configuration, now: datetime) -> bool:
    calendar, days = make_calendar(configuration.settings), dates.days.values()
    return bool(days) and all(calendar.is_old(day.date, now) for day in days)

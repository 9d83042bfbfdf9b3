"""When the issues of a file come out, and which of them are drafts."""

from collections.abc import Iterator
from datetime import datetime

from bot.digest.said_release import said_release
from bot.editors.linter import Sheet
from bot.runtime.editorial import make_calendar, make_clock
from bot.settings import Configuration


def coming(sheet: Sheet, configuration: Configuration, now: datetime) -> Iterator[str]:
    """A line for each draft in a file, and for each issue whose hour was said and is still to come."""
    settings, profile = configuration.settings, configuration.profile
    calendar, clock = make_calendar(settings), make_clock(settings)
    for part, draft in sheet.parts:
        day = draft.issue.date
        release = said_release(part.front or draft.source.text, profile, clock, day=day)
        if release.draft:
            yield f"{sheet.path}: a draft ({release.draft}), and not sent"
        elif (release.at or calendar.at) and calendar.is_to_come(day, release.at, now):
            moment = f"{calendar.moment_shown(day, release.at)} ({settings.schedule.timezone})"
            yield f"{sheet.path}: comes out on {moment}"

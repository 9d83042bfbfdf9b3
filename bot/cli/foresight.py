"""What the bot will do with the issues in files, as far as files tell."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.digest.division import IssueText
from bot.digest.names import DigestNames
from bot.digest.parsing.dates import whole_date
from bot.digest.said_dates import SaidDates, said_dates
from bot.digest.said_release import said_release
from bot.editors.linter import Draft, Sheet
from bot.messages import Renderer
from bot.model import FREE, Cut, HeldBy, Hold, Issue, Release, ToldItem, entries_of
from bot.publishing.decisions import Intent, decide
from bot.publishing.length import too_long
from bot.publishing.likeness import copied, told_item
from bot.runtime.editorial import make_calendar, make_clock
from bot.settings import Configuration
from bot.words.natural_order import in_order

_TO_GO_OUT = (Intent.WAIT, Intent.PUBLISH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What becomes of a new issue. ``about`` is what holds it, as written; ``is_late``: it is too old.

    ``one_of_two``: the hold is on it, or on another that is to come too: on the one that is found last.
    """

    intent: Intent
    release: Release
    hold: Hold | None = None
    about: str = ""
    is_late: bool = False
    one_of_two: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """An issue that may be out before another; ``path`` is what its file is called."""

    path: str
    issue: Issue
    told: Sequence[ToldItem]
    to_come: bool


class Foresight:
    """Decides of an issue what the bot decides of a new one, taken in behind those named before it.

    ``others`` are the issues beside those of the sheets, with the paths of their files; drafts are none,
    and no sheet that is ``left_out``.
    """

    def __init__(
        self,
        configuration: Configuration,
        sheets: Sequence[Sheet],
        others: Iterable[tuple[str, Issue]],
        now: datetime,
        *,
        left_out: Container[Path] = (),
    ) -> None:
        self._left_out = left_out
        self._profile = configuration.profile
        self._settings = configuration.settings
        self._calendar = make_calendar(configuration.settings)
        self._clock = make_clock(configuration.settings)
        names = DigestNames(configuration.profile, configuration.topics)
        self._renderer = Renderer(names, configuration.profile.messages.habit)
        self._now = now
        own = (
            self._beside(sheet.path, draft.issue, release)
            for sheet in filter(self.takes, sheets)
            for part, draft in sheet.parts
            if (release := self._release(part, draft)).draft is None
        )
        self._issues = (*(self._beside(path, one, FREE) for path, one in others), *own)
        days = (one.issue.date for one in self._issues)
        self._newest = max((day for day in days if day and day <= self._calendar.today(now)), default=None)

    def takes(self, sheet: Sheet) -> bool:
        """Whether the bot takes the file for one with issues."""
        named = self._profile.file_pattern.match(sheet.name) is not None
        return named and Path(sheet.path) not in self._left_out

    def of(self, name: str, part: IssueText, draft: Draft) -> Fate:
        """What becomes of an issue in the file of this name."""
        issue, calendar = draft.issue, self._calendar
        release = self._release(part, draft)
        dates = said_dates(issue, draft.source.text, name, self._profile)
        doubt = calendar.doubt(release, dates, newest=self._newest, now=self._now)
        intent = decide(
            None,
            checksum="",
            is_to_come=calendar.is_to_come(issue.date, release.at, self._now),
            first_start=self._is_of_old(dates),
            in_doubt=doubt is not None,
            is_draft=release.draft is not None,
        )
        if intent is Intent.HOLD and doubt:
            about = release.doubt or dates.doubted
            return Fate(intent=intent, release=release, hold=self._hold(HeldBy.DATE, doubt), about=about)
        hold, of_two = self._held_for_text(issue) if intent in _TO_GO_OUT else (None, False)
        day = release.at.astimezone(calendar.zone).date() if release.at else issue.date
        is_late = intent is not Intent.DRAFT and calendar.is_late(day, newest=self._newest, now=self._now)
        intent = Intent.HOLD if hold else intent
        return Fate(intent=intent, release=release, hold=hold, is_late=is_late, one_of_two=of_two)

    def namesake(self, issue: Issue) -> str | None:
        """The file of an issue before this one that has its title, as far as its date, and its date."""
        name = self._name(issue)
        others = (one for one in self._before(issue) if one.issue.date == issue.date)
        return next((one.path for one in others if name and self._name(one.issue) == name), None)

    def _beside(self, path: str, issue: Issue, release: Release) -> _Beside:
        told = tuple(map(told_item, entries_of(issue)))
        to_come = self._calendar.is_to_come(issue.date, release.at, self._now)
        return _Beside(path=path, issue=issue, told=told, to_come=to_come)

    def _held_for_text(self, issue: Issue) -> tuple[Hold | None, bool]:
        """What holds it, and whether that may be on another instead."""
        before = {one.issue.slug: one for one in self._before(issue)}
        if copy := copied(entries_of(issue), {slug: one.told for slug, one in before.items()}):
            return self._hold(HeldBy.COPY, str(copy)), before[copy.slug].to_come
        messages = self._renderer.issue(issue, Cut(language=self._profile.language))
        why = too_long(len(messages), self._settings.publishing.most_messages)
        return (self._hold(HeldBy.MESSAGES, why) if why else None), False

    def _before(self, issue: Issue) -> Iterator[_Beside]:
        return (one for one in self._issues if _order(one.issue) < _order(issue))

    def _release(self, part: IssueText, draft: Draft) -> Release:
        text = "\n\n".join(filter(None, (part.front, draft.source.text)))
        return said_release(text, self._profile, self._clock, day=draft.issue.date)

    def _is_of_old(self, dates: SaidDates) -> bool:
        days = dates.days.values()
        return bool(days) and all(self._calendar.is_old(day.date, self._now) for day in days)

    def _name(self, issue: Issue) -> str:
        title = issue.title or ""
        place = whole_date(title, self._profile)
        return title[: place[1] if place else None].strip()

    def _hold(self, by: HeldBy, why: str) -> Hold:
        return Hold(by=by, why=why, at=self._now)


def _order(issue: Issue) -> tuple[date, tuple[tuple[int, ...], str]]:
    return issue.date or date.min, in_order(issue.slug)

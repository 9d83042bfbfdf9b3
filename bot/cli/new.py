"""jianbao new: the file of an issue that is to be written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.issue_files import IssueFile
from bot.cli.output import Profile, read_text, say, write
from bot.cli.reading import each_beside, issue_reader
from bot.digest.codes import Level
from bot.digest.division import divided
from bot.digest.parsing.file_facts import facts_of
from bot.digest.profile import Profile as Habits
from bot.editors.linter import Linter, Saved, Sheet, index_of
from bot.editors.new_issue import Earlier, Stamp, name_of, number_of, skeleton
from bot.errors import BadInput
from bot.model import Issue
from bot.readers.rhythm import rhythm_of
from bot.settings import Configuration, Settings, check_issues_named, load
from bot.sources import markdown_below
from bot.words.natural_order import numbers_of

_LOOKED_AT = 13  # issues, whose days say how often one comes
_LIKE = 5  # issues that the new one is like


def new(
    day: Annotated[
        datetime | None,
        typer.Argument(
            metavar="[DATE]",
            formats=["%Y-%m-%d"],
            help="Its day; without one, the next on which an issue is expected, or today.",
        ),
    ] = None,
    *,
    folder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="The folder of issues; without it that of the settings, below the current folder if it is"
            " one of a repository.",
        ),
    ] = None,
    profile: Profile = None,
) -> None:
    """Write the file of a new issue: named, dated and with the headings of the last ones.

    An existing file is never touched.
    """
    configuration = load(profile)
    habits = configuration.profile
    if habits.issues.each == "heading":
        raise BadInput("the files of this digest hold several issues; write a heading into one", where="new")
    where = folder or _folder(configuration.settings)
    names = _names(where, habits)
    last = _numbered(_last(configuration, where, names[-_LOOKED_AT:]))
    stamp = _next(last, day.date() if day else None, configuration.settings, habits)
    path = where / _named(habits, names, last, stamp)
    linter = Linter(habits, configuration.topics)

    def errors(text: str) -> int:
        sheet = Sheet.of(
            linter, Saved(text=text), divided(text, slug="new", profile=habits), path="", name=path.name
        )
        return sum(one.code.level is Level.ERROR for one in sheet.findings(linter, index_of(())))

    _write(path, skeleton(habits, [one.earlier for one in last[-_LIKE:]], stamp, errors))
    write(str(path))
    say("Readers get nothing of it until it has an item; jianbao check finds what is wrong.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """An issue that is there, as it is read and as it is written."""

    issue: Issue
    earlier: Earlier


def _folder(settings: Settings) -> Path:
    if settings.source.git is not None:
        return Path(settings.source.folder or "")
    check_issues_named(settings)
    return settings.issues


def _names(folder: Path, habits: Habits) -> list[str]:
    """The issues that are there, the newest last."""
    try:
        found = [name for name in markdown_below(folder) if habits.file_pattern.match(name)]
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=str(folder)) from None
    return sorted(found, key=lambda name: (_order(name, habits), name))


def _order(name: str, habits: Habits) -> tuple[date, tuple[int, ...]]:
    facts = facts_of(name, habits)
    return facts.day.date if facts.day else date.min, numbers_of(name)


def _last(configuration: Configuration, folder: Path, names: Sequence[str]) -> list[_Last]:
    """Those of the issues that can be read; the others are named."""
    files = [IssueFile(path=folder / name, below=name) for name in names]
    read = issue_reader(configuration)
    return [_as_last(file, issue, configuration.profile) for file, (issue,) in each_beside(files, read)]


def _as_last(file: IssueFile, issue: Issue, habits: Habits) -> _Last:
    number = facts_of(file.below, habits).number
    stamp = Stamp(day=issue.date, number=int(number) if number else None)
    return _Last(issue=issue, earlier=Earlier(text=read_text(file.path), title=issue.title, stamp=stamp))


def _numbered(last: list[_Last]) -> list[_Last]:
    """The newest with the number that the titles count by, where its file says none."""
    if not last or last[-1].earlier.stamp.number is not None:
        return last
    newest = last[-1].earlier
    number = number_of([one.issue.title or "" for one in last], newest.stamp.day)
    stamp = replace(newest.stamp, number=number)
    return [*last[:-1], replace(last[-1], earlier=replace(newest, stamp=stamp))]


def _next(last: Sequence[_Last], day: date | None, settings: Settings, habits: Habits) -> Stamp:
    """The stamp of the new issue; of a digest without dates only a number."""
    numbers = [one.earlier.stamp.number for one in last if one.earlier.stamp.number is not None]
    number = max(numbers) + 1 if numbers else (1 if habits.date is None else None)
    if habits.date is None:
        return Stamp(number=number)
    today = datetime.now(settings.schedule.zone).date()
    return Stamp(day=day or _expected([*_days(last)], today), number=number)


def _days(last: Sequence[_Last]) -> Iterator[date]:
    return (one.issue.date for one in last if one.issue.date is not None)


def _expected(days: Sequence[date], today: date) -> date:
    """The next day by the habit of the last issues that has not passed; today if they have none."""
    rhythm = rhythm_of(days)
    if rhythm is None:
        return today
    day = rhythm.after(max(days))
    while day < today:
        day = rhythm.after(day)
    return day


def _named(habits: Habits, names: Sequence[str], last: Sequence[_Last], stamp: Stamp) -> str:
    old = last[-1].earlier.stamp if last else Stamp()
    name = name_of(habits, names, old, stamp)
    if name is None:
        raise BadInput(
            f"no name of a new file fits the pattern {habits.files}; write one by hand", where="files"
        )
    return name


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise BadInput("is there already, and is left as it is", where=str(path)) from None
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", where=str(path)) from None

"""What a reading of the folder finds: a file that is new or changed, beside what the database knows."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog

from bot.digest.said_dates import SaidDates
from bot.model import HeldBy, Hold, IndexedIssue, Issue, IssueRecord, IssueState
from bot.publishing.decisions import Intent, newest_day
from bot.sources import Problem, SourceFile
from bot.words.natural_order import numbers_of

log = structlog.get_logger()

FIRST_STATE = {
    Intent.ARCHIVE: IssueState.ARCHIVED,
    Intent.WAIT: IssueState.WAITING,
    Intent.PUBLISH: IssueState.WAITING,  # the publisher finds it by its date
    Intent.HOLD: IssueState.WAITING,
}
#: What goes out as soon as it was taken in, or is there for readers.
_COMES_OUT = frozenset((Intent.ARCHIVE, Intent.PUBLISH))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How files are read: ``parse`` gives the issue in a file with this text and refuses nothing.

    ``index`` gives the entries of an issue, ``dates`` what a file with this text says of its day.
    """

    parse: Callable[[SourceFile, str], Issue]
    index: Callable[[Issue], IndexedIssue]
    dates: Callable[[SourceFile, str, Issue], SaidDates]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What holds for all files of one reading."""

    now: datetime
    first_start: bool
    under_way: Container[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one reading of the folder changed, as slugs.

    The files that it ``passed_over`` are no issues; those that are ``settling`` will be read soon.
    """

    archived: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    passed_over: tuple[Problem, ...] = ()
    settling: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A text, and the issue in it."""

    text: str
    issue: Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that is new or changed, as read; ``known`` is the issue as the database has it."""

    file: SourceFile
    text: str
    issue: Issue
    known: IssueRecord | None
    intent: Intent
    doubt: str | None

    @property
    def waits(self) -> bool:
        """Whether the issue is known and not out yet."""
        return self.known is not None and self.known.state is IssueState.WAITING

    def hold(self, now: datetime) -> Hold | None:
        """What keeps the issue from going out by itself; None if nothing does."""
        return Hold(by=HeldBy.DATE, why=self.doubt, at=now) if self.doubt else None

    def new_record(self, now: datetime) -> IssueRecord:
        """The record of the issue once the file is taken in."""
        known = self.known or IssueRecord(
            slug=self.file.slug,
            title=None,
            date=None,
            checksum="",
            state=FIRST_STATE[self.intent],
            found_at=now,
            published_at=None,
        )
        issue = self.issue
        read = replace(known, title=issue.title, date=issue.date, day_known=issue.day_known)
        return replace(read, checksum=self.file.checksum)


class Known:
    """The issues that were taken in, by slug and by content, and the day of the newest that is out.

    Of ``files`` with the same content the first is the issue: a copy is made after it, and named so.
    """

    def __init__(self, records: Iterable[IssueRecord], files: Sequence[SourceFile] = ()) -> None:
        self.by_slug = {record.slug: record for record in records}
        self.newest = newest_day(self.by_slug.values(), ())
        self._by_checksum = {
            **{file.checksum: file.slug for file in sorted(files, key=_counted, reverse=True)},
            **{record.checksum: record.slug for record in self.by_slug.values()},
        }

    def note(self, day: date | None, intent: Intent) -> None:
        """Note that an issue of this day was taken in."""
        if intent in _COMES_OUT:
            self.newest = max(filter(None, (self.newest, day)), default=None)

    def twin(self, file: SourceFile) -> str | None:
        """The issue whose copy a new file is; None if it is no copy, or not new."""
        twin = self._by_checksum.get(file.checksum) if file.slug not in self.by_slug else None
        return twin if twin != file.slug else None

    def has(self, file: SourceFile) -> bool:
        """Whether a file is known as it is."""
        record = self.by_slug.get(file.slug)
        return record is not None and record.checksum == file.checksum


def _counted(file: SourceFile) -> tuple[tuple[int, ...], str]:
    return numbers_of(file.slug), file.slug


def log_held(slug: str, held: Hold) -> None:
    """Tell the operator that an issue waits for a word, and which."""
    log.warning("issue_held", issue=slug, reason=held.why, command=held.release(slug))

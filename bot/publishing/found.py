"""What a reading of the folder finds: a file that is new or changed, beside what the database knows."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.digest.said_dates import SaidDates
from bot.model import (
    FREE,
    READABLE,
    UNBORN,
    HeldBy,
    Hold,
    IndexedIssue,
    Issue,
    IssueRecord,
    IssueState,
    IssueText,
    Release,
    is_notice,
)
from bot.publishing.decisions import Intent, newest_day
from bot.sources import Problem, SourceFile, set_aside
from bot.words.natural_order import in_order
from bot.words.slugs import SLUG_LENGTH

log = structlog.get_logger()

FIRST_STATE = {
    Intent.ARCHIVE: IssueState.ARCHIVED,
    Intent.WAIT: IssueState.WAITING,
    Intent.PUBLISH: IssueState.WAITING,  # the publisher finds it by its date
    Intent.HOLD: IssueState.WAITING,
    Intent.DRAFT: IssueState.DRAFT,
}
#: What goes out as soon as it was taken in, or is there for readers.
_COMES_OUT = frozenset((Intent.ARCHIVE, Intent.PUBLISH))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How files are read: ``parse`` gives the issue in a file with this text and refuses nothing.

    ``index`` gives the entries of an issue, ``dates`` what a file with this text says of its day, ``release``
    of when it may go out.
    """

    parse: Callable[[SourceFile, str], Issue]
    index: Callable[[Issue], IndexedIssue]
    dates: Callable[[SourceFile, str, Issue], SaidDates]
    release: Callable[[SourceFile, str, Issue], Release] = lambda *_: FREE


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
    ``trouble`` says why there may be newer ones that cannot be had.
    """

    archived: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    passed_over: tuple[Problem, ...] = ()
    settling: tuple[Problem, ...] = ()
    trouble: str | None = None


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
    release: Release = FREE
    copies: bool = False  #: the doubt is that it tells what another issue told

    @property
    def waits(self) -> bool:
        """Whether the issue is known and not out yet."""
        return self.known is not None and self.known.state in UNBORN

    @property
    def is_to_go_out(self) -> bool:
        """Whether it goes out by itself, now or one day, unless something holds it."""
        return self.intent in {Intent.PUBLISH, Intent.WAIT} or (self.waits and self.release.draft is None)

    @property
    def state(self) -> IssueState:
        """That of the issue once the file is taken in."""
        if self.known is None:
            return FIRST_STATE[self.intent]
        unborn = IssueState.DRAFT if self.release.draft else IssueState.WAITING
        return unborn if self.waits else self.known.state

    def hold(self, now: datetime) -> Hold | None:
        """What keeps the issue from going out by itself; None if nothing does."""
        by = HeldBy.COPY if self.copies else HeldBy.DATE
        return Hold(by=by, why=self.doubt, at=now) if self.doubt else None

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
        return replace(
            read,
            checksum=self.file.checksum,
            state=self.state,
            publish_at=self.release.at,
            file=self.file.name,
            commit=self.file.commit,
        )

    def new_text(self, indexed: IndexedIssue, now: datetime) -> IssueText:
        """What becomes of a known issue."""
        return IssueText(
            text=self.text,
            checksum=self.file.checksum,
            title=self.issue.title,
            date=self.issue.date,
            indexed=indexed,
            day_known=self.issue.day_known,
            held=self.hold(now) if self.waits else None,
            release=self.release,
            commit=self.file.commit,
        )


class Known:
    """The issues that were taken in, by the slug of their file and by content; the newest day that is out.

    Of ``files`` with the same content, whatever lies beside, the first is the issue: a copy is made after it,
    and named so. ``away`` are the issues whose files are not there; ``aside`` says in which folders of past
    issues files lie.
    """

    def __init__(
        self, records: Iterable[IssueRecord], files: Sequence[SourceFile] = (), here: Container[str] = ()
    ) -> None:
        records = tuple(records)
        self.by_slug = {record.in_folder: record for record in records}
        self.newest = newest_day(records, ())
        self.away = {
            one.slug: one for one in records if one.in_folder not in here and not is_notice(one.slug)
        }
        self.aside = set_aside(file.name for file in files)
        self._added: list[IssueRecord] = []
        self._slugs = {record.slug for record in records}
        self._by_checksum = {
            **{file.checksum: file.slug for file in files},
            **{file.own_checksum: file.slug for file in sorted(files, key=_counted, reverse=True)},
            **{record.checksum: record.in_folder for record in records if record.slug not in self.away},
        }

    def note(self, record: IssueRecord, intent: Intent) -> None:
        """Note that this issue was taken in."""
        self._added.append(record)
        if intent in _COMES_OUT:
            self.newest = max(filter(None, (self.newest, record.date)), default=None)

    def before(self, own: IssueRecord | None) -> tuple[str, ...]:
        """The other issues that are out, or wait and were there before this one, new where it is None."""
        known = (*self.by_slug.values(), *self._added)
        others = (one for one in known if own is None or one.slug != own.slug)
        return tuple(one.slug for one in others if one.state in READABLE or self._waits_before(one, own))

    def _waits_before(self, one: IssueRecord, own: IssueRecord | None) -> bool:
        if one.state is not IssueState.WAITING or one.slug in self.away:
            return False
        return own is None or (one.found_at, in_order(one.slug)) < (own.found_at, in_order(own.slug))

    def twin(self, file: SourceFile) -> str | None:
        """The issue whose copy a new file is; None if it is no copy, or not new."""
        if file.slug in self.by_slug:
            return None
        twins = map(self._by_checksum.get, (file.checksum, file.own_checksum))
        return next((twin for twin in twins if twin and twin != file.slug), None)

    def has(self, file: SourceFile) -> bool:
        """Whether a file is known as it is, and its issue not called off, or to come and set aside."""
        record = self.by_slug.get(file.slug)
        if record is None or record.state is IssueState.CALLED_OFF:
            return False
        if record.state in UNBORN and file.name in self.aside:
            return False
        return file.is_known_by(record.checksum)

    def free_slug(self, slug: str) -> str:
        """The slug, or where an issue has it that has another file, one with a number behind it."""
        numbered = (f"{slug[: SLUG_LENGTH - 3]}-{number}" for number in range(2, 100))
        return next((one for one in (slug, *numbered) if one not in self._slugs), slug)

    def moved(self, before: IssueRecord, now: IssueRecord) -> None:
        """Note that an issue has another file."""
        self.away.pop(before.slug, None)
        self.by_slug.pop(before.in_folder, None)
        self.by_slug[now.in_folder] = now


def _counted(file: SourceFile) -> tuple[tuple[int, ...], str]:
    return in_order(file.slug)


def log_held(slug: str, held: Hold) -> None:
    """Tell the operator that an issue waits for a word, and which."""
    log.warning("issue_held", issue=slug, reason=held.why, command=held.release(slug))

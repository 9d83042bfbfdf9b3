"""Takes in what is new in the folder of issues, and what was corrected."""

import asyncio
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

import structlog

from bot.model import Issue, IssueRecord, IssueState
from bot.publishing.decisions import Calendar, Edits, Intent, decide
from bot.sources import Listing, Problem, SourceFile

log = structlog.get_logger()

FIRST_READ = "first read"  # the mark: since then the folder's files are no longer archive

FIRST_STATE = {
    Intent.ARCHIVE: IssueState.ARCHIVED,
    Intent.WAIT: IssueState.WAITING,
    Intent.PUBLISH: IssueState.WAITING,  # the publisher finds it by its date
}

Parse = Callable[[str, str], Issue]  #: (slug, Markdown) to the issue; refuses nothing


class Source(Protocol):
    """Where issue files come from."""

    def read(self, now: datetime, *, unsettled_too: bool) -> Listing:
        """What is there; blocks."""


class Issues(Protocol):
    """Where issues are kept."""

    async def all(self) -> tuple[IssueRecord, ...]:
        """Every issue, newest first."""

    async def add(self, record: IssueRecord, text: str) -> bool:
        """Add an issue; False if its slug is known."""

    async def update_text(
        self,
        slug: str,
        *,
        text: str,
        checksum: str,
        title: str | None,
        day: date | None,
        even_if_under_way: bool,
    ) -> bool:
        """Replace an issue's text; False if it is on its way and must not change."""


class Marks(Protocol):
    """Where moments are kept by name."""

    async def get(self, name: str) -> datetime | None:
        """The moment; None if there is none of that name."""

    async def set(self, name: str, at: datetime) -> None:
        """Keep the moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one reading of the folder changed, as slugs; ``problems`` counts files left out."""

    archived: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    problems: int = 0

    @property
    def visible(self) -> bool:
        """Whether readers may see anything else than before."""
        return bool(self.archived or self.updated)


class Intake:
    """Brings the database up to the files of the folder. One reading at a time."""

    def __init__(  # what it brings together and the two rules it goes by
        self,
        *,
        source: Source,
        issues: Issues,
        marks: Marks,
        parse: Parse,
        calendar: Calendar,
        edits: Edits = "ask",
    ) -> None:
        self._source = source
        self._issues = issues
        self._marks = marks
        self._parse = parse
        self._calendar = calendar
        self._edits = edits
        self._reported: frozenset[Problem] = frozenset()
        self._lock = asyncio.Lock()

    async def read(self, now: datetime, *, under_way: Container[str] = ()) -> Changes:
        """Take in what is new in the folder and what was corrected; log each problem once.

        The first reading ever archives everything, freshly copied files too. A correction
        of an issue that is on its way waits, unless corrections go out by themselves or its slug is
        among ``under_way``. Raises BadInput if the folder cannot be read.
        """
        async with self._lock:
            first_start = await self._marks.get(FIRST_READ) is None
            listing = await asyncio.to_thread(self._source.read, now, unsettled_too=first_start)
            known = _Known(await self._issues.all())
            run = _Run(now=now, first_start=first_start, under_way=under_way)
            done = [await self._take(file, known, run) for file in listing.files]
            if first_start:
                await self._marks.set(FIRST_READ, now)
            problems = frozenset(one for one in (*listing.problems, *done) if isinstance(one, Problem))
            self._report(problems)
        slugs = [(file.slug, intent) for file, intent in zip(listing.files, done, strict=True)]
        return Changes(
            archived=tuple(slug for slug, intent in slugs if intent is Intent.ARCHIVE),
            added=tuple(slug for slug, intent in slugs if intent in {Intent.WAIT, Intent.PUBLISH}),
            updated=tuple(slug for slug, intent in slugs if intent is Intent.UPDATE),
            problems=len(problems),
        )

    async def _take(self, file: SourceFile, known: "_Known", run: "_Run") -> Intent | Problem:
        record = known.by_slug.get(file.slug)
        if record is not None and record.checksum == file.checksum:
            return Intent.NOTHING
        if record is None and (twin := known.by_checksum.get(file.checksum)):
            return Problem(path=file.path, reason=f"duplicate of issue {twin}, not sent")
        issue = await self._understood(file)
        if isinstance(issue, Problem):
            return issue
        intent = decide(
            record,
            checksum=file.checksum,
            day=issue.date,
            first_start=run.first_start,
            last_day=self._calendar.last_day(run.now),
        )
        if record is not None and intent is Intent.UPDATE:
            return await self._update(file, issue, record, run)
        await self._add(file, issue, intent, run.now)
        return intent

    async def _understood(self, file: SourceFile) -> Issue | Problem:
        try:
            issue = await asyncio.to_thread(self._parse, file.slug, file.text)
        except Exception as error:  # noqa: BLE001  # a fault of ours in one file must not keep the others out
            return Problem(path=file.path, reason=f"was not understood ({type(error).__name__}: {error})")
        if not (issue.items or issue.flash or issue.lead):
            return Problem(path=file.path, reason="has nothing to read in it yet")
        return issue

    async def _add(self, file: SourceFile, issue: Issue, intent: Intent, now: datetime) -> None:
        record = IssueRecord(
            slug=file.slug,
            title=issue.title,
            date=issue.date,
            checksum=file.checksum,
            state=FIRST_STATE[intent],
            found_at=now,
            published_at=None,
        )
        await self._issues.add(record, file.text)
        log.info("issue_added", issue=file.slug, intent=str(intent), warnings=len(issue.warnings))
        if file.guessed:
            log.warning("issue_encoding_guessed", issue=file.slug, file=file.path.name, read_as="GB18030")

    async def _update(self, file: SourceFile, issue: Issue, record: IssueRecord, run: "_Run") -> Intent:
        """An issue on its way keeps its text until it has arrived, unless what was sent is corrected too."""
        updated = await self._issues.update_text(
            file.slug,
            text=file.text,
            checksum=file.checksum,
            title=issue.title,
            day=issue.date,
            even_if_under_way=self._edits == "auto" or file.slug in run.under_way,
        )
        if not updated:
            return Intent.NOTHING
        log.info("issue_updated", issue=file.slug, warnings=len(issue.warnings))
        asked = self._edits == "ask" and file.slug not in run.under_way
        if asked and record.state is IssueState.PUBLISHED:
            log.warning(
                "correction_pending",
                issue=file.slug,
                command=f"jianbao publish {file.slug} --edit",
            )
        return Intent.UPDATE

    def _report(self, problems: frozenset[Problem]) -> None:
        for problem in sorted(problems - self._reported, key=lambda problem: problem.path):
            log.warning("file_skipped", file=str(problem.path), reason=problem.reason)
        self._reported = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What holds for all files of one reading."""

    now: datetime
    first_start: bool
    under_way: Container[str]


class _Known:
    """The issues that were taken in, by slug and by content."""

    def __init__(self, records: Iterable[IssueRecord]) -> None:
        self.by_slug = {record.slug: record for record in records}
        self.by_checksum = {record.checksum: record.slug for record in self.by_slug.values()}

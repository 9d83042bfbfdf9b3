"""From a file in the folder to rows in the ledger: take issues in, publish what is due.

Reconciles: what must be done comes from the folder and the database, never from the
fact that a clock struck, so every verb here may run at any time, and twice.
"""

import asyncio
import difflib
from collections.abc import Awaitable, Callable, Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

import structlog

from bot import planner
from bot.errors import BadInput
from bot.model import READABLE, Issue, IssueRecord, IssueState
from bot.planner import Calendar, Intent
from bot.sources import Listing, Problem, SourceFile
from bot.storage import Issues

log = structlog.get_logger()

_MOST_NAMED = 3  # issues that may have been meant
STATE_TO_BEGIN_WITH = {
    Intent.ARCHIVE: IssueState.ARCHIVED,
    Intent.WAIT: IssueState.WAITING,
    Intent.PUBLISH: IssueState.WAITING,  # publish_due finds it by its date
}

Edits = Literal["auto", "ask", "never"]
Parse = Callable[[str, str], Issue]  #: (slug, Markdown) to the issue; refuses nothing


class Source(Protocol):
    """Where issue files come from."""

    def read(self, now: datetime, *, unsettled_too: bool) -> Listing:
        """What is there; blocks."""


class Planning(Protocol):
    """Where deliveries are planned. Each method returns how many; None where that cannot be."""

    async def push(self, issue_slug: str, now: datetime) -> int | None:
        """Publish the issue to everyone subscribed."""

    async def push_waiting(self, issue_slug: str, now: datetime) -> int | None:
        """The same, for one that waits only."""

    async def correct(self, issue_slug: str, now: datetime) -> int | None:
        """Bring what was sent of the issue up to its text."""

    async def retract(self, issue_slug: str, now: datetime) -> int | None:
        """Take the issue back."""

    async def resume(self, now: datetime) -> int:
        """Go on with what was not planned to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reading of the folder changed, as slugs; ``problems`` counts files left out."""

    archived: tuple[str, ...] = ()
    taken_in: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    problems: int = 0

    @property
    def shows(self) -> bool:
        """Whether readers may see anything else than before."""
        return bool(self.archived or self.updated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An issue that went out, and to how many."""

    slug: str
    planned: int


class Publishing:
    """The way of an issue from its file to the ledger.

    An issue that is ``expires_after`` old and not the newest is not pushed. ``edits`` says what
    becomes of a correction after an issue was sent: ``auto`` sends it after, ``ask`` tells the
    operator, ``never`` shows it only to those who ask for the issue afterwards.
    """

    def __init__(  # noqa: PLR0913  # the parts it brings together and the two rules it goes by
        self,
        *,
        source: Source,
        issues: Issues,
        planning: Planning,
        parse: Parse,
        calendar: Calendar,
        expires_after: timedelta = timedelta(days=7),
        edits: Edits = "ask",
    ) -> None:
        self._source = source
        self._issues = issues
        self._planning = planning
        self._parse = parse
        self._calendar = calendar
        self._expires_after = expires_after
        self._edits = edits
        self._reported: frozenset[Problem] = frozenset()
        self._lock = asyncio.Lock()

    async def read(self, now: datetime, *, under_way: Container[str] = ()) -> Reading:
        """Take in what is new in the folder and what was corrected; log each problem once.

        The first reading ever takes everything as archive, freshly copied files too. A correction
        of an issue that is on its way waits, unless corrections go out by themselves or its slug is
        among ``under_way``. Raises BadInput when the folder cannot be read.
        """
        async with self._lock:
            first_start = not await self._issues.was_read()
            listing = await asyncio.to_thread(self._source.read, now, unsettled_too=first_start)
            known = _Known(await self._issues.all())
            taking = _Taking(now=now, first_start=first_start, under_way=under_way)
            done = [await self._take(file, known, taking) for file in listing.files]
            if first_start:
                await self._issues.mark_read(now)
            problems = frozenset(one for one in (*listing.problems, *done) if isinstance(one, Problem))
            self._report(problems)
        slugs = [(file.slug, intent) for file, intent in zip(listing.files, done, strict=True)]
        return Reading(
            archived=tuple(slug for slug, intent in slugs if intent is Intent.ARCHIVE),
            taken_in=tuple(slug for slug, intent in slugs if intent in {Intent.WAIT, Intent.PUBLISH}),
            updated=tuple(slug for slug, intent in slugs if intent is Intent.UPDATE),
            problems=len(problems),
        )

    async def publish_due(self, now: datetime) -> tuple[Published, ...]:
        """Publish every issue whose day has come, oldest first, and go on with what was not planned whole."""
        await self._planning.resume(now)
        plans = [
            (issue.slug, await self._planned(issue.slug, self._planning.push_waiting(issue.slug, now)))
            for issue in await self._due(now)
        ]
        if self._edits == "auto":
            await self._correct_all(now)
        return tuple(Published(slug=slug, planned=count) for slug, count in plans if count is not None)

    async def publish(self, slug: str, now: datetime) -> Published:
        """Publish this issue now, whatever its day. Raises BadInput where that cannot be."""
        known = await issue_named(self._issues, slug)
        planned = await self._planned(slug, self._planning.push(slug, now))
        if planned is None:
            raise BadInput(f"issue {slug} was published already{_when(known)}")
        return Published(slug=slug, planned=planned)

    async def correct(self, slug: str, now: datetime) -> Published:
        """Bring what readers have of this issue up to its text. BadInput where it was never published."""
        await issue_named(self._issues, slug)
        planned = await self._planning.correct(slug, now)
        if planned is None:
            raise BadInput(f"issue {slug} was not published; there is nothing to correct")
        log.info("issue corrected where it was sent", issue=slug, planned=planned)
        return Published(slug=slug, planned=planned)

    async def retract(self, slug: str, now: datetime) -> Published:
        """Take this issue back: from the chats, and from the archive. BadInput where nobody could have it."""
        await issue_named(self._issues, slug)
        planned = await self._planning.retract(slug, now)
        if planned is None:
            raise BadInput(f"issue {slug} is not out; there is nothing to take back")
        log.info("issue taken back", issue=slug, planned=planned)
        return Published(slug=slug, planned=planned)

    async def _due(self, now: datetime) -> list[IssueRecord]:
        """What is to go out; what is out of time becomes archive instead."""
        due = await self._issues.due(self._calendar.last_day(now))
        if not due:
            return []
        out = [one.date for one in await self._issues.all() if one.state in READABLE or one in due]
        newest = max((day for day in out if day is not None), default=None)
        fresh = []
        for issue in due:
            if self._is_late(issue, newest, now):
                await self._issues.archive(issue.slug)
                log.warning("issue too old to be pushed", issue=issue.slug, newest=str(newest))
            else:
                fresh.append(issue)
        return fresh

    def _is_late(self, issue: IssueRecord, newest: date | None, now: datetime) -> bool:
        today = self._calendar.today(now)
        return planner.out_of_time(issue.date, today=today, newest=newest, expires_after=self._expires_after)

    async def _correct_all(self, now: datetime) -> None:
        for issue in await self._issues.all():
            if issue.corrected:
                await self.correct(issue.slug, now)

    async def _take(self, file: SourceFile, known: "_Known", taking: "_Taking") -> Intent | Problem:
        record = known.by_slug.get(file.slug)
        if record is not None and record.checksum == file.checksum:
            return Intent.NOTHING
        if record is None and (twin := known.by_checksum.get(file.checksum)):
            return Problem(path=file.path, reason=f"holds issue {twin} once more; nobody gets it twice")
        issue = await self._understood(file)
        if isinstance(issue, Problem):
            return issue
        intent = planner.decide(
            record,
            checksum=file.checksum,
            day=issue.date,
            first_start=taking.first_start,
            last_day=self._calendar.last_day(taking.now),
        )
        if record is not None and intent is Intent.UPDATE:
            return await self._update(file, issue, record, taking)
        await self._add(file, issue, intent, taking.now)
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
            state=STATE_TO_BEGIN_WITH[intent],
            found_at=now,
            published_at=None,
        )
        await self._issues.add(record, file.text)
        log.info("issue taken in", issue=file.slug, intent=str(intent), warnings=len(issue.warnings))
        if file.guessed:
            log.warning("issue is not UTF-8", issue=file.slug, file=file.path.name, read_as="GB18030")

    async def _update(self, file: SourceFile, issue: Issue, record: IssueRecord, taking: "_Taking") -> Intent:
        """An issue on its way keeps its text until it has arrived, unless what was sent is corrected too."""
        updated = await self._issues.update_text(
            file.slug,
            text=file.text,
            checksum=file.checksum,
            title=issue.title,
            day=issue.date,
            even_if_under_way=self._edits == "auto" or file.slug in taking.under_way,
        )
        if not updated:
            return Intent.NOTHING
        log.info("issue corrected", issue=file.slug, warnings=len(issue.warnings))
        asked = self._edits == "ask" and file.slug not in taking.under_way
        if asked and record.state is IssueState.PUBLISHED:
            log.warning(
                "readers have the issue as it was",
                issue=file.slug,
                to_correct=f"jianbao publish {file.slug} --edit",
            )
        return Intent.UPDATE

    async def _planned(self, slug: str, planning: Awaitable[int | None]) -> int | None:
        planned = await planning
        if planned is not None:
            log.info("issue published", issue=slug, planned=planned)
        return planned

    def _report(self, problems: frozenset[Problem]) -> None:
        for problem in sorted(problems - self._reported, key=lambda problem: problem.path):
            log.warning("file left out", file=str(problem.path), reason=problem.reason)
        self._reported = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taking:
    """How the files of one reading are taken."""

    now: datetime
    first_start: bool
    under_way: Container[str]


class _Known:
    """The issues that were taken in, by slug and by content."""

    def __init__(self, records: Iterable[IssueRecord]) -> None:
        self.by_slug = {record.slug: record for record in records}
        self.by_checksum = {record.checksum: record.slug for record in self.by_slug.values()}


async def issue_named(issues: Issues, slug: str) -> IssueRecord:
    """What is known of the issue; BadInput that names the nearest where it is unknown."""
    known = await issues.get(slug)
    if known is not None:
        return known
    slugs = [issue.slug for issue in await issues.all()]
    near = difflib.get_close_matches(slug, slugs, n=_MOST_NAMED, cutoff=0.5) or slugs[:_MOST_NAMED]
    raise BadInput(f"there is no issue {slug}" + (f"; the nearest are {', '.join(near)}" if near else ""))


def _when(known: IssueRecord) -> str:
    return f" on {known.published_at:%Y-%m-%d %H:%M} UTC" if known.published_at else ""

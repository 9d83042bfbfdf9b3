"""Takes in what is new in the folder of issues, and what was corrected."""

import asyncio
from collections.abc import Container
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime

import structlog

from bot.errors import BadInput
from bot.model import Hold, Issue, IssueRecord
from bot.publishing.decisions import Calendar, Edits, Intent
from bot.publishing.events import Events, Listener, Together, nobody
from bot.publishing.examining import Examiner
from bot.publishing.file_watch import FileWatch, present
from bot.publishing.found import FIRST_STATE, Changes, Found, Known, Reading, Run
from bot.publishing.lookup import find_issue
from bot.publishing.needs import Answers, KnownIssues, Timestamps
from bot.publishing.pending import PendingCorrections
from bot.publishing.taking import Files, Taker
from bot.sources import Listing, Problem, Source, SourceFile, set_aside, with_kept_answers
from bot.words.natural_order import in_order

log = structlog.get_logger()

#: New files that are read to see whether they are issues, where nobody waits for the whole folder.
MOST_LOOKED_AT = 50
FIRST_READ = "first read"  # the mark: since then the folder's files are no longer archive

_ADDED = FIRST_STATE.keys() - {Intent.ARCHIVE}


class Intake:
    """Brings the database up to the files of the folder. One reading at a time.

    While every file is as it was found to be in the database, or to be no issue, the database is not asked.
    ``listener`` is told events in the transaction, made by ``together``, of what they are of.
    """

    def __init__(  # noqa: PLR0913  # all are passed by name
        self,
        *,
        source: Source,
        issues: KnownIssues,
        files: Files,
        timestamps: Timestamps,
        reading: Reading,
        calendar: Calendar,
        edits: Edits = "ask",
        listener: Listener = nobody,
        together: Together = nullcontext,
        answers: Answers | None = None,
    ) -> None:
        self._source = source
        self._answers = answers
        self._issues = issues
        self._timestamps = timestamps
        events = Events(listener, together)
        self.watch = FileWatch(source, files, events)
        self._examiner = Examiner(reading, calendar, self.watch)
        self.corrections = PendingCorrections()
        self._taker = Taker(
            issues=issues,
            files=files,
            reading=reading,
            examiner=self._examiner,
            events=events,
            edits=edits,
            corrections=self.corrections,
        )
        #: The files that could not be read, or not for their names; None until the folder was read.
        self.unreadable: tuple[Problem, ...] | None = None
        self._reported: frozenset[Problem] = frozenset()
        self._rewritten: str | None = None
        self._settled: dict[tuple[str, ...], Problem | None] = {}  # by slug, checksum, where it is set aside
        self._files: dict[str, SourceFile] = {}
        self._lock = asyncio.Lock()

    async def check(self) -> None:
        """Raises BadInput if the folder cannot be read and never was: later on it may be away for a while."""
        if await self.is_first():
            self._source.check()

    async def is_first(self) -> bool:
        """Whether no reading ever came to its end."""
        return await self._timestamps.get(FIRST_READ) is None

    def refetch(self) -> None:
        """Look for something new at the next reading, however soon after the last."""
        self._source.refetch()

    def stop(self) -> None:
        """End a reading that takes long, and read no more."""
        self._source.stop()

    def file(self, slug: str) -> SourceFile | None:
        """The file of an issue as this process read it last; None if it has not, or there is none."""
        return self._files.get(slug)

    async def read(self, now: datetime, *, under_way: Container[str] = ()) -> Changes:
        """Take in new and corrected files of the folder; log each problem once.

        The first reading ever archives everything whose day has come, even files that were just copied.
        A correction of an issue that is being delivered waits, unless corrections are sent automatically
        or its slug is in ``under_way``. Raises BadInput if the folder cannot be read.
        """
        changes = await self._brought_up(now, under_way)
        self.unreadable = tuple(one for one in changes.passed_over if one.to_mend)
        self._report(frozenset(changes.passed_over))
        return changes

    async def _brought_up(self, now: datetime, under_way: Container[str]) -> Changes:
        async with self._lock:
            first_start = await self.is_first()
            listing = await self._listed(now, unsettled_too=first_start)
            self._note_rewritten(listing)
            self._keep(listing)
            run = Run(now=now, first_start=first_start, under_way=under_way)
            done = await self._take_all(listing, run)
            passed_over = tuple(filter(None, self._settled.values()))
            if not self.watch.is_settled(listing, passed_over):
                await self.watch.look(listing, await self._issues.all(), now, passed_over)
            if first_start:
                await self._timestamps.set(FIRST_READ, now)
            problems = frozenset((*listing.problems, *passed_over))
        return Changes(
            archived=tuple(slug for slug, intent in done.items() if intent is Intent.ARCHIVE),
            added=tuple(slug for slug, intent in done.items() if intent in _ADDED),
            updated=tuple(slug for slug, intent in done.items() if intent is Intent.UPDATE),
            passed_over=tuple(problems),
            settling=listing.settling,
            trouble=listing.trouble,
        )

    async def _take_all(self, listing: Listing, run: Run) -> dict[str, Intent | Problem]:
        """What became of each file that is not as the database has it: an issue before its copies.

        On the first start of an old digest the newest come first, so that one is there soon.
        """
        self.corrections.begin()
        ordered = sorted(listing.files, key=lambda file: in_order(file.slug))
        files = reversed(listing.files) if run.first_start else ordered
        aside = set_aside(file.name for file in listing.files)
        found = {(file.slug, file.checksum, aside.get(file.name, "")): file for file in files}
        self._settled = {key: problem for key, problem in self._settled.items() if key in found}
        unsettled = {key: file for key, file in found.items() if key not in self._settled}
        if not unsettled:
            return {}
        known = await self._known(listing)
        done: dict[str, Intent | Problem] = {}
        for key, file in unsettled.items():
            done[file.slug] = became = await self._taker.take(file, known, run)
            if isinstance(became, Problem) or known.has(file):
                self._settled[key] = became if isinstance(became, Problem) else None
        return done

    async def read_for(
        self, slug: str, now: datetime, *, under_way: Container[str] = (), rested: bool = False
    ) -> None:
        """The same for whoever means this issue alone: of no other file that is passed over a word is said.

        If there is no such issue, raises BadInput, which says why its file is passed over, or names similar.
        So it does while the file may still be being written if it is new, or must have ``rested``.
        """
        changes = await self._brought_up(now, under_way)
        if settling := next((one for one in changes.settling if one.slug == slug), None):
            await self._check_rested(settling, now, known_will_do=not rested)
        await find_issue(self._issues, slug, passed_over=changes.passed_over)

    async def _check_rested(self, settling: Problem, now: datetime, *, known_will_do: bool) -> None:
        """Raises BadInput if a file that changed a moment ago is not what the database has."""
        record = await self._issues.get(settling.slug)
        if record is not None and not known_will_do:
            listing = await self._listed(now, unsettled_too=True)
            files = [file for file in listing.files if file.slug == settling.slug]
            known_will_do = any(file.is_known_by(record.checksum) for file in files)
        if record is None or not known_will_do:
            raise BadInput(settling.reason, where=str(settling.path))

    async def foresee(
        self, slug: str, now: datetime
    ) -> tuple[IssueRecord, Issue, Hold | None] | Problem | None:
        """The issue as the next reading would take it in, and what would hold it; nothing is written.

        The problem if that would pass over its file; None if the folder holds nothing new of this slug.
        """
        listing, known, run = await self._looked(now)
        file = next((one for one in listing.files if one.slug == slug), None)
        if file is None:
            return next((one for one in listing.problems if one.slug == slug), None)
        found = await self._examiner.look(file, known, run)
        if not isinstance(found, Found):
            return found
        waits = found.intent is Intent.HOLD or found.waits
        return found.new_record(now), found.issue, found.hold(now) if waits else None

    async def listing(self, now: datetime) -> Listing:
        """The folder, with the files that the next reading would pass over; nothing is written.

        Of new files the newest are read to see that; how many are not, the listing says.
        """
        listing, known, run = await self._looked(now)
        new = [file for file in listing.files if not known.has(file)]
        looks = {file: await self._examiner.look(file, known, run) for file in new[-MOST_LOOKED_AT:]}
        problems = {file: found for file, found in looks.items() if isinstance(found, Problem)}
        return replace(
            listing,
            files=tuple(file for file in listing.files if file not in problems),
            problems=(*listing.problems, *problems.values()),
            unread=len(new) - len(looks),
        )

    async def _looked(self, now: datetime) -> tuple[Listing, Known, Run]:
        first_start = await self.is_first()
        listing = await self._listed(now, unsettled_too=True)
        return listing, await self._known(listing), Run(now=now, first_start=first_start)

    async def _listed(self, now: datetime, *, unsettled_too: bool) -> Listing:
        """The files; those of a repository with the answers about them that are kept for want of a folder."""
        listing = await asyncio.to_thread(self._source.read, now, unsettled_too=unsettled_too)
        if self._answers is None or not any(file.commit for file in listing.files):
            return listing
        return with_kept_answers(listing, await self._answers.by_file())

    async def _known(self, listing: Listing) -> Known:
        return Known(await self._issues.all(), listing.files, present(listing))

    async def slugs(self, now: datetime) -> tuple[str, ...]:
        """The slugs of the issues in the folder, newest file name last."""
        listing = await asyncio.to_thread(self._source.read, now, unsettled_too=True)
        return tuple(file.slug for file in listing.files)

    def _keep(self, listing: Listing) -> None:
        """Know the files; those that are being written as they were."""
        settling = {one.slug: self._files[one.slug] for one in listing.settling if one.slug in self._files}
        self._files = settling | {file.slug: file for file in listing.files}

    def _note_rewritten(self, listing: Listing) -> None:
        """Tell once that the history of the repository is another one."""
        commit = next((file.commit for file in listing.files), None)
        if listing.rewritten and commit != self._rewritten:
            log.warning("history_rewritten", commit=commit)
        self._rewritten = commit if listing.rewritten else None

    def _report(self, problems: frozenset[Problem]) -> None:
        for problem in sorted(problems - self._reported, key=lambda problem: problem.path):
            reason = f"left out, for it {problem.reason}"
            log.warning("file_skipped", file=str(problem.path), reason=reason)
        self._reported = problems

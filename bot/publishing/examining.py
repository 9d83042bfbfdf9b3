"""Reads a file that is new or changed, and says what it asks for. Changes nothing."""

import asyncio
from dataclasses import replace

from bot.errors import FileChanged
from bot.model import UNBORN, IssueRecord, Release
from bot.publishing.decisions import Calendar, Intent, decide
from bot.publishing.file_watch import FileWatch
from bot.publishing.found import Found, Known, Read, Reading, Run
from bot.sources import Problem, SourceFile


class Examiner:
    """Examines files by the profile, the calendar, and what is known of others."""

    def __init__(self, reading: Reading, calendar: Calendar, files: FileWatch) -> None:
        self._reading = reading
        self._calendar = calendar
        self._files = files

    async def look(self, file: SourceFile, known: Known, run: Run) -> Found | Problem | None:
        """The issue in a file and what to do with it; None if it is known and unchanged, or changing."""
        if known.has(file):
            return None
        record = known.by_slug.get(file.slug)
        if twin := known.twin(file):
            return _unwanted(file, f"is a duplicate of issue {twin}, not sent")
        own = replace(file, slug=record.slug if record else known.free_slug(file.slug))
        read = await asyncio.to_thread(self._read, own)
        if not isinstance(read, Read):
            return read
        before = None if record else await self._before(file, read, known)
        if before is None:
            return await self._unless_copied(self._found(own, read, record, known, run), known)
        own = own if before.state in UNBORN else replace(file, slug=before.slug)
        again = await asyncio.to_thread(self._read, own)
        if not isinstance(again, Read):
            return again
        return await self._unless_copied(self._found(own, again, before, known, run), known)

    async def _before(self, file: SourceFile, read: Read, known: Known) -> IssueRecord | None:
        """The known issue whose file has another name now, and is this one; None for a new issue."""
        copied = (one for one in known.away.values() if file.is_known_by(one.checksum))
        same = next(copied, None)
        entries = self._reading.index(read.issue).entries
        return same or await self._files.renamed(entries, read.text, read.issue.date, known.away)

    async def _unless_copied(self, found: Found | Problem, known: Known) -> Found | Problem:
        """What is to go out; in doubt if most of it stands in an issue that is out or waits."""
        if not isinstance(found, Found) or not found.is_to_go_out or found.doubt:
            return found
        entries = self._reading.index(found.issue).entries
        copied = await self._files.copied(entries, known.before(found.known))
        if copied is None:
            return found
        intent = found.intent if found.known else Intent.HOLD
        return replace(found, intent=intent, doubt=str(copied), copies=True)

    def _found(
        self, file: SourceFile, read: Read, record: IssueRecord | None, known: Known, run: Run
    ) -> Found | Problem:
        release = self._reading.release(file, read.text, read.issue)
        if record and release.draft and record.state not in UNBORN:
            return _unwanted(file, _draft_again(record, release))
        dates = self._reading.dates(file, read.text, read.issue)
        doubt = self._calendar.doubt(release, dates, newest=known.newest, now=run.now)
        intent = decide(
            record,
            checksum=file.checksum,
            is_to_come=self._calendar.is_to_come(read.issue.date, release.at, run.now),
            first_start=run.first_start,
            in_doubt=doubt is not None,
            is_draft=release.draft is not None,
        )
        folder = known.aside.get(file.name)
        if folder and _is_to_go_out(record, intent) and not self._is_late(read, known, run):
            return _unwanted(file, f"lies in a folder of past issues ({folder})", empty=record is not None)
        if record and record.slug in known.away:
            intent = Intent.UPDATE
        return Found(
            file=file,
            text=read.text,
            issue=read.issue,
            known=record,
            intent=intent,
            doubt=doubt,
            release=release,
        )

    def _is_late(self, read: Read, known: Known, run: Run) -> bool:
        """Whether nobody is sent an issue for its age, so that it is taken in for who asks alone."""
        return self._calendar.is_late(read.issue.date, newest=known.newest, now=run.now)

    def _read(self, file: SourceFile) -> Read | Problem | None:
        """What is in a file; None if it is changing."""
        try:
            text = file.text()
            issue = self._reading.parse(file, text)
        except FileChanged:
            return None
        except Exception as error:  # noqa: BLE001  # our fault in one file must not keep the others out
            reason = f"cannot be read ({type(error).__name__}: {error})"
            return Problem(path=file.path, slug=file.slug, reason=reason, unreadable=True)
        if not (issue.items or issue.flash or issue.lead):
            return _unwanted(file, "has no content yet", empty=True)
        return Read(text, issue)


def _is_to_go_out(record: IssueRecord | None, intent: Intent) -> bool:
    """Whether an issue is still to come, or would go out if it were taken in so."""
    return record.state in UNBORN if record else intent is not Intent.ARCHIVE


def _unwanted(file: SourceFile, reason: str, *, empty: bool = False) -> Problem:
    return Problem(path=file.path, slug=file.slug, reason=reason, unwanted=True, empty=empty)


def _draft_again(record: IssueRecord, release: Release) -> str:
    return (
        f"says {release.draft}, and issue {record.slug} is {record.state} already: readers keep the text"
        f" before; jianbao retract {record.slug} takes it back"
    )

"""Takes in a file: a new issue, or another text or another file of a known one."""

import asyncio
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol

import structlog

from bot.model import (
    UNBORN,
    Hold,
    IndexedIssue,
    IssueEvent,
    IssueEventKind,
    IssueRecord,
    IssueState,
    IssueText,
)
from bot.publishing.decisions import Edits, Intent
from bot.publishing.events import Events
from bot.publishing.examining import Examiner
from bot.publishing.file_watch import FileStore
from bot.publishing.found import Found, Known, Reading, Run, log_held
from bot.publishing.pending import PendingCorrections
from bot.sources import Problem, SourceFile

log = structlog.get_logger()


class Issues(Protocol):
    """Where issues are kept."""

    async def add(self, record: IssueRecord, text: str, indexed: IndexedIssue, *, held: Hold | None) -> bool:
        """Add an issue and its entries; False if its slug is known."""

    async def update_text(self, slug: str, new: IssueText, *, even_if_under_way: bool, now: datetime) -> bool:
        """Replace an issue's text and entries; False if it is on its way and must not change.

        What waits for its reader's hour is not on its way.
        """

    async def text(self, slug: str) -> str | None: ...


class Files(FileStore, Protocol):
    """Where it is kept which file an issue has."""

    async def rename(self, slug: str, to: str) -> bool:
        """Give an issue that is not out another slug; False for any other."""

    async def belongs_to(self, slug: str, file: str, file_slug: str) -> bool:
        """Note that an issue, which keeps its slug, has another file; False if there is none."""


class Taker:
    """Brings the database up to a file that was examined."""

    def __init__(  # noqa: PLR0913  # all are passed by name
        self,
        *,
        issues: Issues,
        files: Files,
        reading: Reading,
        examiner: Examiner,
        events: Events,
        edits: Edits,
        corrections: PendingCorrections,
    ) -> None:
        self._issues = issues
        self._files = files
        self._reading = reading
        self._examiner = examiner
        self._events = events
        self._edits = edits
        self._corrections = corrections

    async def take(self, file: SourceFile, known: Known, run: Run) -> Intent | Problem:
        """Take it in, and say what it asked for, or why it is passed over."""
        found = await self._examiner.look(file, known, run)
        if not isinstance(found, Found):
            return found or Intent.NOTHING
        if found.known is not None:
            return await self._update(found, await self._moved(file, found.known, known, run), run)
        held = found.hold(run.now) if found.intent is Intent.HOLD else None
        record = found.new_record(run.now)
        if record.slug != file.slug:
            record = replace(record, file_slug=file.slug)
        draft = found.release.draft
        event = _event(IssueEventKind.DRAFT_WAITS, record, run, why=draft) if draft else None
        add = partial(self._issues.add, record, found.text, self._reading.index(found.issue), held=held)
        added = await self._events.tell(event, add)
        known.note(record, found.intent)
        warnings, commit = len(found.issue.warnings), file.commit
        log.info("issue_added", issue=record.slug, intent=str(found.intent), warnings=warnings, commit=commit)
        if added and held:
            log_held(record.slug, held)
        if file.guessed:
            log.warning("issue_encoding_guessed", issue=record.slug, file=file.path.name, read_as="GB18030")
        return found.intent

    async def _moved(self, file: SourceFile, record: IssueRecord, known: Known, run: Run) -> IssueRecord:
        """The issue of this file; one that had a file of another name goes by this one from now on."""
        if record.slug not in known.away or record.in_folder == file.slug:
            return record
        before = record.file or f"{record.in_folder}.md"
        now = replace(record, slug=file.slug, file=file.name, file_slug=None, file_away=None)
        event = _event(IssueEventKind.RENAMED, now, run, why=before)
        rename = partial(self._files.rename, record.slug, file.slug)
        if record.state not in UNBORN or not await self._events.tell(event, rename):
            now = replace(record, file=file.name, file_slug=file.slug, file_away=None)
            event = _event(IssueEventKind.RENAMED, now, run, why=before)
            await self._events.tell(event, partial(self._files.belongs_to, record.slug, file.name, file.slug))
        known.moved(record, now)
        return now

    async def _update(self, found: Found, record: IssueRecord, run: Run) -> Intent:
        """Replace the text, unless the issue is being delivered and what was sent is not corrected too."""
        operator_corrects = record.slug in run.under_way
        new = found.new_text(self._reading.index(found.issue), run.now)
        new = replace(new, unseen=await self._is_unseen(found, record))
        auto = self._edits == "auto" or operator_corrects
        update = partial(self._issues.update_text, record.slug, new, even_if_under_way=auto, now=run.now)
        updated = await self._events.tell(_of_text(found, record, run), update)
        differs = record.state is IssueState.PUBLISHED and record.checksum != new.checksum
        if self._edits == "ask" and differs and not (operator_corrects or new.unseen):
            self._corrections.note(record.slug, new.checksum, taken_in=updated)
        if not updated:
            return Intent.NOTHING
        warnings, commit = len(found.issue.warnings), found.file.commit
        log.info("issue_updated", issue=record.slug, warnings=warnings, commit=commit)
        if new.held and not new.release.draft:
            log_held(record.slug, new.held)
        return Intent.UPDATE

    async def _is_unseen(self, found: Found, record: IssueRecord) -> bool:
        """Whether who reads an issue that is out would see no difference: no correction is due then."""
        if record.state is not IssueState.PUBLISHED or record.corrected:
            return False
        before = await self._issues.text(record.slug)
        if before is None:
            return False
        issue = await asyncio.to_thread(self._reading.parse, found.file, before)
        return issue.as_seen == found.issue.as_seen


def _event(kind: IssueEventKind, record: IssueRecord, run: Run, *, why: str = "") -> IssueEvent:
    return IssueEvent(kind=kind, slug=record.slug, at=run.now, file=record.file or "", why=why)


def _of_text(found: Found, record: IssueRecord, run: Run) -> IssueEvent | None:
    """What another text of a known issue means; None for one that is out."""
    kind = _became(record.state, found.state)
    why = f"its file says {found.release.draft}" if kind is IssueEventKind.CALLED_OFF else ""
    return _event(kind, replace(record, file=found.file.name), run, why=why) if kind else None


def _became(before: IssueState, now: IssueState) -> IssueEventKind | None:
    """What the new text of an issue that is not out has changed."""
    match before, now:
        case IssueState.CALLED_OFF, _:
            return IssueEventKind.CAME_BACK
        case IssueState.WAITING, IssueState.DRAFT:
            return IssueEventKind.CALLED_OFF
        case IssueState.DRAFT, IssueState.WAITING:
            return IssueEventKind.DRAFT_READY
        case _:
            return IssueEventKind.CHANGED if before in UNBORN else None

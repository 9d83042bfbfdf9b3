"""The issues that are not out yet, as cards: read, checked and forecast."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.editors.linter import Finding, Linter, Saved, SeenIndex, index_of
from bot.model import READABLE, Hold, Issue, IssueRecord, parted
from bot.publishing.approving import Approving
from bot.readers.parsed_issues import ParsedIssues
from bot.reports.cards import Card, card_of, card_of_gone
from bot.reports.forecast import Forecaster
from bot.sources import SourceFile
from bot.storage import EVERYTHING, Storage

MOST_EARLIER = 30  #: issues before it that an issue is compared with


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An issue that is not out yet, as far as one look at the database tells.

    ``hold`` is what holds it, ``lack`` why it is not approved, if it has to be; ``everything`` holds all
    pushes.
    """

    record: IssueRecord
    hold: Hold | None
    lack: str | None
    everything: Hold | None


class Drafts:
    """Finds drafts and makes their cards.

    ``file_of`` gives the file of an issue as it was read last. ``uncertain`` says about how many topics of
    an issue an editor may be asked.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        forecaster: Forecaster,
        linter: Linter,
        file_of: Callable[[str], SourceFile | None],
        uncertain: Callable[[Issue], int] | None = None,
    ) -> None:
        self._storage = storage
        self._forecaster = forecaster
        self._linter = linter
        self._file_of = file_of
        self._uncertain = uncertain
        self._seen: tuple[tuple[str, ...], SeenIndex] = ((), SeenIndex())

    @property
    def _parsed(self) -> ParsedIssues:
        return self._forecaster.parsed

    @property
    def _approving(self) -> Approving:
        return self._forecaster.approving

    async def all(self) -> tuple[Draft, ...]:
        """Every issue that is not out yet, oldest first."""
        waiting = await self._storage.issues.not_out()
        if not waiting:
            return ()
        holds, lacking = await self._approving.holds(), await self._approving.lacking(waiting)
        everything = holds.get(EVERYTHING)
        return tuple(
            Draft(record=one, hold=holds.get(one.slug), lack=lacking.get(one.slug), everything=everything)
            for one in waiting
        )

    async def card(self, draft: Draft, now: datetime) -> Card | None:
        """Its card; None where it cannot be read."""
        record = draft.record
        issue = await self._parsed.issue(record)
        if issue is None:
            return None
        return card_of(
            record,
            issue,
            forecast=await self._forecaster.of(record, issue, draft.hold, now),
            findings=await self._findings(record),
            hold=draft.hold,
            approval=self._approving.needed,
            lacks_approval=draft.lack is not None,
            uncertain=self._uncertain(issue) if self._uncertain else None,
        )

    async def gone(self, slug: str) -> Card:
        """The card of what is a draft no longer."""
        return card_of_gone(slug, await self._storage.issues.get(slug))

    async def _findings(self, record: IssueRecord) -> tuple[Finding, ...]:
        """What the check finds, with the lines of the file."""
        text = await self._storage.issues.text(record.slug)
        if text is None:
            return ()
        file, seen = self._file_of(record.slug), await self._earlier()
        name = file.name if file else f"{record.slug}.md"
        return await asyncio.to_thread(self._check, text, name, record.slug, file, seen)

    def _check(
        self, text: str, name: str, slug: str, file: SourceFile | None, seen: SeenIndex
    ) -> tuple[Finding, ...]:
        parts = parted(text)
        saved = Saved(text=parts.own, guessed=bool(file and file.guessed))
        draft = self._linter.draft(saved, path=name, name=name, slug=slug, beside=parts.beside)
        before = file.first_line - 1 if file else 0
        return tuple(replace(one, line=one.line + before) for one in self._linter.check(draft, seen))

    async def _earlier(self) -> SeenIndex:
        """What the newest issues that are out link to; read anew only when they change."""
        newest = [one for one in await self._storage.issues.all() if one.state in READABLE][:MOST_EARLIER]
        known = tuple(one.checksum for one in newest)
        if known != self._seen[0]:
            texts = [(one.slug, await self._storage.issues.text(one.slug) or "") for one in newest]
            self._seen = known, await asyncio.to_thread(self._index, texts)
        return self._seen[1]

    def _index(self, texts: list[tuple[str, str]]) -> SeenIndex:
        return index_of((slug, self._linter.issue(text, slug=slug)) for slug, text in texts)

"""Issues as they are read, when somebody needs one."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from bot.model import Issue, IssueRecord

log = structlog.get_logger()

_KEPT = 32  # issues: a page of a list, and what many ask for


class Issues(Protocol):
    """Where issues are kept."""

    async def get(self, slug: str) -> IssueRecord | None: ...

    async def whole(self, slug: str) -> tuple[IssueRecord, str] | None:
        """An issue's record, and the text that it tells of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedIssue:
    """An issue, and the ``checksum`` of the file it was read from; no ``issue`` where it cannot be read."""

    checksum: str
    issue: Issue | None


def former_issue(read: Callable[[str, str], Issue], text: str, new: Issue) -> Issue:
    """What readers had of an issue, by its former text; what that does not say of itself is as it is now."""
    old = read(new.slug, text)
    return replace(old, title=old.title or new.title, date=old.date or new.date)


class ParsedIssues:
    """Issues by their slugs, never older than the database; the ones used last are kept.

    ``read`` gives the issue of a slug and its text. Where it raises, that is logged, and not tried again
    while it is kept.
    """

    def __init__(self, issues: Issues, read: Callable[[str, str], Issue], *, most: int = _KEPT) -> None:
        self._issues = issues
        self._read = read
        self._most = most
        self._kept: OrderedDict[str, ParsedIssue] = OrderedDict()
        self._reading = asyncio.Lock()

    async def get(self, slug: str) -> ParsedIssue | None:
        """The issue, also one that waits; None if there is none of this slug."""
        record = await self._issues.get(slug)
        if record is None:
            return None
        return self._known(record) or await self._load(slug)

    def kept(self, slug: str) -> ParsedIssue | None:
        """The issue as it was read last; None if it is not kept."""
        return self._kept.get(slug)

    async def issue(self, record: IssueRecord) -> Issue | None:
        """The issue of this record; None if it cannot be read."""
        parsed = self._known(record) or await self._load(record.slug)
        return parsed.issue if parsed else None

    def _known(self, record: IssueRecord) -> ParsedIssue | None:
        known = self._kept.get(record.slug)
        if known is None or known.checksum != record.checksum:
            return None
        self._kept.move_to_end(record.slug)
        return known

    async def _load(self, slug: str) -> ParsedIssue | None:
        async with self._reading:  # who waited finds what others asked for meanwhile
            whole = await self._issues.whole(slug)
            if whole is None:
                return None
            record, text = whole
            if known := self._known(record):
                return known
            parsed = await asyncio.to_thread(self._parsed, record, text)
            self._kept[slug] = parsed
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return parsed

    def _parsed(self, record: IssueRecord, text: str) -> ParsedIssue:
        try:
            issue = self._read(record.slug, text)
        except Exception:  # one issue must not keep the others from readers
            log.exception("issue_unreadable", issue=record.slug)
            return ParsedIssue(checksum=record.checksum, issue=None)
        # The path of a file, which may say either, is not kept with its text.
        issue = replace(issue, title=issue.title or record.title, date=issue.date or record.date)
        return ParsedIssue(checksum=record.checksum, issue=issue)

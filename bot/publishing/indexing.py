"""Makes the index of entries anew where issues are read otherwise now than when it was made.

An issue that is taken in or corrected comes with its entries; what is left are the issues of another
profile, other topics or another version of the program. The old entries serve until the new ones are there.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from bot.model import IndexedIssue, Issue, entries_of

log = structlog.get_logger()

_CHUNK = 20  # issues that are asked for at once


class Index(Protocol):
    """Where entries are kept."""

    async def stale(self, fingerprint: str, *, limit: int) -> tuple[str, ...]:
        """Issues without the entries that this fingerprint makes, newest first."""

    async def replace(self, issue_slug: str, indexed: IndexedIssue) -> bool:
        """Put the entries of an issue in the place of those before; False if there is no such issue."""


class Texts(Protocol):
    """Where the texts of issues are kept."""

    async def text(self, slug: str) -> str | None: ...


class Indexer:
    """Makes entries; ``read`` gives the issue of a slug and its text. Several processes may do it at once."""

    def __init__(
        self, index: Index, texts: Texts, read: Callable[[str, str], Issue], fingerprint: str
    ) -> None:
        self._index = index
        self._texts = texts
        self._read = read
        self._fingerprint = fingerprint

    async def run(self) -> int:
        """Make all that is missing, issue by issue; returns of how many issues."""
        done = 0
        while slugs := await self._index.stale(self._fingerprint, limit=_CHUNK):
            for slug in slugs:
                await self._index.replace(slug, await self._entries(slug))
            done += len(slugs)
        if done:
            log.info("index_made", issues=done)
        return done

    def indexed(self, issue: Issue) -> IndexedIssue:
        """What an issue puts into the index."""
        return IndexedIssue(
            entries=entries_of(issue), fingerprint=self._fingerprint, day_known=issue.day_known
        )

    async def _entries(self, slug: str) -> IndexedIssue:
        """Those of an issue; none of one that cannot be read, so that it is not tried again."""
        text = await self._texts.text(slug) or ""
        try:
            return self.indexed(await asyncio.to_thread(self._read, slug, text))
        except Exception:  # one issue must not keep the others from readers
            log.exception("issue_unreadable", issue=slug)
            return IndexedIssue(entries=(), fingerprint=self._fingerprint, day_known=None)

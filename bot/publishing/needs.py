"""What the intake needs of others: where files come from, and where issues and moments are kept."""

from datetime import datetime
from typing import Protocol

from bot.model import IssueRecord
from bot.publishing.taking import Issues
from bot.sources import Listing


class Source(Protocol):
    """Where issue files come from."""

    def check(self) -> None:
        """Raises BadInput if nothing can be read from there."""

    def read(self, now: datetime, *, unsettled_too: bool) -> Listing:
        """The files and problems of the folder; blocks."""

    def is_gone(self, file: str, slug: str) -> bool:
        """Whether a file that is not there was taken away, as far as its folder tells; blocks."""

    def refetch(self) -> None:
        """Look for something new at the next reading, however soon after the last."""

    def stop(self) -> None:
        """End a reading that takes long, and read no more."""


class KnownIssues(Issues, Protocol):
    """Where issues are kept."""

    async def all(self) -> tuple[IssueRecord, ...]:
        """Every issue, newest first."""

    async def get(self, slug: str) -> IssueRecord | None: ...


class Timestamps(Protocol):
    """Where moments are kept by name."""

    async def get(self, name: str) -> datetime | None:
        """The moment; None if there is none of that name."""

    async def set(self, name: str, at: datetime) -> None: ...

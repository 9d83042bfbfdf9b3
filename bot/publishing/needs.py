"""What the intake needs of others: where issues and moments are kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import IssueRecord, KeptAnswer
from bot.publishing.taking import Issues


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


class Answers(Protocol):
    """Where answers of editors are kept."""

    async def by_file(self) -> Mapping[str, Sequence[KeptAnswer]]:
        """All, by the slug of the file that is meant."""

"""What intake and publisher need of others: where issues, moments, deliveries and holds are kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Cut, Destination, Hold, IssueRecord, KeptAnswer, Purpose
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


class DueIssues(Protocol):
    """Where issues are kept."""

    async def all(self) -> tuple[IssueRecord, ...]:
        """Every issue, newest first."""

    async def corrected(self) -> tuple[IssueRecord, ...]:
        """The issues whose text differs from what was sent of it."""

    async def get(self, slug: str) -> IssueRecord | None: ...

    async def waiting(self) -> tuple[IssueRecord, ...]:
        """What waits for its moment, is not held, and whose file is there; oldest first."""

    async def unapproved(self) -> tuple[IssueRecord, ...]:
        """What would wait so if it were not held for want of approval."""

    async def archive(self, slug: str) -> bool:
        """Let readers ask for an issue that is never pushed."""


class IssuePlanner(Protocol):
    """Where deliveries are planned. Each method returns how many; None if the issue's state forbids it."""

    async def push(self, issue_slug: str, now: datetime, *, checksum: str | None = None) -> int | None:
        """Publish the issue to every subscriber; only with the text of this checksum, if one is given."""

    async def push_waiting(self, issue_slug: str, checksum: str, now: datetime) -> int | None:
        """The same, but only for an issue that waits with the text of this checksum."""

    async def correct(
        self, issue_slug: str, now: datetime, *, checksum: str | None = None, told: bool = False
    ) -> int | None:
        """Correct what was sent of the issue; only with the text of this checksum, if one is given.

        ``told``: readers are told of it.
        """

    async def retract(self, issue_slug: str, now: datetime) -> int | None: ...

    async def resume(self, now: datetime) -> int:
        """Continue planning that was interrupted."""

    async def plan_one(
        self, *, to: Destination, issue_slug: str, purpose: Purpose, cut: Cut, now: datetime
    ) -> bool:
        """Plan one issue for one destination; False if it is on its way there, or was taken back."""


class IssueHolds(Protocol):
    """Where it is kept what is held."""

    async def get(self, scope: str) -> Hold | None:
        """What holds an issue, or everything."""

    async def hold(self, slug: str, hold: Hold) -> bool:
        """Hold an issue that waits; False if it is held or waits no longer."""

"""How long an issue may be to go out by itself: as is set for all, or as an operator lets this one be."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.errors import BadInput
from bot.model import IssueRecord


class AcceptedLengths(Protocol):
    """Up to how many messages an operator lets an issue be."""

    async def of(self, slug: str) -> int:
        """The number that was accepted last; 0 if none was."""

    async def accept(self, slug: str, checksum: str, messages: int) -> bool:
        """Let an issue that is held for its length, with this text, be so many; False if it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How many messages an issue is, as ``count`` says of its whole cut, and how many it may be unasked."""

    count: Callable[[IssueRecord], Awaitable[int]]
    most: int
    accepted: AcceptedLengths

    async def excess(self, issue: IssueRecord) -> str | None:
        """Why the issue is too long to go out by itself; None if it is not."""
        return await self.excess_of(issue.slug, await self.count(issue))

    async def excess_of(self, slug: str, messages: int) -> str | None:
        """The same of an issue that is so many messages."""
        if messages <= self.most or messages <= (accepted := await self.accepted.of(slug)):
            return None
        if accepted > self.most:
            return f"it is {messages} messages, more than the {accepted} that were accepted"
        return too_long(messages, self.most)

    async def accept(self, issue: IssueRecord, edition: str | None = None) -> int:
        """Let the issue be as long as it is, if it is held for that; returns its number of messages.

        Raises BadInput if it has another text by now; also than that of an edition, if one is given.
        """
        messages = await self.count(issue)
        meant = edition in (None, issue.edition)
        if not meant or not await self.accepted.accept(issue.slug, issue.checksum, messages):
            raise BadInput(f"issue {issue.slug} has changed meanwhile; look at it again")
        return messages


def too_long(messages: int, most: int) -> str | None:
    """Why an issue of which nobody accepted the length is not to go out by itself; None if it may."""
    return (
        f"it is {messages} messages, more than publishing.most_messages ({most})" if messages > most else None
    )

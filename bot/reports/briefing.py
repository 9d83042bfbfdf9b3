"""How things stand, short: for an operator with a phone."""

from dataclasses import dataclass

from bot.model import IssueState
from bot.reports.status import IssueStatus, Status
from bot.reports.troubles import Trouble

_MOST_ISSUES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """The status, and what is wrong at present."""

    status: Status
    troubles: tuple[Trouble, ...]

    @property
    def issues(self) -> tuple[IssueStatus, ...]:
        """The newest issues that go out, or went out."""
        told = (one for one in self.status.issues if one.record.state is not IssueState.ARCHIVED)
        return tuple(told)[:_MOST_ISSUES]

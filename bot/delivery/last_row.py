"""Buttons to the issues before and after, below the last message of an issue that was asked for.

They are made for each delivery and not with the messages: those are shared by all who have the cut, and
the issue after comes later.
"""

from collections.abc import Iterator
from typing import Protocol

from bot.delivery.reconcile import RenderedIssue
from bot.messages import Button
from bot.messages.wording import Wording
from bot.model import Aim, Delivery, Issue, Language, Purpose


class Issues(Protocol):
    """The issues that readers may see."""

    async def neighbours(self, slug: str) -> tuple[Issue | None, Issue | None]:
        """The issue before this one, and the one after it."""


class LastRow:
    """Adds the buttons to what a delivery is to bring about."""

    def __init__(self, issues: Issues, wording: Wording) -> None:
        self._issues = issues
        self._wording = wording

    async def __call__(self, delivery: Delivery, rendered: RenderedIssue) -> RenderedIssue:
        """The same messages for a push; for a request, with the buttons below the last one."""
        if not _is_needed(delivery, rendered):
            return rendered
        before, after = await self._issues.neighbours(delivery.issue_slug)
        return rendered.with_last_row(tuple(self._buttons(before, after, delivery.cut.language)))

    def _buttons(self, before: Issue | None, after: Issue | None, language: Language) -> Iterator[Button]:
        for label, issue in (("issue_before", before), ("issue_after", after)):
            if issue is not None:
                name = self._wording.label(label, language, when=issue.when or issue.slug)
                yield Button(name, data=f"issue:{issue.slug}")


def _is_needed(delivery: Delivery, rendered: RenderedIssue) -> bool:
    """Whether the next step depends on the last message: not while others are still to be sent before it."""
    if delivery.purpose is not Purpose.REQUEST or delivery.aim is Aim.RETRACT:
        return False
    missing = len(rendered.messages) - delivery.part_count
    return delivery.aim is Aim.CORRECT or missing <= 1

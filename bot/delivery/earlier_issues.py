"""Issues that waited for one reader together with a newer one: a line each below it, with a button.

The message stands in the chat like a part of the newer issue, but stays where that is taken back. It
names nothing that was taken back itself: the planner opens the delivery again for that.
"""

from dataclasses import replace
from typing import Protocol

from bot.delivery.job import Finish, Render
from bot.delivery.reconcile import EARLIER, RenderedIssue
from bot.errors import JianbaoError
from bot.messages import Button, Renderer
from bot.messages.wording import Wording
from bot.model import Aim, Delivery, Issue

MOST_NAMED = 20


class Issues(Protocol):
    """The issues that readers may see."""

    async def get(self, slug: str) -> Issue | None:
        """One of them."""


class EarlierIssues:
    """Adds the message to what ``finish`` makes of a delivery."""

    def __init__(
        self, finish: Finish, issues: Issues, render: Render, renderer: Renderer, wording: Wording
    ) -> None:
        self._finish = finish
        self._issues = issues
        self._render = render
        self._renderer = renderer
        self._wording = wording

    async def __call__(self, delivery: Delivery, rendered: RenderedIssue) -> RenderedIssue:
        """The messages, and the one that names the earlier issues if there are any."""
        finished = await self._finish(delivery, rendered)
        if not delivery.earlier or not _is_wanted(delivery):
            return finished
        found = [await self._with_something(delivery, slug) for slug in delivery.earlier]
        issues = [issue for issue in found if issue is not None]
        if not issues:
            return finished
        language, named = delivery.cut.language, issues[-MOST_NAMED:]
        message = self._renderer.reply(
            "earlier_issues",
            language,
            issues=named,
            more=len(issues) - len(named),
            buttons=[
                (Button(self._wording.label("issue", language, issue=one), data=f"issue:{one.slug}"),)
                for one in named
            ],
        )
        message = replace(message, name=EARLIER, silent=bool(finished.messages))
        return replace(finished, messages=(*finished.messages, message))

    async def _with_something(self, delivery: Delivery, slug: str) -> Issue | None:
        """The issue, if readers may see it and the cut leaves something of it."""
        issue = await self._issues.get(slug)
        if issue is None:
            return None
        try:
            rendered = await self._render(slug, delivery.cut, private=delivery.chat_id > 0)
        except JianbaoError:
            return None
        return issue if rendered.messages and not rendered.empty else None


def _is_wanted(delivery: Delivery) -> bool:
    """Where the newer issue is taken back, only what stands there is brought up to date."""
    return delivery.aim is not Aim.RETRACT or any(part.name == EARLIER for part in delivery.parts)

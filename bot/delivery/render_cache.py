"""Rendered issues, each distinct cut once: a million subscribers share a few hundred of them."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.delivery.reconcile import RenderedIssue
from bot.errors import JianbaoError
from bot.messages import Renderer
from bot.model import EDITION, Cut, Issue
from bot.readers.parsed_issues import ParsedIssue, ParsedIssues

Rendering = asyncio.Task[RenderedIssue]

FRESH = 1.0  # seconds for which the database is not asked again for an issue


class RenderCache:
    """The messages of cuts of issues; the ``most`` used last are kept.

    They are rendered in a thread, so that a large issue blocks nobody; a cut is never rendered twice at
    once. A rendering that failed is not kept. ``now`` is a monotonic clock in seconds.
    """

    def __init__(
        self, issues: ParsedIssues, renderer: Renderer, *, most: int, now: Callable[[], float]
    ) -> None:
        self._issues = issues
        self._renderer = renderer
        self._most = most
        self._now = now
        self._looked_at: dict[str, float] = {}
        self._kept: OrderedDict[tuple[str, _Look], Rendering] = OrderedDict()

    async def render(
        self, slug: str, cut: Cut, *, private: bool = False, fresh: bool = False
    ) -> RenderedIssue:
        """The messages of the text that the database had at most a second ago; has now, if ``fresh``.

        ``private``: for a chat with one person.

        Raises JianbaoError if there is no such issue or it cannot be read.
        """
        parsed = await self._parsed(slug, fresh=fresh)
        if parsed is None or parsed.issue is None:
            raise JianbaoError(f"issue {slug} does not exist or cannot be read")
        look = _Look(cut=cut, private=private, edition=parsed.checksum[:EDITION])
        rendering = self._rendering(parsed.issue, look)
        if rendering.done():
            return rendering.result()
        return await asyncio.shield(rendering)  # others may wait for it too

    async def _parsed(self, slug: str, *, fresh: bool) -> ParsedIssue | None:
        now = self._now()
        self._looked_at = {slug: at for slug, at in self._looked_at.items() if now - at < FRESH}
        known = self._issues.kept(slug) if slug in self._looked_at else None
        if known is None or fresh:
            known = await self._issues.get(slug)
            self._looked_at[slug] = now
        return known

    def _rendering(self, issue: Issue, look: "_Look") -> Rendering:
        key = (issue.slug, look)
        known = self._kept.pop(key, None)
        if known is None or _failed(known):
            known = asyncio.create_task(asyncio.to_thread(self._rendered, issue, look))
        self._kept[key] = known
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return known

    def _rendered(self, issue: Issue, look: "_Look") -> RenderedIssue:
        return RenderedIssue(
            edition=look.edition,
            messages=self._renderer.issue(issue, look.cut, private=look.private),
            notice=self._renderer.reply("taken_back", look.cut.language),
            empty=self._renderer.is_empty(issue, look.cut),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What the messages of an issue depend on besides the issue: equal ones are shared."""

    cut: Cut
    private: bool
    edition: str


def _failed(rendering: Rendering) -> bool:
    return rendering.done() and (rendering.cancelled() or rendering.exception() is not None)

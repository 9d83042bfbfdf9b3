"""Rendered issues, each distinct cut once: a million subscribers share a few hundred of them."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from bot.delivery.reconcile import RenderedIssue
from bot.errors import JianbaoError
from bot.messages import Renderer
from bot.model import EDITION, Cut, Issue
from bot.readers.archive import Archive

Rendering = asyncio.Task[RenderedIssue]

FRESH = 1.0  # seconds for which the text of an issue is not read again


class RenderCache:
    """The messages of cuts of issues; the ``most`` used last are kept.

    They are rendered in a thread, so that a large issue blocks nobody; a cut is never rendered twice at
    once. A rendering that failed is not kept. ``now`` is a monotonic clock in seconds.
    """

    def __init__(self, archive: Archive, renderer: Renderer, *, most: int, now: Callable[[], float]) -> None:
        self._archive = archive
        self._renderer = renderer
        self._most = most
        self._now = now
        self._looked_at: dict[str, float] = {}
        self._kept: OrderedDict[tuple[str, str], tuple[Issue, Rendering]] = OrderedDict()

    async def render(self, slug: str, cut: Cut, *, fresh: bool = False) -> RenderedIssue:
        """The messages of the text that the database had at most a second ago; has now, if ``fresh``.

        Raises JianbaoError if there is no such issue or it cannot be read.
        """
        issue = await self._issue(slug, fresh=fresh)
        if issue is None:
            raise JianbaoError(f"issue {slug} does not exist or cannot be read")
        rendering = self._rendering(issue, cut)
        if rendering.done():
            return rendering.result()
        return await asyncio.shield(rendering)  # others may wait for it too

    async def _issue(self, slug: str, *, fresh: bool) -> Issue | None:
        if not fresh and self._now() - self._looked_at.get(slug, float("-inf")) < FRESH:
            return self._archive.get(slug)
        issue = await self._archive.current(slug)
        self._looked_at[slug] = self._now()
        return issue

    def _rendering(self, issue: Issue, cut: Cut) -> Rendering:
        key = (issue.slug, cut.signature)
        known = self._kept.pop(key, None)
        if known is None or known[0] is not issue or _failed(known[1]):
            name = self._archive.checksum(issue.slug)[:EDITION]
            known = (issue, asyncio.create_task(asyncio.to_thread(self._rendered, issue, cut, name)))
        self._kept[key] = known
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return known[1]

    def _rendered(self, issue: Issue, cut: Cut, name: str) -> RenderedIssue:
        return RenderedIssue(
            edition=name,
            messages=self._renderer.issue(issue, cut),
            notice=self._renderer.reply("taken_back", cut.language),
        )


def _failed(rendering: Rendering) -> bool:
    return rendering.done() and (rendering.cancelled() or rendering.exception() is not None)

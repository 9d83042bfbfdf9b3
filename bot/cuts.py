"""Rendered issues, each distinct cut once: a thousand subscribers share a few of them."""

import asyncio
from collections import OrderedDict

from bot.archive import Archive
from bot.errors import JianbaoError
from bot.messages import Message, Renderer
from bot.model import Cut, Issue

Rendering = asyncio.Task[tuple[Message, ...]]


class CutCache:
    """The messages of a cut of an issue; the ``most`` used last are kept.

    Rendered in a thread, so that a large issue holds up nobody; who asks for a cut that is
    being rendered waits for that rendering. A rendering that failed is not kept.
    """

    def __init__(self, archive: Archive, renderer: Renderer, *, most: int) -> None:
        self._archive = archive
        self._renderer = renderer
        self._most = most
        self._kept: OrderedDict[tuple[str, str], tuple[Issue, Rendering]] = OrderedDict()

    async def messages(self, slug: str, cut: Cut) -> tuple[Message, ...]:
        """The messages, of the text that the database holds now, whichever process stored it.

        So a delivery goes on with the text it began with: none is replaced while a row of its
        issue is open. JianbaoError where there is no such issue, or none that can be understood.
        """
        issue = await self._archive.current(slug)
        if issue is None:
            raise JianbaoError(f"there is no issue {slug} that can be read")
        return await asyncio.shield(self._rendering(issue, cut))  # others may wait for it too

    def _rendering(self, issue: Issue, cut: Cut) -> Rendering:
        key = (issue.slug, cut.signature)
        known = self._kept.pop(key, None)
        if known is None or known[0] is not issue or _failed(known[1]):
            known = (issue, asyncio.create_task(asyncio.to_thread(self._renderer.issue, issue, cut)))
        self._kept[key] = known
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return known[1]


def _failed(rendering: Rendering) -> bool:
    return rendering.done() and (rendering.cancelled() or rendering.exception() is not None)

"""Rendered issues, each distinct cut once: a thousand subscribers share a few of them."""

from collections import OrderedDict

from bot.archive import Archive
from bot.errors import MessageRefused
from bot.messages import Message, Renderer
from bot.model import Cut, Issue


class CutCache:
    """The messages of a cut of an issue; the ``most`` used last are kept."""

    def __init__(self, archive: Archive, renderer: Renderer, *, most: int) -> None:
        self._archive = archive
        self._renderer = renderer
        self._most = most
        self._kept: OrderedDict[tuple[str, str], tuple[Issue, tuple[Message, ...]]] = OrderedDict()

    async def messages(self, slug: str, cut: Cut) -> tuple[Message, ...]:
        """The messages; a corrected issue is rendered anew. MessageRefused where there is no such issue."""
        issue = self._archive.get(slug)
        if issue is None:
            await self._archive.refresh()
            issue = self._archive.get(slug)
        if issue is None:
            raise MessageRefused(f"there is no issue {slug}")
        return self._rendered(issue, cut)

    def _rendered(self, issue: Issue, cut: Cut) -> tuple[Message, ...]:
        key = (issue.slug, cut.signature)
        known = self._kept.pop(key, None)
        if known is None or known[0] is not issue:
            known = (issue, self._renderer.issue(issue, cut))
        self._kept[key] = known
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return known[1]

"""Notices as messages, in place of what they are no issues of."""

from collections import OrderedDict
from typing import Protocol

from bot.delivery.job import Render
from bot.delivery.reconcile import RenderedIssue
from bot.digest.free_text import free_text
from bot.errors import JianbaoError
from bot.messages import Renderer
from bot.model import EDITION, Cut, IssueRecord, Language, Notice, is_notice

_KEPT = 16  # of a few notices, each language


class Texts(Protocol):
    """Where notices are kept."""

    async def whole(self, slug: str) -> tuple[IssueRecord, str] | None:
        """The record of a notice, and its text."""


class NoticesAndIssues:
    """Renders a notice in the reader's language, and any other slug as ``issues`` does.

    A notice never changes: each language is read and rendered once.
    """

    def __init__(self, texts: Texts, renderer: Renderer, issues: Render) -> None:
        self._texts = texts
        self._renderer = renderer
        self._issues = issues
        self._kept: OrderedDict[tuple[str, Language], RenderedIssue] = OrderedDict()

    async def render(
        self, slug: str, cut: Cut, *, private: bool = False, fresh: bool = False
    ) -> RenderedIssue:
        """The messages. Raises JianbaoError if there is no such issue or notice."""
        if not is_notice(slug):
            return await self._issues(slug, cut, private=private, fresh=fresh)
        key = slug, cut.language
        if key not in self._kept:
            self._kept[key] = await self._rendered(slug, cut.language)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    async def _rendered(self, slug: str, language: Language) -> RenderedIssue:
        found = await self._texts.whole(slug)
        if found is None:
            raise JianbaoError(f"notice {slug} does not exist")
        record, text = found
        return RenderedIssue(
            edition=record.checksum[:EDITION],
            messages=(self._renderer.notice(free_text(Notice.parse(text).text(language)), language),),
            notice=self._renderer.reply("taken_back", language),
        )

"""What a correction changes, by the text that readers have and the one that the issue has now."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from bot.messages import Renderer
from bot.messages.changes import Change
from bot.model import Cut, Issue, IssueRecord, Language
from bot.readers.parsed_issues import ParsedIssues
from bot.storage.corrections_told import CorrectionsTold


class CorrectedText:
    """Compares texts of issues; ``read`` reads one."""

    def __init__(
        self,
        told: CorrectionsTold,
        parsed: ParsedIssues,
        read: Callable[[str, str], Issue],
        renderer: Renderer,
    ) -> None:
        self._told = told
        self._parsed = parsed
        self._read = read
        self._renderer = renderer

    async def changes(
        self, record: IssueRecord, former: str | None, language: Language
    ) -> tuple[Change, ...]:
        """What differs from a former edition for who reads all; nothing where its text is not kept."""
        text = (await self._told.former(record.slug)).get(former or "")
        new = await self._parsed.issue(record) if text is not None else None
        if text is None or new is None:
            return ()
        old = await asyncio.to_thread(self._read, record.slug, text)
        old = replace(old, title=old.title or new.title, date=old.date or new.date)
        return await asyncio.to_thread(self._renderer.changes, old, new, Cut(language=language))

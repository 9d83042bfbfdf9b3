"""What a correction changes, by the text that readers have and the one that the issue has now."""

import asyncio
from collections.abc import Callable

from bot.messages import Renderer
from bot.messages.changes import Change
from bot.model import Cut, Issue, IssueRecord, Language
from bot.readers.parsed_issues import ParsedIssues, former_issue
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
        return await asyncio.to_thread(self._compared, text, new, Cut(language=language))

    def _compared(self, text: str, new: Issue, cut: Cut) -> tuple[Change, ...]:
        return self._renderer.changes(former_issue(self._read, text, new), new, cut)

"""What a reader reports, and what an editor answers, in words."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.messages import Message, Renderer
from bot.model import Language
from bot.readers.items import Items
from bot.sources import SourceFile
from bot.storage.mistakes import Mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterVoice:
    """How they are said; ``file_of`` gives the file of an issue."""

    renderer: Renderer
    items: Items
    file_of: Callable[[str], SourceFile | None]
    language: Language

    async def mistake(self, one: Mistake, language: Language) -> Message:
        """What editors see, with the line of the file where the item stands now, if it does."""
        found, file = await self.items.open(one.ref), self.file_of(one.issue_slug)
        line = found.entry.line + (file.first_line - 1 if file else 0) if found else None
        name = file.name if file else one.issue_slug
        return self.renderer.reply("editors/mistake", language, one=one, line=line, name=name)

    def answer(self, one: Mistake) -> Message:
        """What the reader gets, in their language."""
        return self.renderer.reply("answer", one.language, one=one)

    def outcome(self, one: Mistake, outcome: str, language: Language) -> Message:
        """What became of an answer, for editors."""
        return self.renderer.reply("editors/answered", language, one=one, outcome=outcome)

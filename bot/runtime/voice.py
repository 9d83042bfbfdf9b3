"""What the admin chat is told, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from bot.messages import Message, Renderer
from bot.model import Language
from bot.reports.bulletin import Batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How it is said: in which language where nobody says, in which time zone, and without which secrets."""

    renderer: Renderer
    language: Language
    zone: tzinfo
    clean: Callable[[str], str]

    def message(self, batch: Batch, language: Language, *, is_last: bool) -> Message:
        """What a chat gets of it; ``is_last``: what follows within the hour is summed up."""
        if len(batch) > 1:
            return self.renderer.reply("admin/summed", language, items=batch)
        (item,) = batch
        told = {name: self._clean(value) for name, value in item.news.values.items()}
        since = item.news.at.astimezone(self.zone)
        return self.renderer.reply(
            f"admin/{item.news.what}", language, item=item, told=told, since=since, is_last=is_last
        )

    def _clean(self, value: object) -> object:
        return self.clean(value) if isinstance(value, str) else value

"""What the admin chat is told, in words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import tzinfo

from bot.messages import Message, Renderer
from bot.model import Language
from bot.reports.bulletin import Batch, Item, is_summed
from bot.words.moments import moments_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How it is said: in which language where nobody says, in which time zone, and without which secrets."""

    renderer: Renderer
    language: Language
    zone: tzinfo
    clean: Callable[[str], str]

    def message(self, batch: Batch, language: Language, *, is_last: bool) -> Message:
        """What a chat gets of it; ``is_last``: what follows within the hour is summed up."""
        said = self._said(batch, language, is_last=is_last)
        return replace(said, html=moments_in(self.zone, said.html))

    def _said(self, batch: Batch, language: Language, *, is_last: bool) -> Message:
        item, *others = batch
        if others:
            return self._of_many(batch, language, is_last=is_last)
        told = self._told(item)
        since = item.news.at.astimezone(self.zone)
        return self.renderer.reply(
            f"admin/{item.news.what}", language, item=item, told=told, since=since, is_last=is_last
        )

    def _of_many(self, batch: Batch, language: Language, *, is_last: bool) -> Message:
        if is_summed(batch):
            return self.renderer.reply("admin/summed", language, items=batch)
        told = [self._told(one) for one in batch]
        return self.renderer.reply("admin/several", language, item=batch[0], told=told, is_last=is_last)

    def _told(self, item: Item) -> dict[str, object]:
        return {name: self._clean(value) for name, value in item.news.values.items()}

    def _clean(self, value: object) -> object:
        return self.clean(value) if isinstance(value, str) else value

"""Which handler answers a tap, by the data of the button."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.handlers.context import Handler


class Tapped(NamedTuple):
    """``decides``: in a group it is for administrators."""

    handler: Handler
    decides: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taps:
    """Handlers by what stands before the first colon of a button's data; their words are what follows it.

    ``other`` answers where none has the name, and decides nothing.
    """

    handlers: Mapping[str, Handler]
    decisions: Collection[str]
    other: Handler

    def find(self, data: str) -> Tapped:
        """The handler of a button, and its words."""
        name, colon, words = data.partition(":")
        if not colon or name not in self.handlers:
            return Tapped(self.other, decides=False, words=words)
        return Tapped(self.handlers[name], decides=name in self.decisions, words=words)

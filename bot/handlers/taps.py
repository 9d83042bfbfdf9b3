"""Which handler answers a tap, by the data of the button."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.handlers.context import Handler
from bot.handlers.rights import Right, right_of


class Tapped(NamedTuple):
    """``right``: whose it is in a group. ``edits``: it is for editors, in their chat."""

    handler: Handler
    right: Right
    words: str
    edits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Taps:
    """Handlers by what stands before the first colon of a button's data; their words are what follows it.

    ``editors`` are for editors, in their chat. ``other`` answers where none has the name.
    """

    handlers: Mapping[str, Handler]
    other: Handler
    editors: Mapping[str, Handler] = field(default_factory=dict)

    def find(self, data: str) -> Tapped:
        """The handler of a button, and its words."""
        name, colon, words = data.partition(":")
        if colon and name in self.editors:
            return Tapped(self.editors[name], Right.EVERYBODY, words=words, edits=True)
        if not colon or name not in self.handlers:
            return Tapped(self.other, Right.EVERYBODY, words=words)
        return Tapped(self.handlers[name], right_of(name), words=words)

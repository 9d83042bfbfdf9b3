"""What people say instead of a command, as the tables ``sayings.j2`` have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.handlers.context import Handler, HandlerContext
from bot.handlers.rights import Right, right_of


class Said(NamedTuple):
    """Who answers a text, whose right that is, the words for it, and what it is called, if anything."""

    handler: Handler
    right: Right
    words: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """Handlers by what a text means, and by the command that it is; ``otherwise`` answers any other."""

    said: Mapping[str, Handler]
    commands: Mapping[str, Handler]
    otherwise: Handler

    def find(self, text: str, context: HandlerContext) -> Said:
        """Who answers a text. A topic of the digest that is called so comes before what it means."""
        command, _, words = text.removeprefix("/").partition(" ")
        if text.startswith("/") and command in self.commands:
            return Said(self.commands[command], right_of(command, words), words, command)
        name = "" if context.topics.find(text) else context.wording.meaning(text) or ""
        if name in self.said:
            return Said(self.said[name], right_of(name), "", name)
        return Said(self.otherwise, Right.EVERYBODY, text)

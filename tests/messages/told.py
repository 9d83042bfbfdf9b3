"""What messages tell: their words, and where their links and pictures lead."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from bot.messages import Message
from bot.messages.markup import parse

#: What is said of the messages themselves and not of the issue.
_OF_MESSAGES = re.compile(
    r"^(?:接上条|continued)[：:].*$|\b\d+/\d+$|^[•◦▪■│] |^(?:本期内容|In this issue)$|(?: \d+ 条|: \d+)$",
    re.MULTILINE,
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Told:
    """Words and addresses, each once."""

    words: frozenset[str]
    links: frozenset[str]

    def missing_in(self, other: Self) -> tuple[set[str], set[str]]:
        """What is told here and not there."""
        return set(self.words - other.words), set(self.links - other.links)


def told_by(messages: Iterable[Message]) -> Told:
    """What Telegram HTML tells."""
    words: set[str] = set()
    links: set[str] = set()
    for message in messages:
        marked = parse(message.html)
        words |= set(_WORD.findall(_OF_MESSAGES.sub("", marked.text)))
        links |= {entity.url for entity in marked.entities if entity.url}
        links |= {message.picture} if message.picture else set()
    return Told(frozenset(words), frozenset(links))

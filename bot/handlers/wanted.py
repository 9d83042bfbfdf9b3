"""The topics that somebody's words name: several at once, a minus before what is to go."""

import re
from dataclasses import dataclass

from bot.digest.topics import Topics

_CLEAR = frozenset({"clear", "none", "all", "清空", "全部", "取消", "清除"})
_BETWEEN = re.compile(r"[,，、;；\n]+")
_MINUS = "-−–—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Slugs to follow and to drop, and the words that name no topic."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    clear: bool = False


def read_wanted(words: str, topics: Topics) -> Wanted:
    """Read ``words``. A name of several words is known as a whole: "object detection nas"."""
    if words.strip().casefold() in _CLEAR:
        return Wanted(clear=True)
    add: dict[str, None] = {}
    remove: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for part in _BETWEEN.split(words):
        tokens = part.split()
        while tokens:
            length, slug = _longest(tokens, topics)
            word = " ".join(tokens[:length])
            kind = unknown if slug is None else remove if word[0] in _MINUS else add
            kind[slug or word.lstrip(_MINUS)] = None
            tokens = tokens[length:]
    return Wanted(add=tuple(add), remove=tuple(remove), unknown=tuple(filter(None, unknown)))


def _longest(tokens: list[str], topics: Topics) -> tuple[int, str | None]:
    """How many of the first words name one topic, and which; one word and None where they name none."""
    for length in range(len(tokens), 0, -1):
        slug = topics.find(" ".join(tokens[:length]).lstrip(_MINUS))
        if slug is not None:
            return length, slug
    return 1, None

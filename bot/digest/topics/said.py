"""The topics that an editor says an item has: ``主题：量化 剪枝``, ``topics: -business quantization``."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.digest.topics.vocabulary import Topics

#: How one writes that an item has no topic.
_NONE = frozenset(("none", "无", "沒有", "没有", "[]"))
_MINUS = "−–－-"
_SIGN = re.compile(rf"(?:^|(?<=[\s,，、;；/|#]))([+＋{_MINUS}])\s*(?=[^\s+＋{_MINUS}])")
_SENTENCE = re.compile(r"[。！？!?：:]")
#: What parts names, strongest first: a name may hold what parts others, as "AI chip" does a blank.
_APART = tuple(map(re.compile, (r"[,，、;；|]", r"/", r"(?:^|\s|(?<=\w))[#＃]", r"\s+")))
_MOST = 500  # characters that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is said: each topic that is named, and whether the item has it.

    ``whole``: it has no others. ``unknown`` are the names that no topic has.
    """

    topics: dict[str, bool]
    whole: bool
    unknown: tuple[str, ...] = ()

    def decides(self, topic: str) -> bool:
        """Whether this says of a topic that the item has it or not."""
        return self.whole or topic in self.topics


NOTHING_SAID = Verdict(topics={}, whole=False)


def verdict(words: str, topics: Topics) -> Verdict:
    """What these words say. Where a name has a sign, they add and take away; else they are all there are."""
    words = words[:_MOST].strip()
    if words.casefold() in _NONE:
        return Verdict(topics={}, whole=True)
    named = [(sign, name, topics.find(name)) for sign, name in _signed(words, topics)]
    return Verdict(
        topics={slug: not sign or sign not in _MINUS for sign, _, slug in named if slug},
        whole=not any(sign for sign, _, _ in named) and any(slug for *_, slug in named),
        unknown=tuple(name for _, name, slug in named if not slug),
    )


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """What several say of an item, where a later one knows better."""
    said = NOTHING_SAID
    for one in verdicts:
        before = {} if one.whole else said.topics
        said = Verdict(topics={**before, **one.topics}, whole=said.whole or one.whole)
    return said


def names_topics(words: str, topics: Topics) -> bool:
    """Whether words are names of topics, and no text for readers: half of them are known, or nearly so."""
    if len(words) > _MOST or _SENTENCE.search(words):
        return False
    if words.strip().casefold() in _NONE:
        return True
    names = [name for _, name in _signed(words, topics)]
    known = sum(bool(topics.find(name) or topics.misspelt(name)) for name in names)
    return bool(known) and 2 * known >= len(names)


def _signed(words: str, topics: Topics) -> Iterator[tuple[str, str]]:
    """Each name with its sign; empty for none."""
    places = [*_SIGN.finditer(words)]
    starts = [(0, 0, ""), *((one.start(), one.end(), one[1]) for one in places)]
    ends = [*(one.start() for one in places), len(words)]
    for (_, start, sign), end in zip(starts, ends, strict=True):
        for number, name in enumerate(_names(words[start:end], topics)):
            yield "" if number else sign, name


def _names(words: str, topics: Topics, level: int = 0) -> Iterator[str]:
    """The names in words without signs: as much of them as one topic is called by."""
    words = words.strip(" \t#＃,，、;；/|。.")
    if not words:
        return
    if level == len(_APART) or topics.find(words):
        yield words
    elif level == len(_APART) - 1:
        yield from _by_blanks(words.split(), topics)
    else:
        for part in _APART[level].split(words):
            yield from _names(part, topics, level + 1)


def _by_blanks(words: list[str], topics: Topics) -> Iterator[str]:
    while words:
        known = (size for size in range(len(words), 0, -1) if topics.find(" ".join(words[:size])))
        size = next(known, 1)
        yield " ".join(words[:size])
        words = words[size:]

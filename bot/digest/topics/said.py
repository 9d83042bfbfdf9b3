"""The topics that an editor says an item has: ``主题：量化 剪枝``, ``topics: -business quantization``."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.digest.topics.vocabulary import Topics
from bot.words.folding import fold_keyword

#: How one writes that an item has no topic, folded.
_NONE = frozenset(("none", "无", "没有"))
_NO_LIST = "[]"
_MINUS = "-‐‑‒–—―−﹘﹣－"  # also what keyboards and editors make of one
_SIGNS = re.escape(f"+＋{_MINUS}")
_OPENING, _CLOSING = r"(\[{（［【〔「『《〈“‘", r")\]}）］】〕」』》〉”’\"'`"
_SIGN = re.compile(rf"(?:^|(?<=[\s,，、;；/|#{_OPENING}\"'`]))([{_SIGNS}]+)\s*(?=[^\s{_SIGNS}])")
#: What parts sentences, and a word behind it.
_SENTENCES = re.compile(r"[。！？!?：:][\W_]*[^\W_]")
#: What parts names, strongest first: a name may hold what parts others, as "AI chip" does a blank.
_APART = tuple(
    map(
        re.compile,
        (
            rf"[,，、;；|。．！？!?：:…{_OPENING}{_CLOSING}]|\.(?=\s)",
            r"[/／\\·•&＆—–―]",
            r"(?:^|\s|(?<=\w))[#＃]",
            r"\s+",
        ),
    )
)
_AROUND = re.compile(r"^[\W_]+|[^\w+]+$")
_MOST = 500  # characters that are looked at
_FEW = 4  # names on a line that may say topics
_LONGEST, _LONGEST_LATIN = 8, 24  # characters of such a name


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
    if _is_none(words):
        return Verdict(topics={}, whole=True)
    named = [(sign, name, topics.find(name)) for sign, name in _signed(words, topics)]
    plain = {slug: True for sign, _, slug in named if slug and not sign}
    signed = {slug: not set(sign) & set(_MINUS) for sign, _, slug in named if slug and sign}
    return Verdict(
        topics={**plain, **signed},
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


def takes_back(before: Verdict, later: Verdict) -> bool:
    """Whether of two that are said of an item the later one leaves the other not as it was meant."""
    if before.whole and later.whole:
        return before.topics != later.topics
    after = together((before, later)).topics
    return any(after.get(slug, False) != has for slug, has in before.topics.items())


class TopicNames:
    """Knows which lines of an issue say topics."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics

    def says(self, words: str) -> bool:
        """Whether words are nothing but names of topics, and no text for readers; no words are none.

        Half of the names are known, or nearly so; all, where words stand in several sentences.
        """
        if len(words) > _MOST:
            return False
        if _is_none(words):
            return True
        names = self._names(words)
        known = sum(bool(self._topics.find(name) or self._topics.misspelt(name)) for name in names)
        return known == len(names) or (2 * known >= len(names) and not _SENTENCES.search(words))

    def misnamed(self, words: str) -> str:
        """What is unknown of words that look like names; empty where nothing does."""
        names = self._names(words)
        if len(names) > _FEW or any(
            len(name) > (_LONGEST_LATIN if name.isascii() else _LONGEST) for name in names
        ):
            return ""
        return misnamed(verdict(words, self._topics), self._topics)

    def _names(self, words: str) -> list[str]:
        return [name for _, name in _signed(words, self._topics)]


def _is_none(words: str) -> bool:
    return words.strip() == _NO_LIST or fold_keyword(_AROUND.sub("", words)) in _NONE


def misnamed(said: Verdict, topics: Topics) -> str:
    """The names that no topic has, each with the nearest; empty if there are none."""
    return ", ".join(_with_nearest(name, topics) for name in said.unknown)


def _with_nearest(name: str, topics: Topics) -> str:
    near = (*topics.misspelt(name, limit=1), *topics.suggestions(name, limit=1))
    return f"{name} (did you mean {near[0]}?)" if near else name


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
    words = _AROUND.sub("", words)
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

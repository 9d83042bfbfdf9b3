"""Which topics an item is about, and by which word.

One pass over the text finds the terms of all topics. Each found term weighs by the
place it stands in: the title says what an item is about, the first sentence nearly
so, and a word further down may be a passing mention. A topic whose words together
reach the threshold is the item's, with its weightiest word as the reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import ahocorasick

from bot.digest.topics import Topics, Weights
from bot.model import Flash, Issue, Item, TopicMatch, plain
from bot.words import lowered, stands_alone

_HINT = 0.5
_SENTENCE_ENDS = "。！？\n"


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a term stands for: its topic and share; share 0 silences what it covers."""

    topic: str
    share: float


@dataclass(frozen=True, slots=True)
class _Hit:
    """A term found in a text, from ``start`` up to ``end``."""

    start: int
    end: int
    meaning: _Meaning


@dataclass(frozen=True, slots=True)
class _Place:
    """A piece of an item and what a word in it weighs."""

    text: str
    weight: float


class Classifier:
    """Gives items their topics. Built once; safe to use from several threads."""

    def __init__(self, topics: Topics) -> None:
        self._weights: Weights = topics.weights
        self._order = {slug: place for place, slug in enumerate(topics)}
        self._automaton = _automaton(topics)

    def classify(self, issue: Issue) -> Issue:
        """The issue with the topics of every item and flash, strongest reason first."""
        sections = tuple(
            replace(section, items=tuple(self._item(item) for item in section.items))
            for section in issue.sections
        )
        return replace(issue, sections=sections, flash=tuple(self._flash(flash) for flash in issue.flash))

    def _item(self, item: Item) -> Item:
        title = " ".join((item.title or "", *item.tags))
        opening, body = _opening(plain(item.summary))
        weights = self._weights
        places = (
            _Place(title, weights.title),
            _Place(opening, weights.opening if title.strip() else weights.title),
            _Place(body, weights.body),
        )
        return replace(item, topics=self._matches(places))

    def _flash(self, flash: Flash) -> Flash:
        opening, body = _opening(plain(flash.text))
        weights = self._weights
        places = (
            _Place(flash.subject or "", weights.opening),
            _Place(opening, weights.title),
            _Place(body, weights.opening),
        )
        return replace(flash, topics=self._matches(places))

    def _matches(self, places: Iterable[_Place]) -> tuple[TopicMatch, ...]:
        scores: dict[str, float] = defaultdict(float)
        reasons: dict[str, tuple[float, str]] = {}
        for place in places:
            counts: dict[str, int] = defaultdict(int)
            for hit in self._hits(place.text):
                topic, weight = hit.meaning.topic, place.weight * hit.meaning.share
                counts[topic] += 1
                if counts[topic] <= self._weights.repeats:
                    scores[topic] += weight
                    reason = (weight, place.text[hit.start : hit.end])
                    reasons[topic] = max(reasons.get(topic, reason), reason, key=lambda pair: pair[0])
        found = [topic for topic, score in scores.items() if score >= self._weights.threshold]
        found.sort(key=lambda topic: (-scores[topic], self._order[topic]))
        return tuple(TopicMatch(slug=topic, matched=reasons[topic][1]) for topic in found)

    def _hits(self, text: str) -> Iterator[_Hit]:
        """The terms in a text; of one topic's terms that overlap, the longest."""
        searched = lowered(text)
        found = [
            _Hit(end + 1 - length, end + 1, meaning)
            for end, (length, meanings) in self._automaton.iter(searched)
            if stands_alone(searched, end + 1 - length, end + 1)
            for meaning in meanings
        ]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        reached: dict[str, int] = defaultdict(int)
        for hit in found:
            if hit.start >= reached[hit.meaning.topic]:
                reached[hit.meaning.topic] = hit.end
                if hit.meaning.share:
                    yield hit


def _automaton(topics: Topics) -> ahocorasick.Automaton:
    meanings: dict[str, list[_Meaning]] = defaultdict(list)
    for slug, topic in topics.topics.items():
        for words, share in ((topic.exclude, 0.0), (topic.terms, 1.0), (topic.hints, _HINT)):
            for word in words:
                meanings[lowered(word)].append(_Meaning(slug, share))
    automaton = ahocorasick.Automaton()
    for word, meant in meanings.items():
        automaton.add_word(word, (len(word), tuple(meant)))
    automaton.make_automaton()
    return automaton


def _opening(text: str) -> tuple[str, str]:
    """The first sentence, and the rest."""
    ends = [place for mark in _SENTENCE_ENDS if (place := text.find(mark)) >= 0]
    cut = min(ends, default=len(text))
    return text[: cut + 1], text[cut + 1 :]

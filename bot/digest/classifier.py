"""Which topics an item is about, and by which words.

Each found word counts by the place it stands in: the title says what an item is about, the
first sentence nearly so, and a word further down may be a passing mention. A topic yields to
one that weighs more and of which it is usually but a part: every phone chip has a CPU. A topic
whose words together reach the threshold is the item's; ``config/topics.yml`` tells the rest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from bot.digest.lexicon import Hit, Lexicon
from bot.digest.topics import Topics, Weights
from bot.model import Flash, Issue, Item, Place, Reason, TopicMatch, plain

_SENTENCE_ENDS = "。！？\n"
#: Words with nothing but these between them stand side by side and say one thing: "Adreno GPU".
_SIDE_BY_SIDE = " -_/+(（"
#: What stands there is what the item is about, whatever else it names: nothing of it is yielded.
_FIRM = (Place.TITLE, Place.TAGS, Place.SUBJECT)


class _Part(NamedTuple):
    """A piece of a text, which ends before ``end``, and what a word in it counts."""

    place: Place
    end: int
    weight: float


class _Found(NamedTuple):
    """A word and the part it stands in."""

    hit: Hit
    part: _Part

    @property
    def share(self) -> float:
        return 1.0 if self.hit.subject and self.part.place in _FIRM else self.hit.share


class _Weight(NamedTuple):
    """What the words of a topic count where it yields nothing, and where it may yield."""

    firm: float
    loose: float

    @property
    def whole(self) -> float:
        return self.firm + self.loose


class Classifier:
    """Gives items their topics. Built once; safe to use from several threads."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics.topics
        self._weights = topics.weights
        self._order = {slug: place for place, slug in enumerate(topics)}
        self._lexicon = Lexicon(topics)

    @property
    def threshold(self) -> float:
        """What a topic's words must weigh together."""
        return self._weights.threshold

    def classify(self, issue: Issue) -> Issue:
        """The issue with the topics of every item and flash, weightiest first."""
        sections = tuple(
            replace(
                section, items=tuple(replace(item, topics=self._topics_of(item)) for item in section.items)
            )
            for section in issue.sections
        )
        flash = tuple(replace(flash, topics=self._topics_of(flash)) for flash in issue.flash)
        return replace(issue, sections=sections, flash=flash)

    def candidates(self, item: Item | Flash) -> tuple[TopicMatch, ...]:
        """All topics that a word of it speaks for, weightiest first, whether they reach the threshold or not."""
        return self._matches(item, least=0.0)

    def _topics_of(self, item: Item | Flash) -> tuple[TopicMatch, ...]:
        return self._matches(item, least=self.threshold)

    def _matches(self, item: Item | Flash, *, least: float) -> tuple[TopicMatch, ...]:
        text, parts = (
            _item_text(item, self._weights) if isinstance(item, Item) else _flash_text(item, self._weights)
        )
        found = self._found(text, parts)
        weights = {topic: self._weight(words, text) for topic, words in found.items()}
        scores = {topic: self._score(topic, weights) for topic in weights}
        taken = [topic for topic, score in scores.items() if score >= least]
        taken.sort(key=lambda topic: (-scores[topic], self._order[topic]))
        return tuple(_match(topic, scores[topic], found[topic], text) for topic in taken)

    def _found(self, text: str, parts: Sequence[_Part]) -> dict[str, list[_Found]]:
        """The words of each topic, in reading order."""
        found: dict[str, list[_Found]] = {}
        remaining = iter(parts)
        part = next(remaining)
        for hit in self._lexicon.find(text):
            while hit.start >= part.end:
                part = next(remaining)
            found.setdefault(hit.topic, []).append(_Found(hit, part))
        for slug, topic in self._topics.items():
            if topic.several_of and (several := self._several(topic.several_of, found)):
                found[slug] = sorted([*found.get(slug, ()), *several])
        return found

    def _several(self, slugs: Iterable[str], found: Mapping[str, Sequence[_Found]]) -> list[_Found]:
        """Where several of these topics are named in one place: a hint from the second on."""
        named: dict[Place, list[_Found]] = defaultdict(list)
        for slug in slugs:
            first = {word.part.place: word for word in reversed(found.get(slug, ()))}
            for place, word in first.items():
                named[place].append(word)
        hint = self._weights.hint
        return [
            _Found(word.hit._replace(share=hint, subject=False), word.part)
            for words in named.values()
            for word in sorted(words)[1:]
        ]

    def _weight(self, words: Iterable[_Found], text: str) -> _Weight:
        firm = loose = 0.0
        for part, group in groupby(words, key=_part):
            weight = part.weight * min(self._mentions(group, text), self._weights.most)
            if part.place in _FIRM:
                firm += weight
            else:
                loose += weight
        return _Weight(firm, loose)

    def _mentions(self, words: Iterable[_Found], text: str) -> float:
        """What a topic's words in one part count: side by side as one, a repeated one less each time."""
        shares: list[float] = []
        counts: Counter[str] = Counter()
        end = -1
        for word in words:
            start = word.hit.start
            term = text[start : word.hit.end].lower()
            share = word.share * self._weights.again ** counts[term]
            counts[term] += 1
            if end >= 0 and not text[end:start].strip(_SIDE_BY_SIDE):
                shares[-1] = max(shares[-1], share)
            else:
                shares.append(share)
            end = word.hit.end
        return sum(shares)

    def _score(self, topic: str, weights: Mapping[str, _Weight]) -> float:
        own = weights[topic]
        for other in self._topics[topic].yields:
            if other in weights and weights[other].whole >= max(self.threshold, own.whole):
                return own.firm + own.loose * self._weights.yielding
        return own.whole


def _item_text(item: Item, weights: Weights) -> tuple[str, list[_Part]]:
    title, tags, summary = item.title or "", " ".join(item.tags), plain(item.summary)
    text = f"{title}\n{tags}\n{summary}\n"
    after_title = len(title) + 1
    after_tags = after_title + len(tags) + 1
    return text, [
        _Part(Place.TITLE, after_title, weights.title),
        _Part(Place.TAGS, after_tags, weights.title),
        _Part(
            Place.OPENING,
            after_tags + _opening(summary),
            weights.opening if text[:after_tags].strip() else weights.title,
        ),
        _Part(Place.BODY, len(text), weights.body),
    ]


def _flash_text(flash: Flash, weights: Weights) -> tuple[str, list[_Part]]:
    subject, news = flash.subject or "", plain(flash.text)
    text = f"{subject}\n{news}\n"
    after_subject = len(subject) + 1
    return text, [
        _Part(Place.SUBJECT, after_subject, weights.subject),
        _Part(Place.OPENING, after_subject + _opening(news), weights.title),
        _Part(Place.BODY, len(text), weights.opening),
    ]


def _opening(text: str) -> int:
    """How long the first sentence is."""
    ends = [end for mark in _SENTENCE_ENDS if (end := text.find(mark)) >= 0]
    return min(ends, default=len(text)) + 1


def _part(word: _Found) -> _Part:
    return word.part


def _match(topic: str, score: float, words: Sequence[_Found], text: str) -> TopicMatch:
    strongest = max(words, key=lambda word: word.part.weight * word.share)
    return TopicMatch(
        slug=topic,
        matched=text[strongest.hit.start : strongest.hit.end],
        score=round(score, 2),
        reasons=_reasons(words, text),
    )


def _reasons(words: Iterable[_Found], text: str) -> tuple[Reason, ...]:
    terms: dict[tuple[Place, str], str] = {}
    counts: Counter[tuple[Place, str]] = Counter()
    for word in words:
        term = text[word.hit.start : word.hit.end]
        key = (word.part.place, term.lower())
        terms.setdefault(key, term)
        counts[key] += 1
    return tuple(Reason(term=term, place=key[0], count=counts[key]) for key, term in terms.items())

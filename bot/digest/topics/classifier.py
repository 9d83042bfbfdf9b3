"""Which topics an item is about, and by which words.

Each found word counts by the place it stands in: the title says what an item is about, the
first sentence nearly so, and a word further down may be a passing mention. A topic yields to
one that weighs more and of which it is usually but a part: every phone chip has a CPU. A topic
whose words together reach the threshold is the item's; ``config/topics.yml`` tells the rest.
What the editor says of an item's topics counts before all words.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeVar

from bot.digest.topics.editors_word import EditorsWord
from bot.digest.topics.lexicon import Lexicon
from bot.digest.topics.pieces import Piece, text_of
from bot.digest.topics.probability import UNFITTED, Evidence, evidence, probability
from bot.digest.topics.vocabulary import Topics
from bot.model import Flash, Issue, Item, Place, Reason, TopicMatch

#: Words with nothing but these between them stand side by side and say one thing: "Adreno GPU".
_SIDE_BY_SIDE = " -_/+(（"
#: What stands there is what the item is about, whatever else it names: nothing of it is yielded.
_FIRM = (Place.TITLE, Place.TAGS, Place.SUBJECT)

#: What is not impossible is told as at least this probable.
_LEAST = 0.001


_Told = TypeVar("_Told", Item, Flash)
#: A word of a topic: where it begins and ends, what it weighs there, the part it stands in, and whether
#: it may make the topic alone.
_Word = tuple[int, int, float, Piece, bool]


class _Weight(NamedTuple):
    """What the words of a topic count if it yields nothing, and where it may yield."""

    firm: float
    loose: float
    whole: float  #: both; kept, for it is asked often


class _Weighed(NamedTuple):
    """An item as text, the words of topics in it, and what they weigh."""

    text: str
    words: Mapping[str, Sequence[_Word]]
    scores: Mapping[str, float]
    evidence: Mapping[str, Evidence]


class Classifier:
    """Gives items their topics. Built once; safe to use from several threads."""

    def __init__(self, topics: Topics) -> None:
        self._yields = {slug: topic.yields for slug, topic in topics.topics.items()}
        self._parents = {slug: topic.several_of for slug, topic in topics.topics.items() if topic.several_of}
        self._weights = topics.weights
        self.fitted = {slug: topic.fitted or UNFITTED for slug, topic in topics.topics.items()}
        self._least = {
            slug: min(self._weights.threshold, fitted.least_weight * self._weights.threshold)
            for slug, fitted in self.fitted.items()
        }
        self._order = {slug: place for place, slug in enumerate(topics)}
        self._topics = topics
        self.editor = EditorsWord(topics)

    @cached_property
    def _lexicon(self) -> Lexicon:
        """Not made before the first text comes: most commands read none."""
        return Lexicon(self._topics)

    @property
    def threshold(self) -> float:
        """What a topic's words must weigh together."""
        return self._weights.threshold

    def classify(self, issue: Issue) -> Issue:
        """The issue with the topics of every item and flash, most probable first."""
        sections = tuple(
            replace(section, items=tuple(map(self._with_topics, section.items))) for section in issue.sections
        )
        flash = tuple(map(self._with_topics, issue.flash))
        return replace(issue, sections=sections, flash=flash, warnings=self.editor.warnings(issue))

    def candidates(self, item: Item | Flash) -> tuple[TopicMatch, ...]:
        """All topics that a word of it speaks for, most probable first, however improbable they are."""
        return self._matches(item, every=True)

    def by_words(self, item: Item | Flash) -> tuple[TopicMatch, ...]:
        """The topics that its words give it, whatever its editor says."""
        return self._matches(item, every=False)

    def _with_topics(self, item: _Told) -> _Told:
        topics = self.by_words(item)
        if item.said:
            topics = tuple(self.editor.topics(item, topics, self.candidates(item)))
        return replace(item, topics=topics) if topics != item.topics else item

    def evidence(self, item: Item | Flash) -> dict[str, Evidence]:
        """What speaks for and against each topic that a word of it may make."""
        weighed = self._weighed(item, every=True)
        return {topic: found for topic, found in weighed.evidence.items() if _may_make(weighed.words[topic])}

    def _matches(self, item: Item | Flash, *, every: bool) -> tuple[TopicMatch, ...]:
        text, found, scores, told = self._weighed(item, every=every)
        chances = {topic: self._probability(topic, told[topic], found[topic]) for topic in scores}
        taken = [
            topic for topic, chance in chances.items() if every or chance >= self.fitted[topic].threshold
        ]
        taken.sort(key=lambda topic: (-chances[topic], -scores[topic], self._order[topic]))
        return tuple(_match(topic, scores[topic], chances[topic], found[topic], text) for topic in taken)

    def _weighed(self, item: Item | Flash, *, every: bool) -> _Weighed:
        """Without those that cannot become topics, if not ``every``."""
        text, pieces = text_of(item, self._weights)
        found = self._words(text, pieces)
        weights = {
            topic: self._weight(words, text)
            for topic, words in found.items()
            if every or _most(words) >= self._least[topic]
        }
        scores = {
            topic: score
            for topic in weights
            if (score := self._score(topic, weights)) >= self._least[topic] or every
        }
        return _Weighed(text, found, scores, self._evidence(scores, weights))

    def _evidence(self, scores: Mapping[str, float], weights: Mapping[str, _Weight]) -> dict[str, Evidence]:
        """What topics weigh and stand beside; one that yields stands there with all its weight."""
        if not scores:
            return {}
        enough = self._weights.threshold
        standing = [weight.whole for weight in weights.values() if weight.whole >= enough]
        if not standing:
            return {topic: evidence(score / enough, 0.0, 0) for topic, score in scores.items()}
        second, first = sorted((0.0, *standing))[-2:]
        found = {}
        for topic, score in scores.items():
            own = weights[topic].whole
            beside = second if own == first else first
            found[topic] = evidence(score / enough, beside / enough, len(standing) - (own >= enough))
        return found

    def _probability(self, topic: str, told: Evidence, words: Sequence[_Word]) -> float:
        """0 where no word may make the topic alone."""
        return probability(told, self.fitted[topic]) if _may_make(words) else 0.0

    def _words(self, text: str, pieces: Iterable[Piece]) -> dict[str, list[_Word]]:
        """The words of each topic, in reading order."""
        words: dict[str, list[_Word]] = defaultdict(list)
        remaining = iter(pieces)
        part = next(remaining)
        for start, end, topic, share, subject, alone in self._lexicon.find(text):
            while start >= part.end:
                part = next(remaining)
            weight = part.weight if subject and part.place in _FIRM else part.weight * share
            may = alone or (part.place is Place.SUBJECT and weight == part.weight)
            words[topic].append((start, end, weight, part, may))
        for parent, children in self._parents.items():
            if several := self._several(words[child] for child in children if child in words):
                words[parent] = sorted([*words[parent], *several])
        return words

    def _several(self, topics: Iterable[Sequence[_Word]]) -> list[_Word]:
        """Where several of these topics are named in one part: a hint from the second on."""
        named: dict[Place, list[_Word]] = defaultdict(list)
        for words in topics:
            for first in {word[3].place: word for word in reversed(words)}.values():
                named[first[3].place].append(first)
        return [
            (start, end, part.weight * self._weights.hint, part, True)
            for words in named.values()
            for start, end, _, part, _ in sorted(words)[1:]
        ]

    def _weight(self, words: Sequence[_Word], text: str) -> _Weight:
        if len(words) == 1:
            _, _, weight, part, _ = words[0]
            weight = min(weight, part.weight * self._weights.most)
            firm = weight if part.place in _FIRM else 0.0
            return _Weight(firm, weight - firm, weight)
        firm = loose = 0.0
        for part, group in groupby(words, key=itemgetter(3)):
            weight = min(self._mentions(list(group), text), part.weight * self._weights.most)
            if part.place in _FIRM:
                firm += weight
            else:
                loose += weight
        return _Weight(firm, loose, firm + loose)

    def _mentions(self, words: Sequence[_Word], text: str) -> float:
        """What a topic's words in one part weigh: side by side as one, a repeated one less each time."""
        if len(words) == 1:
            return words[0][2]
        weights: list[float] = []
        times: dict[str, int] = {}
        before = -1
        for start, end, full, _, _ in words:
            term = text[start:end].lower()
            time = times[term] = times.get(term, -1) + 1
            weight = full * self._weights.again**time
            if before >= 0 and not text[before:start].strip(_SIDE_BY_SIDE):
                weights[-1] = max(weights[-1], weight)
            else:
                weights.append(weight)
            before = end
        return sum(weights)

    def _score(self, topic: str, weights: Mapping[str, _Weight]) -> float:
        own = weights[topic]
        for other in self._yields[topic]:
            if other in weights and weights[other].whole >= max(self.threshold, own.whole):
                return own.firm + own.loose * self._weights.yielding
        return own.whole


def _may_make(words: Sequence[_Word]) -> bool:
    """Whether any of the words may make the topic alone."""
    return words[0][4] or any(word[4] for word in words)


def _most(words: Iterable[_Word]) -> float:
    """What the words cannot weigh more than."""
    return sum([weight for _, _, weight, _, _ in words])


def _match(topic: str, score: float, chance: float, words: Sequence[_Word], text: str) -> TopicMatch:
    start, end, *_ = max(words, key=itemgetter(2))
    return TopicMatch(
        slug=topic,
        matched=text[start:end],
        score=round(score, 2),
        probability=chance and max(round(chance, 3), _LEAST),
        reasons=_reasons(words, text),
    )


def _reasons(words: Iterable[_Word], text: str) -> tuple[Reason, ...]:
    terms: dict[tuple[Place, str], list[str]] = defaultdict(list)
    for start, end, _, part, _ in words:
        term = text[start:end]
        terms[part.place, term.lower()].append(term)
    return tuple(
        Reason(term=as_written[0], place=place, count=len(as_written))
        for (place, _), as_written in terms.items()
    )

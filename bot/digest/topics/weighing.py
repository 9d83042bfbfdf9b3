"""What the words of each topic weigh in an item, and what else weighs enough to be a topic of it.

Each found word counts by the place it stands in. One that the item only mentions counts as a hint, and
makes no topic alone; so does one that a word of another topic takes up: 边缘推理芯片 are about the chip.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from bot.digest.topics.lexicon import Hit, Lexicon
from bot.digest.topics.mentions import is_means, mentioned
from bot.digest.topics.pieces import Piece, text_of
from bot.digest.topics.probability import Evidence, evidence
from bot.digest.topics.vocabulary import Topics
from bot.model import Flash, Item, Place

#: Words with nothing but these between them stand side by side and say one thing: "Adreno GPU".
_SIDE_BY_SIDE = " -_/+(（"
#: What stands there is what the item is about, whatever else it names: nothing of it is yielded.
_FIRM = (Place.TITLE, Place.TAGS, Place.SUBJECT)

#: Where no other topic is named at all, so many words in the body say what it is about.
_OFTEN = 3

#: A word of a topic: where it begins and ends, what it weighs there, the part it stands in, and whether
#: it may make the topic alone.
Word = tuple[int, int, float, Piece, bool]


class _Weight(NamedTuple):
    """What the words of a topic count if it yields nothing, and where it may yield."""

    firm: float
    loose: float
    whole: float  #: both; kept, for it is asked often
    makes: bool  #: whether any of them may make the topic alone


class Weighed(NamedTuple):
    """An item as text, the words of topics in it, and what they weigh."""

    text: str
    words: Mapping[str, Sequence[Word]]
    scores: Mapping[str, float]
    evidence: Mapping[str, Evidence]


class Weigher:
    """Weighs the words of topics. Built once; safe to use from several threads."""

    def __init__(self, topics: Topics, least: Mapping[str, float]) -> None:
        """``least`` is what the words of a topic weigh at least where it becomes one of an item."""
        self._yields = {slug: topic.yields for slug, topic in topics.topics.items()}
        self._parents = {slug: topic.several_of for slug, topic in topics.topics.items() if topic.several_of}
        self._not_by_means = frozenset(slug for slug, topic in topics.topics.items() if not topic.by_means)
        self._weights = topics.weights
        self._least = least
        self._topics = topics

    @cached_property
    def _lexicon(self) -> Lexicon:
        """Not made before the first text comes: most commands read none."""
        return Lexicon(self._topics)

    def weighed(self, item: Item | Flash, *, every: bool) -> Weighed:
        """Without those that cannot become topics, if not ``every``."""
        text, pieces = text_of(item, self._weights)
        found = self._words(text, pieces)
        weights = {
            topic: self._weight(words, text)
            for topic, words in found.items()
            if every or self._may_be_enough(topic, words, text)
        }
        scores = {topic: self._score(topic, weights) for topic in weights}
        if len(found) == 1:
            scores = {
                topic: max(score, self._spoken_of(found[topic], text)) for topic, score in scores.items()
            }
        scores = {topic: score for topic, score in scores.items() if every or score >= self._least[topic]}
        return Weighed(text, found, scores, self._evidence(scores, weights))

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

    def _words(self, text: str, pieces: Iterable[Piece]) -> dict[str, list[Word]]:
        """The words of each topic, in reading order."""
        words: dict[str, list[Word]] = defaultdict(list)
        hits, hint, not_by_means = self._lexicon.find(text), self._weights.hint, self._not_by_means
        weak = mentioned(text, hits) | _taken_up(hits)
        remaining, ends = iter(pieces), 0
        for place, (start, end, topic, share, subject, alone) in enumerate(hits):
            if start >= ends:
                part = next(piece for piece in remaining if start < piece.end)
                (where, ends, full), firm = part, part.place in _FIRM
            if topic in not_by_means and is_means(text, start):
                continue
            weight = full if subject and firm else full * share
            may = alone or (where is Place.SUBJECT and weight == full)
            if place in weak:
                weight, may = weight * hint, False
            words[topic].append((start, end, weight, part, may))
        for parent, children in self._parents.items():
            if several := _several(words[child] for child in children if child in words):
                words[parent] = sorted([*words[parent], *several])
        return words

    def _weight(self, words: Sequence[Word], text: str) -> _Weight:
        if len(words) == 1:
            _, _, weight, part, _ = words[0]
            weight = min(weight, part.weight * self._weights.most)
            firm = weight if part.place in _FIRM else 0.0
            return _Weight(firm, weight - firm, weight, words[0][4])
        firm = loose = 0.0
        for part, together in _by_part(words):
            weight = min(self._mentions(together, text), part.weight * self._weights.most)
            if part.place in _FIRM:
                firm += weight
            else:
                loose += weight
        return _Weight(firm, loose, firm + loose, may_make(words))

    def _mentions(self, words: Sequence[Word], text: str) -> float:
        """What a topic's words in one part weigh: side by side as one, a repeated one less each time."""
        if len(words) == 1:
            return words[0][2]
        together = last = 0.0
        times: dict[str, int] = {}
        before = -1
        for start, end, full, _, _ in words:
            term = text[start:end].lower()
            time = times[term] = times.get(term, -1) + 1
            weight = full * self._weights.again**time if time else full
            if before >= 0 and (start <= before or not text[before:start].strip(_SIDE_BY_SIDE)):
                last = max(last, weight)
            else:
                together, last = together + last, weight
            before = end
        return together + last

    def _score(self, topic: str, weights: Mapping[str, _Weight]) -> float:
        own = weights[topic]
        for other in self._yields[topic]:
            heavier = weights.get(other)
            if heavier and heavier.makes and heavier.whole >= max(self._weights.threshold, own.whole):
                return own.firm + own.loose * self._weights.yielding
        return own.whole

    def _may_be_enough(self, topic: str, words: Sequence[Word], text: str) -> bool:
        """Whether what the words cannot weigh more than is enough for the topic."""
        least = self._least[topic]
        return sum(map(_weight_of, words)) >= least or self._spoken_of(words, text) >= least

    def _spoken_of(self, words: Sequence[Word], text: str) -> float:
        """What several words of the only topic weigh that the body has again and again; 0 for few."""
        if len(words) < _OFTEN or words[0][3].place is not Place.BODY or not may_make(words):
            return 0.0
        several = len({text[start:end].lower() for start, end, *_ in words}) > 1
        return self._weights.threshold if several else 0.0


_weight_of = itemgetter(2)


def _by_part(words: Sequence[Word]) -> Iterator[tuple[Piece, Sequence[Word]]]:
    """The words in the parts they stand in; each part is one object, which is known faster than compared."""
    first, part = 0, words[0][3]
    for place, word in enumerate(words):
        if word[3] is not part:
            yield part, words[first:place]
            first, part = place, word[3]
    yield part, words[first:]


def may_make(words: Sequence[Word]) -> bool:
    """Whether any of the words may make the topic alone."""
    return words[0][4] or any(word[4] for word in words)


def _taken_up(hits: Sequence[Hit]) -> set[int]:
    """The places of the words that go over into a longer one, of another topic, that ends behind them."""
    return {
        place
        for place, (one, behind) in enumerate(pairwise(hits))
        if behind[0] < one[1] and _is_taken_up(hits, place)
    }


def _is_taken_up(hits: Sequence[Hit], place: int) -> bool:
    start, end, topic, *_ = hits[place]
    for other in range(place + 1, len(hits)):
        if hits[other][0] >= end:
            return False
        if hits[other][0] > start and hits[other][1] > end and hits[other][2] != topic:
            return True
    return False


def _several(topics: Iterable[Sequence[Word]]) -> list[Word]:
    """Where several of these topics are named in one part: each is a word of their parent.

    In the body only from the second on, for what it names are mostly mentions.
    """
    named: dict[Place, list[Word]] = defaultdict(list)
    for words in topics:
        for first in {word[3].place: word for word in reversed(words)}.values():
            named[first[3].place].append(first)
    return [
        (start, end, part.weight, part, True)
        for place, words in named.items()
        if len(words) > 1
        for start, end, _, part, _ in sorted(words)[place is Place.BODY :]
    ]

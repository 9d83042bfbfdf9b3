"""Which topics an item is about, and by which words.

Each found word counts by the place it stands in: the title says what an item is about, the
first sentence nearly so, and a word further down may be a passing mention. A topic yields to
one that weighs more and of which it is usually but a part: every phone chip has a CPU. A topic
whose words together reach the threshold is the item's; ``config/topics.yml`` tells the rest.
What the editor says of an item's topics counts before all words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from typing import TypeVar

from bot.digest.topics.editors_word import EditorsWord
from bot.digest.topics.probability import UNFITTED, Evidence, probability
from bot.digest.topics.vocabulary import Topics
from bot.digest.topics.weighing import Weigher, Word, may_make
from bot.model import Flash, Issue, Item, Place, Reason, TopicMatch

#: What is not impossible is told as at least this probable.
_LEAST = 0.001


_Told = TypeVar("_Told", Item, Flash)


class Classifier:
    """Gives items their topics. Built once; safe to use from several threads."""

    def __init__(self, topics: Topics) -> None:
        self._threshold = topics.weights.threshold
        self.fitted = {slug: topic.fitted or UNFITTED for slug, topic in topics.topics.items()}
        least = {
            slug: min(self._threshold, fitted.least_weight * self._threshold)
            for slug, fitted in self.fitted.items()
        }
        self._weigher = Weigher(topics, least)
        self._order = {slug: place for place, slug in enumerate(topics)}
        self.editor = EditorsWord(topics)

    @property
    def threshold(self) -> float:
        """What a topic's words must weigh together."""
        return self._threshold

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
        weighed = self._weigher.weighed(item, every=True)
        return {topic: found for topic, found in weighed.evidence.items() if may_make(weighed.words[topic])}

    def _matches(self, item: Item | Flash, *, every: bool) -> tuple[TopicMatch, ...]:
        text, found, scores, told = self._weigher.weighed(item, every=every)
        chances = {topic: self._probability(topic, told[topic], found[topic]) for topic in scores}
        taken = [
            topic for topic, chance in chances.items() if every or chance >= self.fitted[topic].threshold
        ]
        taken.sort(key=lambda topic: (-chances[topic], -scores[topic], self._order[topic]))
        return tuple(_match(topic, scores[topic], chances[topic], found[topic], text) for topic in taken)

    def _probability(self, topic: str, told: Evidence, words: Sequence[Word]) -> float:
        """0 where no word may make the topic alone."""
        return probability(told, self.fitted[topic]) if may_make(words) else 0.0


def _match(topic: str, score: float, chance: float, words: Sequence[Word], text: str) -> TopicMatch:
    start, end, *_ = max(words, key=itemgetter(2))
    return TopicMatch(
        slug=topic,
        matched=text[start:end],
        score=round(score, 2),
        probability=chance and max(round(chance, 3), _LEAST),
        reasons=_reasons(words, text),
    )


def _reasons(words: Iterable[Word], text: str) -> tuple[Reason, ...]:
    told: dict[tuple[int, str], tuple[str, Place, int]] = {}
    for start, end, _, part, _ in words:
        term = text[start:end]
        key = part.end, term.lower()  # its end tells a part as well as its place, and is found much faster
        first, place, times = told.get(key) or (term, part.place, 0)
        told[key] = first, place, times + 1
    return tuple([_reason(*one) for one in told.values()])


@lru_cache(4096)
def _reason(term: str, place: Place, count: int) -> Reason:
    """A reason; the same ones speak for many items, and are made once."""
    return Reason(term=term, place=place, count=count)

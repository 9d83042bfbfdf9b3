"""What is learned of topics from readings: how probable each is, given what its words weigh.

A regularised logistic regression over all topics at once. Each weight is a common one, learned from every
topic, and what a topic adds of its own; that is held small, for most topics have few readings.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import chain
from typing import Any, Protocol

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.probability import UNFITTED, Evidence, Fitted, probability
from bot.digest.topics.vocabulary import Topics
from bot.editors.topics.answers import Answer, standing
from bot.editors.topics.evaluation import pairs_of
from bot.editors.topics.readings import Reading
from bot.errors import BadInput
from bot.model import Issue

#: The inverse of how much weights are held small, and how much of it is a topic's own.
_FREEDOM, _OWN = 1.0, 0.3
#: A weight that words do not have less of: more of them never make a topic less probable.
_LEAST_WEIGHT = 0.1
_DIGITS = 2
#: The thresholds that are tried, and the parts that the issues are divided into to try them.
_THRESHOLDS = tuple(share / 100 for share in range(30, 61, 2))
_PARTS = 5
#: What F1 differs by where it may be chance.
_ALIKE = 0.003

Pairs = Sequence[tuple[Reading, Issue]]


class _Model(Protocol):
    coef_: Any
    intercept_: Any

    def fit(self, rows: Sequence[Sequence[float]], right: Sequence[bool]) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A topic that a word of an item speaks for, and whether the reader gave it."""

    issue: str
    topic: str
    evidence: Evidence
    right: bool


def examples(pairs: Iterable[tuple[Reading, Issue]], classifier: Classifier) -> list[Example]:
    """All that readings say of topics that words speak for."""
    return [
        Example(issue=reading.file, topic=topic, evidence=evidence, right=topic in wanted.topics)
        for reading, issue in pairs
        for wanted, found in pairs_of(reading, issue)
        if wanted and found
        for topic, evidence in classifier.evidence(found).items()
    ]


def examples_of(answers: Iterable[Answer], classifier: Classifier) -> Iterator[Example]:
    """What they say of topics that a word speaks for, as examples to learn from."""
    for one in standing(answers):
        found = classifier.evidence(one.thing).get(one.topic)
        if found is not None:
            yield Example(issue=f"{one.issue}.md", topic=one.topic, evidence=found, right=bool(one.yes))


def fit(found: Sequence[Example], topics: Iterable[str]) -> dict[str, Fitted]:
    """What is learned of each topic; one without examples gets the common weights.

    Raises BadInput where nothing can be learned, or scikit-learn is not here.
    """
    slugs = tuple(topics)
    if not _differ(found):
        raise BadInput("nothing can be learned: topics given and not given are needed", where="readings")
    threshold = _threshold(found, slugs)
    return {slug: one.model_copy(update={"threshold": threshold}) for slug, one in _fit(found, slugs).items()}


def without_each(pairs: Pairs, topics: Topics, found: Sequence[Example]) -> Iterator[tuple[Reading, Issue]]:
    """Each reading, and its issue with topics by what the readings of all other issues teach, if anything."""
    for reading, issue, classifier in taught_by_others(pairs, topics, found):
        yield reading, classifier.classify(issue)


def taught_by_others(
    pairs: Pairs, topics: Topics, found: Sequence[Example]
) -> Iterator[tuple[Reading, Issue, Classifier]]:
    """Each reading, its issue, and what classifies that by what is known of all others, if anything is."""
    for reading, issue in pairs:
        others = [example for example in found if example.issue != reading.file]
        fitted = fit(others, topics) if _differ(others) else {}
        yield reading, issue, Classifier(with_fitted(topics, fitted))


def with_fitted(topics: Topics, fitted: Mapping[str, Fitted]) -> Topics:
    """The topics with what was learned of them."""
    known = {
        slug: topic.model_copy(update={"fitted": fitted.get(slug)}) for slug, topic in topics.topics.items()
    }
    return topics.model_copy(update={"topics": known})


def _differ(found: Sequence[Example]) -> bool:
    """Whether there is something to tell apart: topics that the reader gave, and some not given."""
    return len({example.right for example in found}) > 1


def _threshold(found: Sequence[Example], slugs: Sequence[str]) -> float:
    """The middle one of those that are best, or nearly, for issues that were not learned from."""
    issues = sorted({example.issue for example in found})
    judged: list[tuple[float, bool]] = []
    for part in range(min(_PARTS, len(issues))):
        apart = set(issues[part::_PARTS])
        learned_from = [example for example in found if example.issue not in apart]
        if not _differ(learned_from):
            return UNFITTED.threshold
        fitted = _fit(learned_from, slugs)
        judged += [
            (probability(example.evidence, fitted[example.topic]), example.right)
            for example in found
            if example.issue in apart
        ]
    scores = {least: _f1(judged, least) for least in _THRESHOLDS}
    good = [least for least, score in scores.items() if score >= max(scores.values()) - _ALIKE]
    return good[len(good) // 2]


def _f1(judged: Iterable[tuple[float, bool]], least: float) -> float:
    right = wrong = 0
    for chance, wanted in judged:
        given = chance >= least
        right += given and wanted
        wrong += given != wanted
    return 2 * right / (2 * right + wrong) if right else 0.0


def _fit(found: Sequence[Example], slugs: Sequence[str]) -> dict[str, Fitted]:
    model = _regression()
    rows = [_row(example, slugs) for example in found]
    model.fit(rows, [example.right for example in found])
    weights = [float(weight) for weight in model.coef_[0]]
    size = len(_values(found[0].evidence))
    common = [weights[0] + float(model.intercept_[0]), *weights[1:size]]
    fitted = {}
    for place, slug in enumerate(slugs, start=1):
        own = weights[place * size : (place + 1) * size]
        bias, weight, beside, others = (
            round(shared + _OWN * its, _DIGITS) for shared, its in zip(common, own, strict=True)
        )
        fitted[slug] = Fitted(bias=bias, weight=max(weight, _LEAST_WEIGHT), beside=beside, others=others)
    return fitted


def _row(example: Example, slugs: Sequence[str]) -> list[float]:
    """The values for all topics together, then those of the example's own topic in its place."""
    values = _values(example.evidence)
    own = ([_OWN * value if slug == example.topic else 0.0 for value in values] for slug in slugs)
    return list(chain(values, *own))


def _values(evidence: Evidence) -> tuple[float, ...]:
    return (1.0, *evidence)


def _regression() -> _Model:
    try:
        linear = import_module("sklearn.linear_model")
    except ImportError:
        install = f"{sys.executable} -m pip install scikit-learn"
        raise BadInput(f"fitting needs scikit-learn, which is not installed: {install}") from None
    made: _Model = linear.LogisticRegression(C=_FREEDOM, max_iter=3000)
    return made

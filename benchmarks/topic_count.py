"""What an item costs with all topics of the digest, in times of what it costs with five."""

from collections.abc import Iterable, Iterator

from benchmarks.clock import best_seconds
from benchmarks.corpora import Corpus
from benchmarks.effort import Effort
from benchmarks.measured import Measured, Unit
from benchmarks.stages import Stages
from bot.digest.topics.vocabulary import Topic, Topics
from bot.model import Issue

_FEW = 5
_WORDS = ("terms", "hints", "subjects", "exclude")
_OTHERS = ("yields", "several_of")
_MICRO = 1_000_000
#: Of parse + classify, which is what an item costs. To classify alone costs more the more is found.
_GOAL = 1.25


def topic_count(corpus: Corpus, effort: Effort) -> Iterator[Measured]:
    """The issues read with the first five topics of the file, and with the whole file."""
    every = corpus.topics
    few = _first(every, _FEW)
    group = f"{_described(every)}, against {_described(few)}"
    some, stages = (Stages(corpus.profile, topics) for topics in (few, every))
    parsed = stages.parse(corpus.sources)
    seconds = best_seconds(
        {
            "parse": lambda: stages.parse(corpus.sources),
            "few": lambda: some.classify(parsed),
            "every": lambda: stages.classify(parsed),
        },
        effort.rounds,
    )
    items = sum(len(issue.items) + len(issue.flash) for issue in parsed)
    parsing, with_few, with_every = (seconds[step] for step in ("parse", "few", "every"))
    found = _given(stages.classify(parsed)) / max(_given(some.classify(parsed)), 1)
    micro = _MICRO / max(items, 1)
    yield Measured(group=group, what="classify by five", value=with_few * micro, unit=Unit.AN_ITEM)
    yield Measured(group=group, what="classify by all", value=with_every * micro, unit=Unit.AN_ITEM)
    yield Measured(group=group, what="topics given", value=found, unit=Unit.FIVE)
    yield Measured(group=group, what="classify", value=with_every / with_few, unit=Unit.FIVE)
    both = (parsing + with_every) / (parsing + with_few)
    yield Measured(group=group, what="parse + classify", value=both, unit=Unit.FIVE, goal=_GOAL)


def _given(issues: Iterable[Issue]) -> int:
    """How many topics the items have together."""
    topics = [one.topics for issue in issues for ones in (issue.items, issue.flash) for one in ones]
    return sum(map(len, topics))


def _first(topics: Topics, count: int) -> Topics:
    """The first topics of a file, as a file of their own."""
    kept = dict(list(topics.topics.items())[:count])
    return topics.model_copy(update={"topics": {slug: _among(topic, kept) for slug, topic in kept.items()}})


def _among(topic: Topic, known: Iterable[str]) -> Topic:
    """The topic without those that it names and that are not known."""
    slugs = frozenset(known)
    return topic.model_copy(
        update={key: tuple(slug for slug in getattr(topic, key) if slug in slugs) for key in _OTHERS}
    )


def _described(topics: Topics) -> str:
    words = sum(len(getattr(topic, key)) for topic in topics.topics.values() for key in _WORDS)
    return f"{len(topics.topics)} topics with {words} words"

"""How well the topics of issues agree with those that a careful reader gave."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.editors.topics.readings import FlashReading, ItemReading, Reading
from bot.model import Flash, Issue, Item, TopicMatch, plain

Candidates = Callable[[Item | Flash], Iterable[TopicMatch]]
T = TypeVar("T")
_Read = TypeVar("_Read", FlashReading, ItemReading)
_Found = TypeVar("_Found", Flash, Item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How often a topic was given rightly, given to what is not about it, and not given."""

    right: int = 0
    surplus: int = 0
    missed: int = 0

    @property
    def support(self) -> int:
        """How often the reader gave it."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """How many of those given are right; 1 where none was given."""
        given = self.right + self.surplus
        return self.right / given if given else 1.0

    @property
    def recall(self) -> float:
        """How many of the reader's were given; 1 where the reader gave none."""
        return self.right / self.support if self.support else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two; 1 where there was nothing to give and nothing was given."""
        all_three = 2 * self.right + self.surplus + self.missed
        return 2 * self.right / all_three if all_three else 1.0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            right=self.right + other.right,
            surplus=self.surplus + other.surplus,
            missed=self.missed + other.missed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A topic that only one of the two gave to an item or a flash.

    ``match`` tells what spoke for the topic, for a missed one what little; None if nothing
    did. ``line`` is None for an item of the reader's that the parser did not find.
    """

    file: str
    line: int | None
    name: str
    topic: str
    missed: bool
    match: TopicMatch | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The counts of each topic that anybody gave, and every disagreement in reading order."""

    topics: Mapping[str, Count]
    disagreements: tuple[Disagreement, ...]

    @property
    def total(self) -> Count:
        """All topics together, each decision counting the same: the micro-average."""
        return sum(self.topics.values(), Count())

    @property
    def macro_f1(self) -> float:
        """The mean of the topics' F1, each topic counting the same; 1 where there is none."""
        found = [count.f1 for count in self.topics.values()]
        return sum(found) / len(found) if found else 1.0


def evaluate(pairs: Iterable[tuple[Reading, Issue]], candidates: Candidates) -> Evaluation:
    """Compare readings with the issues as the bot understands them."""
    counts: dict[str, Count] = defaultdict(Count)
    disagreements: list[Disagreement] = []
    for reading, issue in pairs:
        for wanted, found in pairs_of(reading, issue):
            given = {match.slug for match in found.topics} if found else set()
            expected = set(wanted.topics) if wanted else set()
            for topic in sorted(given | expected):
                counts[topic] += _count(topic in expected, topic in given)
            if given != expected:
                disagreements += _disagreements(reading.file, wanted, found, candidates)
    return Evaluation(topics=dict(counts), disagreements=tuple(disagreements))


def _count(expected: bool, given: bool) -> Count:  # noqa: FBT001  # what happened, not a switch
    return Count(right=expected and given, surplus=given and not expected, missed=expected and not given)


def _disagreements(
    file: str,
    wanted: FlashReading | ItemReading | None,
    found: Flash | Item | None,
    candidates: Candidates,
) -> Iterator[Disagreement]:
    given = {match.slug for match in found.topics} if found else set()
    expected = set(wanted.topics) if wanted else set()
    matches = {match.slug: match for match in candidates(found)} if found else {}
    for topic in sorted(given ^ expected):
        yield Disagreement(
            file=file,
            line=found.line if found else None,
            name=_name(found or wanted),
            topic=topic,
            missed=topic in expected,
            match=matches.get(topic),
        )


def _name(thing: Flash | Item | FlashReading | ItemReading | None) -> str:
    match thing:
        case Item(title=None):
            return plain(thing.summary).split("\n")[0]
        case Flash():
            return f"{thing.subject or ''} {plain(thing.text)}".strip()
        case FlashReading():
            return f"{thing.subject or ''} {thing.text_start}".strip()
        case Item() | ItemReading():
            return thing.title or "—"
    return "—"


def pairs_of(
    reading: Reading, issue: Issue
) -> Iterator[tuple[FlashReading | ItemReading | None, Flash | Item | None]]:
    """What the reader found beside what the bot found; None if the other found nothing.

    What the bot found and a reader of some items did not look at is left out.
    """
    for wanted, found in _all_pairs(reading, issue):
        if reading.whole or wanted:
            yield wanted, found


def _all_pairs(
    reading: Reading, issue: Issue
) -> Iterator[tuple[FlashReading | ItemReading | None, Flash | Item | None]]:
    yield from _matched(
        [(number, flash) for number, flash in enumerate(reading.flash)],
        [(number, flash) for number, flash in enumerate(issue.flash)],
        lambda wanted, found: plain(found.text).startswith(wanted.text_start),
    )
    yield from _matched(
        list(_placed((part.slug, item) for part in reading.sections for item in part.items)),
        list(_placed((part.slug, item) for part in issue.sections for item in part.items)),
        lambda wanted, found: wanted.title == found.title,
    )


def _placed(items: Iterable[tuple[str, T]]) -> Iterator[tuple[tuple[str, int], T]]:
    """Each item with its section and its number there."""
    numbers: Counter[str] = Counter()
    for slug, item in items:
        yield (slug, numbers[slug]), item
        numbers[slug] += 1


def _matched(
    wanted: Sequence[tuple[object, _Read]],
    found: Sequence[tuple[object, _Found]],
    same: Callable[[_Read, _Found], bool],
) -> Iterator[tuple[_Read | None, _Found | None]]:
    """Each pair that is the same; then, of what is left, those that stand at the same place."""
    left = list(found)
    unmatched = []
    for place, read in wanted:
        twin = next((thing for thing in left if same(read, thing[1])), None)
        if twin is None:
            unmatched.append((place, read))
        else:
            left.remove(twin)
            yield read, twin[1]
    by_place = dict(left)
    for place, read in unmatched:
        yield read, by_place.pop(place, None)
    for thing in by_place.values():
        yield None, thing

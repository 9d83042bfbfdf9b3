"""What an archive writes about and no topic knows: terms that its editors might add."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.editors.topics.phrases import occurrences
from bot.model import Issue, plain

#: A phrase stands in at least so many items, and in at most this share of them: what stands
#: everywhere parts nothing.
_LEAST = 3
_MOST = 0.12
_IN_A_TITLE = 2
_WITHOUT_TOPIC = 1
#: Two characters are mostly a common word.
_SHORT = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A term that no topic covers: how often, in how many items and issues, and a title with it."""

    term: str
    count: int
    items: int
    issues: int
    without_topic: int  #: so many of the items have no topic at all
    example: str


@dataclass(frozen=True, slots=True)
class _Passage:
    """An item or a flash as the search for terms sees it."""

    issue: str
    title: str
    text: str
    has_topic: bool


def suggest(
    issues: Iterable[Issue], uncovered: Callable[[str], str], *, limit: int
) -> tuple[Suggestion, ...]:
    """The terms that promise most, best first.

    They are frequent but stand in few items, in titles rather than deep in a text, and in items
    without any topic. ``uncovered`` takes from a text what the topics know of it.
    """
    passages = [passage for issue in issues for passage in _passages(issue)]
    found = occurrences([uncovered(f"{passage.title}\n{passage.text}") for passage in passages], least=_LEAST)
    most = max(_LEAST, _MOST * len(passages))
    ranked = sorted(
        (-_promise(term, where, passages), term) for term, where in found.items() if len(where) <= most
    )
    return tuple(_suggestion(term, found[term], passages) for _, term in ranked[:limit])


def _promise(term: str, where: Counter[int], passages: Sequence[_Passage]) -> float:
    titles = sum(term in passages[number].title for number in where)
    without = sum(not passages[number].has_topic for number in where)
    weight = len(where) + _IN_A_TITLE * titles + _WITHOUT_TOPIC * without
    rarity = math.log(1 + len(passages) / len(where))
    told_at_length = math.sqrt(where.total() / len(where))
    return weight * rarity * told_at_length * (_SHORT if len(term) == 2 else 1.0)


def _suggestion(term: str, where: Counter[int], passages: Sequence[_Passage]) -> Suggestion:
    items = [passages[number] for number in where]
    named = next((item for item in items if term in item.title), items[0])
    return Suggestion(
        term=term,
        count=where.total(),
        items=len(items),
        issues=len({item.issue for item in items}),
        without_topic=sum(not item.has_topic for item in items),
        example=named.title or named.text.split("\n")[0],
    )


def _passages(issue: Issue) -> Iterator[_Passage]:
    for flash in issue.flash:
        yield _Passage(issue.slug, flash.subject or "", plain(flash.text), bool(flash.topics))
    for item in issue.items:
        yield _Passage(issue.slug, item.title or "", plain(item.summary), bool(item.topics))

"""What issues linked to before: the pages and papers of their items, and where."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bot.editors.linter.pages import paper, paper_of_tag, same_page
from bot.model import Issue, Item
from bot.words.natural_order import numbers_of

_NOTICE = 2  # earlier issues that link to the same


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When an issue came out: its day, and the numbers in its name."""

    day: date | None
    numbers: tuple[int, ...]

    def is_before(self, other: "When") -> bool:
        """By their days; where one has none, by their numbers."""
        if self.day and other.day:
            return self.day < other.day
        return self.numbers < other.numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An item that links to something, the papers it is about, and when its issue came out."""

    path: str
    line: int
    papers: frozenset[str]
    when: When

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class SeenIndex:
    """The first mention of each page and paper in each issue."""

    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def before(self, issue: Issue, item: Item) -> Mention | None:
        """Where an earlier issue links to what the item links to.

        None if it is news, or one of the notices that issue after issue has.
        """
        now = when(issue)
        earlier = [one for one in _mentions(item, self.mentions) if one.when.is_before(now)]
        if len({one.path for one in earlier}) >= _NOTICE:
            return None
        return min(earlier, key=lambda one: (one.when.day or date.max, one.when.numbers), default=None)


def index_of(issues: Iterable[tuple[str, Issue]]) -> SeenIndex:
    """What the issues hold, each with the path it is named by."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for path, issue in issues:
        own: dict[str, Mention] = {}
        for item in issue.items:
            remember(item, path, when(issue), own)
        for key, mention in own.items():
            mentions[key].append(mention)
    return SeenIndex(MappingProxyType({key: tuple(found) for key, found in mentions.items()}))


def when(issue: Issue) -> When:
    """When an issue came out."""
    return When(day=issue.date, numbers=numbers_of(issue.slug))


def first_mention(item: Item, mentions: Mapping[str, Mention]) -> Mention | None:
    """The mention of a paper of the item or of its page."""
    alone = {key: (mentions[key],) for key in _keys(item) if key in mentions}
    return next(_mentions(item, alone), None)


def remember(item: Item, path: str, out: When, mentions: dict[str, Mention]) -> None:
    """Add what an item links to, unless it did so above."""
    papers = _papers(item)
    for key in _keys(item):
        mentions.setdefault(key, Mention(path=path, line=item.line, papers=papers, when=out))


def _mentions(item: Item, mentions: Mapping[str, tuple[Mention, ...]]) -> Iterator[Mention]:
    """The mentions of what an item links to, papers first. One page may be about several papers."""
    papers = _papers(item)
    for key in _keys(item):
        for mention in mentions.get(key, ()):
            if key in papers or not (papers and mention.papers):
                yield mention


def _keys(item: Item) -> tuple[str, ...]:
    """What an item is about; nothing for text that has no title."""
    if item.title is None:
        return ()
    return tuple(filter(None, (*sorted(_papers(item)), _page(item))))


def _papers(item: Item) -> frozenset[str]:
    links = (item.url or "", *(link.url for link in item.links))
    return frozenset(filter(None, (*map(paper, links), *map(paper_of_tag, item.tags))))


def _page(item: Item) -> str:
    """The page that an item is about: its main address, or its only one.

    Further links are not it: many items have a repository or a home page in common.
    """
    links = [link.url for link in item.links]
    main = item.url or (links[0] if len(links) == 1 else None)
    own = main is None or main.removeprefix("./").startswith("#")  # a place in the issue itself
    return "" if main is None or own or paper(main) else same_page(main)

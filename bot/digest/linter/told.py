"""What issues have told already: the pages and papers of their items, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bot.digest.linter.pages import paper, paper_of_tag, same_page
from bot.model import Issue, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where an item stands that told something, the papers it is about, and the day of its issue."""

    path: str
    line: int
    papers: frozenset[str]
    day: date | None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Told:
    """The earliest mention of each page and paper."""

    mentions: Mapping[str, Mention] = field(default_factory=lambda: MappingProxyType({}))

    def before(self, day: date | None, item: Item) -> Mention | None:
        """Where an issue before ``day`` told what the item tells; None where it is news."""
        mention = first_mention(item, self.mentions)
        is_earlier = mention and mention.day and day and mention.day < day
        return mention if is_earlier else None


def told(issues: Iterable[tuple[str, Issue]]) -> Told:
    """What the issues hold, each with the path it is named by. One without a date is before none."""
    dated = [(issue.date, path, issue) for path, issue in issues if issue.date]
    mentions: dict[str, Mention] = {}
    for _, path, issue in sorted(dated, key=lambda one: one[:2]):
        for item in issue.items:
            remember(item, path, issue.date, mentions)
    return Told(MappingProxyType(mentions))


def first_mention(item: Item, mentions: Mapping[str, Mention]) -> Mention | None:
    """The mention of a paper of the item or of its page. One page may tell of several papers."""
    papers = _papers(item)
    for key in sorted(papers):
        if key in mentions:
            return mentions[key]
    mention = mentions.get(_page(item))
    return None if mention is None or (papers and mention.papers) else mention


def remember(item: Item, path: str, day: date | None, mentions: dict[str, Mention]) -> None:
    """Add what an item tells, where it is news."""
    papers = _papers(item)
    for key in filter(None, (*sorted(papers), _page(item))):
        mentions.setdefault(key, Mention(path=path, line=item.line, papers=papers, day=day))


def _papers(item: Item) -> frozenset[str]:
    links = (item.url or "", *(link.url for link in item.links))
    return frozenset(filter(None, (*map(paper, links), *map(paper_of_tag, item.tags))))


def _page(item: Item) -> str:
    """The page that an item is about: its main address, or its only one.

    Further links are not it: many items have a repository or a home page in common.
    """
    links = [link.url for link in item.links]
    main = item.url or (links[0] if len(links) == 1 else None)
    return same_page(main) if main and paper(main) is None else ""

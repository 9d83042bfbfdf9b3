"""How well a profile divides issues into sections and items, as a number."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from math import sqrt

from bot.digest.account import letters_in, letters_of
from bot.digest.habits import LevelRole
from bot.digest.parsing.addresses import is_relative
from bot.digest.parsing.items import ItemReader
from bot.digest.parsing.labelled import is_address
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import SectionRows
from bot.digest.parsing.rows import Rows
from bot.digest.parsing.starts import starts_of
from bot.digest.profile import Profile
from bot.editors.profile_inference.sample import Layout, parts_of
from bot.model import Item, LineKind, plain
from bot.words.addresses import ADDRESS

_ADDRESS = re.compile(ADDRESS)

Parts = Sequence[Sequence[SectionRows]]

_ABOVE_ITEMS = (LevelRole.SECTION, LevelRole.GROUP)
_LINK = 20  # letters that a link counts as
_LEAST = 0.1  # that titles count for which all come again


def fit_of(issues: Sequence[Layout], profile: Profile) -> float:
    """How well a profile divides issues into sections and items, doubtful headings weighed too."""
    reached, _ = fit(parts_of(issues, profile), profile, written_in(issues))
    return weighed(reached, profile, issues)


def weighed(reached: float, profile: Profile, issues: Sequence[Layout]) -> float:
    """A fit, less where headings that should stand above items are rather items themselves."""
    rather = max(_linked_headings(profile, issues), _headings_of_one(profile, issues))
    return reached * (1 - rather / 2)


def _linked_headings(profile: Profile, issues: Sequence[Layout]) -> float:
    """The share of links, as items are, among the headings of the level above items that has the most."""
    linked = defaultdict[int, list[bool]](list)
    for heading in (one for issue in issues for one in issue.headings):
        if profile.role_of(heading.level) in _ABOVE_ITEMS:
            linked[heading.level].append(heading.linked)
    return max((sum(found) / len(found) for found in linked.values()), default=0.0)


def _headings_of_one(profile: Profile, issues: Sequence[Layout]) -> float:
    """The share, of the headings right above items, of those that only one issue has, and for one item.

    Where items have headings of their own, or there is one issue alone, that says nothing.
    """
    if len(issues) == 1 or LevelRole.ITEM in profile.levels.values():
        return 0.0
    above = Counter[tuple[int, str]]()
    for number, parts in enumerate(parts_of(issues, profile)):
        for part in parts:
            for item in titled_items([part], profile):
                above[number, (part.heading, *item.groups)[-1]] += 1
    times = Counter(heading for _, heading in above)
    alone = [count == 1 == times[heading] for (_, heading), count in above.items()]
    return sum(alone) / len(alone) if alone else 0.0


def fit(parts: Parts, profile: Profile, written: int) -> tuple[float, int]:
    """How well sections divide into items, from 0 to 1, and into how many.

    Text and links should stand inside items, an item should be a link and have few others, and a
    title that comes again is none, unless it tells of the same thing anew.
    ``written`` is what the issues hold, as :func:`written_in` says.
    A section in which no item begins is text.
    """
    issues = [list(titled_items(issue, profile)) for issue in parts]
    titled = list(chain.from_iterable(issues))
    if LevelRole.ITEM in profile.levels.values():  # their titles are headings
        written += sum(letters_in(item.title or "") for item in titled)
    if not titled or not written:
        return 0.0, 0
    distinct = sum(_told_anew(issues)) / len(titled)
    links = [len(_links_of(item)) for item in titled]
    linked = sum(_linked(item) for item in titled) / len(titled)
    alone = (sum(map(bool, links)) or 1) / (sum(links) or 1)
    inside = sum(len(frozenset[str]().union(*map(_links_of, issue))) for issue in issues)
    share = min(1.0, (sum(map(letters_of, titled)) + _LINK * inside) / written)
    return share * max(distinct, _LEAST) * (1 + linked) / 2 * sqrt(alone), len(titled)


def _told_anew(issues: Sequence[Sequence[Item]]) -> Iterator[int]:
    """How many items each title has that is one: of its own, or of one thing with other words each time.

    Or of one thing with another link in each issue.
    """
    called = defaultdict[str | None, list[tuple[int, Item]]](list)
    for number, items in enumerate(issues):
        for item in items:
            called[item.title].append((number, item))
    for alike in called.values():
        numbers, items = zip(*alike, strict=True)
        words = {plain(item.summary) for item in items}
        links = {item.url for item in items if _leads_out(item.url)}
        anew = len(words) == len(items) and set.intersection(*map(_links_of, items))
        if anew or len(set(numbers)) == len(links) == len(items) or len(items) == 1:
            yield len(items)


def written_in(issues: Sequence[Layout]) -> int:
    """The letters and digits of issues, headings apart, and their links, each as much as a few words."""
    letters = sum(letters_in(row.text) for issue in issues for row in issue.rows if not row.level)
    return letters + _LINK * sum(len(_links_in(issue.rows)) for issue in issues)


def _links_in(rows: Rows) -> frozenset[str]:
    """The addresses that lead out of an issue, those too that stand bare in its text."""
    named = (span.url for row in rows for span in row.spans if span.url)
    bare = (found[0] for row in rows for found in _ADDRESS.finditer(row.text))
    return frozenset(filter(_leads_out, (*named, *bare)))


def titled_items(parts: Sequence[SectionRows], profile: Profile) -> Iterator[Item]:
    """The items that have a title, of the sections in which items begin."""
    reader = ItemReader(profile, Notes())
    for part in parts:
        if not starts_of(part.rows, profile.items_of(part.slug).begin).habit:
            continue
        yield from (item for item in reader.read(part) if item.title and not is_address(item.title))


def _linked(item: Item) -> float:
    """1 for an item that is a link itself, a half for one that has a link somewhere.

    0 for one whose links stand in a list alone: the entries of that are rather items.
    """
    if _leads_out(item.url):
        return 1.0
    text = (line for line in item.summary if line.kind not in (LineKind.BULLET, LineKind.NUMBER))
    linked = any(_leads_out(span.url) for line in text for span in line.spans)
    return 0.5 * (linked or any(_leads_out(link.url) for link in item.links))


def _links_of(item: Item) -> set[str]:
    inside = (span.url for line in item.summary for span in line.spans)
    return {url for url in (item.url, *(link.url for link in item.links), *inside) if url and _leads_out(url)}


def _leads_out(url: str | None) -> bool:
    """Whether an address is not one of the digest's own site, as those of tags are."""
    return bool(url) and not is_relative(url or "")

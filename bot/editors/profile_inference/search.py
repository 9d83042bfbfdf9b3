"""What headings are and what items begin with, found by trying all that occurs on the issues themselves."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import sqrt

from bot.digest.account import letters_in, letters_of
from bot.digest.habits import ItemStart, LevelRole
from bot.digest.parsing.addresses import ADDRESS, is_relative
from bot.digest.parsing.items import ItemReader
from bot.digest.parsing.labels import is_address
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import SectionRows, undivided
from bot.digest.parsing.parser import lay_out
from bot.digest.parsing.rows import Rows
from bot.digest.parsing.starts import starts_of
from bot.digest.profile import Profile
from bot.editors.profile_inference.sample import Layout, changed, parts_of, spread
from bot.model import Item, LineKind, plain

_ADDRESS = re.compile(ADDRESS)

Parts = Sequence[Sequence[SectionRows]]
Levels = dict[int, LevelRole]

#: What is tried below headings, in this order; of those that fit alike the first is taken.
_TRIED = (ItemStart.BULLET, ItemStart.NUMBER, ItemStart.ROW, ItemStart.BOLD, ItemStart.LINE, ItemStart.LINK)
_ABOVE_ITEMS = (LevelRole.SECTION, LevelRole.GROUP)
_GAIN = 0.01  # by which a further kind of beginning must fit better
_LINK = 20  # letters that a link counts as
_LEAST = 0.1  # that titles count for which all come again
_POOR = 0.45  # no usual beginning fits: each paragraph may be an item
_RATHER = 2 / 3  # that paragraphs count, as anything with a link is one
_MOST_ISSUES = 6  # that all is tried on


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """How issues divide into sections and items, and how well, from 0 to 1."""

    levels: Levels
    begin: tuple[ItemStart, ...]
    fit: float
    items: int

    @property
    def section_level(self) -> int:
        """The deepest level of sections; 0 where there are none."""
        return max((level for level, role in self.levels.items() if role is LevelRole.SECTION), default=0)


def divisions(
    issues: Sequence[Layout], draft: Profile, levels: Sequence[int], sections: Collection[int]
) -> list[Division]:
    """All sensible roles of these levels with the beginnings that suit them, the best first.

    Of those that fit alike one is taken whose deepest sections are of a level of ``sections``, and
    the highest that divides the items; the headings below it are groups, shown above their items.
    """
    some = spread(issues, _MOST_ISSUES)
    drafts = [changed(draft, levels=roles) for roles in _roles(levels)]
    found = [_weighed(_best(some, one), one, some) for one in drafts]
    if max(one.fit for one in found) < _POOR:
        orders = [{(), best.begin} if best.items else {()} for best in found]
        found += [
            _weighed(_by_paragraphs(some, one, order), one, some)
            for one, tried in zip(drafts, orders, strict=True)
            for order in tried
        ]
    found.sort(key=lambda one: (-round(one.fit, 2), -one.items))
    alike = [one for one in found if round(one.fit, 2) == round(found[0].fit, 2)]
    taken = _highest(alike, some, draft, sections)
    return [taken, *(one for one in found if one is not taken)]


def _highest(
    alike: Sequence[Division], issues: Sequence[Layout], draft: Profile, sections: Collection[int]
) -> Division:
    """The division whose sections are the highest, of those that are worth the name."""

    def rank(one: Division) -> tuple[bool, bool, int]:
        level = one.section_level
        return not _parts_items(one, issues, draft), level not in sections, level

    return min(alike, key=rank) if len(alike) > 1 else alike[0]


def _parts_items(division: Division, issues: Sequence[Layout], draft: Profile) -> bool:
    """Whether most issues have items in more than one section."""
    profile = _beginning(changed(draft, levels=division.levels), division.begin)
    parted = sum(
        sum(any(_titled([part], profile)) for part in issue) > 1 for issue in parts_of(issues, profile)
    )
    return 2 * parted > len(issues)


def _weighed(division: Division, draft: Profile, issues: Sequence[Layout]) -> Division:
    return replace(division, fit=division.fit * (1 - _linked_headings(draft, issues) / 2))


def _linked_headings(profile: Profile, issues: Sequence[Layout]) -> float:
    """The share of links, as items are, among the headings of the level above items that has the most."""
    linked = defaultdict[int, list[bool]](list)
    for heading in (one for issue in issues for one in issue.headings):
        if profile.role_of(heading.level) in _ABOVE_ITEMS:
            linked[heading.level].append(heading.linked)
    return max((sum(found) / len(found) for found in linked.values()), default=0.0)


def fit_of(issues: Sequence[Layout], profile: Profile) -> float:
    """How well a profile divides issues into sections and items, as :func:`divisions` weighs it."""
    reached, _ = fit(parts_of(issues, profile), profile, written_in(issues))
    return reached * (1 - _linked_headings(profile, issues) / 2)


def fit(parts: Parts, profile: Profile, written: int) -> tuple[float, int]:
    """How well sections divide into items, from 0 to 1, and into how many.

    Text and links should stand inside items, an item should be a link and have few others, and a
    title that comes again is none, unless it tells of the same thing anew.
    ``written`` is what the issues hold, as :func:`written_in` says.
    A section in which no item begins is text.
    """
    issues = [list(_titled(issue, profile)) for issue in parts]
    titled = list(chain.from_iterable(issues))
    if LevelRole.ITEM in profile.levels.values():  # their titles are headings
        written += sum(letters_in(item.title or "") for item in titled)
    if not titled or not written:
        return 0.0, 0
    distinct = sum(_told_anew(titled)) / len(titled)
    links = [len(_links_of(item)) for item in titled]
    linked = sum(_linked(item) for item in titled) / len(titled)
    alone = (sum(map(bool, links)) or 1) / (sum(links) or 1)
    inside = sum(len(frozenset[str]().union(*map(_links_of, issue))) for issue in issues)
    share = min(1.0, (sum(map(letters_of, titled)) + _LINK * inside) / written)
    return share * max(distinct, _LEAST) * (1 + linked) / 2 * sqrt(alone), len(titled)


def _told_anew(items: Sequence[Item]) -> Iterator[int]:
    """How many items each title has that is one: of its own, or of one thing with other words each time."""
    called = defaultdict[str | None, list[Item]](list)
    for item in items:
        called[item.title].append(item)
    for alike in called.values():
        words = {plain(item.summary) for item in alike}
        if len(alike) == 1 or (len(words) == len(alike) and set.intersection(*map(_links_of, alike))):
            yield len(alike)


def written_in(issues: Sequence[Layout]) -> int:
    """The letters and digits of issues, headings apart, and their links, each as much as a few words."""
    letters = sum(letters_in(row.text) for issue in issues for row in issue.rows if not row.level)
    return letters + _LINK * sum(len(_links_in(issue.rows)) for issue in issues)


def _links_in(rows: Rows) -> frozenset[str]:
    """The addresses that lead out of an issue, those too that stand bare in its text."""
    named = (span.url for row in rows for span in row.spans if span.url)
    bare = (found[0] for row in rows for found in _ADDRESS.finditer(row.text))
    return frozenset(filter(_leads_out, (*named, *bare)))


def _roles(levels: Sequence[int]) -> Iterator[Levels]:
    """Sections above groups above items above text; without items in headings all below are groups."""
    for sections in range(1, len(levels) + 1):
        deeper = levels[sections:]
        opened = dict.fromkeys(levels[:sections], LevelRole.SECTION)
        yield {**opened, **dict.fromkeys(deeper, LevelRole.GROUP)}
        for place in range(len(deeper)):
            yield {**opened, **_items_at(deeper, place)}
    if levels:
        yield _items_at(levels, 0)
    else:
        yield {2: LevelRole.SECTION}


def _items_at(levels: Sequence[int], place: int) -> Levels:
    above = dict.fromkeys(levels[:place], LevelRole.GROUP)
    return {**above, levels[place]: LevelRole.ITEM, **dict.fromkeys(levels[place + 1 :], LevelRole.TEXT)}


def _best(issues: Sequence[Layout], draft: Profile) -> Division:
    """The beginnings that divide the issues best, each for what it adds to those before.

    Of orders that fit alike the one with the most items is taken: it merges none.
    """
    headed = LevelRole.ITEM in draft.levels.values()
    best: tuple[ItemStart, ...] = (ItemStart.HEADING,) if headed else ()
    measured = _Measure(issues, draft)
    reached = measured(best) if best else (0.0, 0)
    kinds = [kind for kind in _TRIED if measured.occurs(kind)]
    while True:
        tried = {order: measured(order) for order in _one_more(best, kinds)}
        order = max(tried, key=lambda order: (round(tried[order][0], 2), tried[order][1]), default=best)
        if not tried or tried[order][0] < reached[0] + _GAIN:
            begin = best or draft.items.begin
            return Division(levels=dict(draft.levels), begin=begin, fit=reached[0], items=reached[1])
        best, reached = order, tried[order]


def _by_paragraphs(issues: Sequence[Layout], draft: Profile, order: tuple[ItemStart, ...]) -> Division:
    """The division where paragraphs are items of the sections that show no beginning of ``order``."""
    begin = (*order, ItemStart.PARAGRAPH)
    reached, items = _Measure(issues, draft)(begin)
    return Division(levels=dict(draft.levels), begin=begin, fit=reached * _RATHER, items=items)


class _Measure:
    """How well beginnings divide issues whose headings have their roles."""

    def __init__(self, issues: Sequence[Layout], draft: Profile) -> None:
        self._draft = draft
        self._written = written_in(issues)
        none = _beginning(draft, ())
        self._laid = [lay_out(issue.rows, none, Notes()) for issue in issues]

    def __call__(self, order: tuple[ItemStart, ...]) -> tuple[float, int]:
        profile = _beginning(self._draft, order)
        return fit(self._parts_by(profile), profile, self._written)

    def occurs(self, kind: ItemStart) -> bool:
        """Whether any item could begin so."""
        parts = self._parts_by(_beginning(self._draft, (kind,)))
        return any(starts_of(part.rows, (kind,)).places for issue in parts for part in issue)

    def _parts_by(self, profile: Profile) -> Parts:
        # Above the first heading of a section one begins with the first item: what that is differs.
        return tuple(undivided(one, profile).sections for one in self._laid)


def _one_more(order: tuple[ItemStart, ...], kinds: Sequence[ItemStart]) -> Iterator[tuple[ItemStart, ...]]:
    first = 1 if ItemStart.HEADING in order else 0
    for start in kinds:
        if start not in order:
            for place in range(len(order), first - 1, -1):
                yield (*order[:place], start, *order[place:])


def _beginning(draft: Profile, order: tuple[ItemStart, ...]) -> Profile:
    return changed(draft, items=draft.items.model_copy(update={"begin": order}))


def _titled(parts: Sequence[SectionRows], profile: Profile) -> Iterator[Item]:
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

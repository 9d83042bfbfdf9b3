"""What headings are and what items begin with, found by trying all that occurs on the issues themselves."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.digest.habits import ItemStart, LevelRole
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import undivided
from bot.digest.parsing.parser import lay_out
from bot.digest.parsing.starts import starts_of
from bot.digest.profile import Profile
from bot.editors.profile_inference.sample import Layout, changed, parts_of, spread
from bot.editors.profile_inference.weighing import Parts, fit, titled_items, weighed, written_in

Levels = dict[int, LevelRole]

#: What is tried below headings, in this order; of those that fit alike the first is taken.
_TRIED = (ItemStart.BULLET, ItemStart.NUMBER, ItemStart.ROW, ItemStart.BOLD, ItemStart.LINE, ItemStart.LINK)
_GAIN = 0.01  # by which a further kind of beginning must fit better
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


def _weighed(division: Division, draft: Profile, issues: Sequence[Layout]) -> Division:
    return replace(division, fit=weighed(division.fit, _beginning(draft, division.begin), issues))


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
        sum(any(titled_items([part], profile)) for part in issue) > 1 for issue in parts_of(issues, profile)
    )
    return 2 * parted > len(issues)


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

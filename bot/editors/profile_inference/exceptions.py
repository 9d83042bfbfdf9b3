"""Headings that stand among those of items and are none: below them a list of further items."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.digest.habits import ItemHabit, ItemStart, LevelRole, SectionHabit
from bot.digest.heading_names import fold_heading
from bot.digest.parsing.starts import starts_of
from bot.digest.profile import Profile
from bot.editors.profile_inference.sample import Layout, changed, parts_of
from bot.editors.profile_inference.structure import slug_for
from bot.editors.profile_inference.weighing import Parts, fit, written_in

_FEWEST_ISSUES = 2
_COMES_AGAIN = 0.5  # of the issues
_TRIED = (ItemStart.BULLET, ItemStart.NUMBER, ItemStart.LINK, ItemStart.BOLD, ItemStart.ROW)


def with_exceptions(profile: Profile, issues: Sequence[Layout]) -> Profile:
    """The profile with a section for each heading of items that comes again, where that fits better.

    The items of such a section begin with something else than a heading.
    """
    headings = list(_recurring(issues, profile))
    if not headings:
        return profile
    written = written_in(issues)
    reached, items = fit(parts_of(issues, profile), profile, written)
    for heading in headings:
        tried = ((*fit(parts, one, written), one) for one, parts in _tried(profile, heading, issues))
        better = [found for found in tried if found[0] > reached and found[1] > items]
        reached, items, profile = max(better, key=lambda found: found[0], default=(reached, items, profile))
    return profile


def _recurring(issues: Sequence[Layout], profile: Profile) -> Iterator[str]:
    times = Counter(
        text
        for issue in issues
        for text in {fold_heading(one.text) for one in issue.headings if _heads_item(one.level, profile)}
    )
    often = max(_FEWEST_ISSUES, _COMES_AGAIN * len(issues))
    written = {fold_heading(one.text): one.text for issue in issues for one in issue.headings}
    return (written[text] for text, count in times.items() if count >= often)


def _heads_item(level: int, profile: Profile) -> bool:
    return profile.role_of(level) is LevelRole.ITEM


def _tried(profile: Profile, heading: str, issues: Sequence[Layout]) -> Iterator[tuple[Profile, Parts]]:
    """The profile with a section of its own for the heading, for each beginning that occurs below it."""
    slug = slug_for(heading, profile.sections)
    for start in _TRIED:
        section = SectionHabit(headings=(heading,), items=ItemHabit.model_validate({"begin": (start,)}))
        tried = changed(profile, sections={**profile.sections, slug: section})
        parts = parts_of(issues, tried)
        if any(starts_of(one.rows, (start,)).places for issue in parts for one in issue if one.slug == slug):
            yield tried, parts

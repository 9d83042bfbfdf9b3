"""How issues are divided: the heading that names one, the level of sections, the headings that come again."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from bot.digest.habits import SectionHabit
from bot.digest.heading_names import TRAILING, fold_heading
from bot.digest.parsing.outline import SectionRows
from bot.digest.profile import Profile
from bot.editors.profile_inference.naming import TITLE_KEYS
from bot.editors.profile_inference.sample import Heading, Layout
from bot.model import FLASH

_MOST = 0.5
_COMES_AGAIN = 1 / 3  # of the headings of a level that sections stand at
_USUAL = 0.3  # headings of its own that an issue has, beyond which they are no slips
_KNOWN = 0.1  # of the issues have the heading of a known section
_LONGEST_SLUG = 28  # a number may follow it
_DEFAULT_LEVEL = 2
_OTHER = SectionHabit(names={"zh": "其他", "en": "More"})

#: The headings of each issue in which sections may stand.
Headings = Sequence[Sequence[Heading]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What headings do in a digest: all levels, and those at which sections may stand."""

    has_title: bool
    levels: tuple[int, ...]
    section_levels: tuple[int, ...]


def structure_of(issues: Sequence[Layout], known: Sequence[Profile]) -> Structure:
    """Whether a heading names most issues, the levels below it, and those at which sections may stand.

    A heading that ``known`` profiles have comes again, if not in these issues.
    """
    titles = Counter(issue.headings[0].text for issue in issues if issue.headings)
    named = [issue for issue in issues if _is_named(issue, titles, len(issues))]
    if len(titles) == 1 and _front_matter_names(issues):  # "News" in every issue names none
        named = []
    has_title = len(named) > _MOST * len(issues)
    below = [issue.headings[1:] if has_title and issue in named else issue.headings for issue in issues]
    levels = Counter(heading.level for issue in below for heading in issue)
    return Structure(
        has_title=has_title,
        levels=tuple(sorted(levels)),
        section_levels=_section_levels(below, known),
    )


def sections_of(
    parts: Sequence[Sequence[SectionRows]], known: Sequence[Profile], own: Mapping[str, SectionHabit]
) -> dict[str, SectionHabit]:
    """The sections whose headings come again and that are not among the digest's ``own`` yet.

    Those that known profiles have keep their slugs.
    """
    said = {fold_heading(heading) for section in own.values() for heading in section.headings}
    headings: dict[str, list[str]] = defaultdict(list)
    for heading in _recurring(parts, known):
        if fold_heading(heading) not in said:
            slug = _slug_of(heading, known) or slug_for(heading, (*headings, *own))
            headings[slug].append(heading)
    sections = {slug: SectionHabit(headings=tuple(written)) for slug, written in headings.items()}
    return {**sections, "other": _OTHER}


def unknown_are_usual(parts: Sequence[Sequence[SectionRows]], profile: Profile) -> bool:
    """Whether issues have headings of their own as a habit."""
    unknown = sum(profile.section_slug(part.heading) is None for issue in parts for part in issue)
    return unknown > _USUAL * len(parts)


def _front_matter_names(issues: Sequence[Layout]) -> bool:
    """Whether each of several issues has a title of its own in its front matter."""
    titles = {next((issue.front[key] for key in TITLE_KEYS if key in issue.front), "") for issue in issues}
    return len(titles) == len(issues) > 1 and all(titles)


def _is_named(issue: Layout, titles: Mapping[str, int], issues: int) -> bool:
    """Whether the first heading is of level 1, and the only one or one of its own."""
    if not issue.headings or issue.headings[0].level != 1:
        return False
    alone = sum(heading.level == 1 for heading in issue.headings) == 1
    return alone or (issues > 1 and titles[issue.headings[0].text] == 1)


def _section_levels(issues: Headings, known: Sequence[Profile]) -> tuple[int, ...]:
    """The levels at which headings come again; where none do, the first with several."""
    levels = defaultdict[int, list[str]](list)
    for issue in issues:
        for level, heading in {(heading.level, fold_heading(heading.text)) for heading in issue}:
            levels[level].append(heading)
    again = {level: _share_of_recurring(texts, known) for level, texts in levels.items()}
    if often := tuple(level for level, share in again.items() if share >= _COMES_AGAIN):
        return often
    several = [level for level, texts in sorted(levels.items()) if len(texts) > len(issues)]
    return next(((level,) for level in (*several, *sorted(levels))), (_DEFAULT_LEVEL,))


def _share_of_recurring(texts: Sequence[str], known: Sequence[Profile]) -> float:
    times = Counter(texts)
    again = (text for text in texts if times[text] > 1 or _slug_of(text, known))
    return sum(1 for _ in again) / len(texts)


def _recurring(parts: Sequence[Sequence[SectionRows]], known: Sequence[Profile]) -> list[str]:
    """Headings in several issues, or known ones in the only one, in their usual order."""
    places = defaultdict[str, list[int]](list)
    written: dict[str, str] = {}
    for issue in parts:
        for place, part in enumerate(issue):
            if part.heading:
                written.setdefault(fold_heading(part.heading), part.heading.strip(TRAILING))
                places[fold_heading(part.heading)].append(place)
    if len(parts) == 1:
        often = [heading for heading in places if _slug_of(heading, known)] or list(places)
    else:
        often = [heading for heading, found in places.items() if len(found) >= max(2, _KNOWN * len(parts))]
    return [
        written[heading] for heading in sorted(often, key=lambda one: sum(places[one]) / len(places[one]))
    ]


def _slug_of(heading: str, profiles: Iterable[Profile]) -> str | None:
    return next((slug for profile in profiles if (slug := profile.section_slug(heading))), None)


def slug_for(heading: str, taken: Iterable[str]) -> str:
    """A slug for a section with this heading that is not taken yet."""
    gone = {*taken, "other", FLASH}
    return next(slug for slug in _slugs(heading) if slug not in gone)


def _slugs(heading: str) -> Iterator[str]:
    """Slugs for a heading, the plainest first; one without Latin letters gets a number."""
    stem = "-".join(re.findall(r"[a-z0-9]+", heading.lower()))[:_LONGEST_SLUG].strip("-")
    if stem:
        yield stem
    yield from (f"{stem or 'section'}-{number}" for number in count(1))

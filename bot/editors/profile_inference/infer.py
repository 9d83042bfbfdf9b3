"""A profile learned from the issues of a digest, habit by habit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.digest.habits import LeaveOut
from bot.digest.profile import Profile
from bot.editors.profile_inference import head
from bot.editors.profile_inference.boilerplate import Boilerplate, boilerplate_of
from bot.editors.profile_inference.exceptions import with_exceptions
from bot.editors.profile_inference.file_names import SHORT_DATE
from bot.editors.profile_inference.item_ends import habit_of
from bot.editors.profile_inference.labels import labels_of
from bot.editors.profile_inference.lists import with_lists
from bot.editors.profile_inference.naming import date_pattern
from bot.editors.profile_inference.sample import Layout, changed, parts_of
from bot.editors.profile_inference.search import Division, divisions
from bot.editors.profile_inference.structure import sections_of, structure_of, unknown_are_usual

Issues = Sequence[Layout]
Changes = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A profile, what else was tried for its headings and items, the best first, and what it leaves out."""

    profile: Profile
    divisions: tuple[Division, ...]
    boilerplate: tuple[Boilerplate, ...]


def learned(blank: Profile, issues: Issues, known: Sequence[Profile]) -> Learned:
    """``blank`` with the habits of these issues; sections get the slugs of ``known`` profiles."""
    found = structure_of(issues, known)
    profile = changed(blank, title="." if found.has_title else None, other_headings="usual")
    for change in (_front_matter, _titles, _date):
        profile = changed(profile, **change(profile, issues))
    tried = divisions(issues, profile, found.levels, found.section_levels)
    profile = with_lists(with_exceptions(_divided(profile, tried[0], issues), issues), issues)
    boilerplate = boilerplate_of(issues, profile)
    lines = tuple(line.pattern for line in boilerplate)
    profile = changed(profile, leave_out=LeaveOut(lines=lines))
    parts = [[part for part in issue if part.heading != profile.name] for issue in parts_of(issues, profile)]
    profile = changed(profile, sections={**sections_of(parts, known, profile.sections), **profile.sections})
    if not unknown_are_usual(parts, profile):
        profile = changed(profile, other_headings="slip")
    return Learned(profile=profile, divisions=tuple(tried), boilerplate=boilerplate)


def _front_matter(_profile: Profile, issues: Issues) -> Changes:
    return {"front_matter": head.front_matter_of(issues)}


def _titles(profile: Profile, issues: Issues) -> Changes:
    titles = head.titles_of(issues, profile.front_matter, headed=profile.title is not None)
    name = head.name_of(titles) or profile.name or head.UNNAMED[profile.language]
    return {"name": name, "highlights": head.highlights_of(titles)}


def _date(profile: Profile, issues: Issues) -> Changes:
    places = [
        (
            *head.titles_of([issue], profile.front_matter, headed=profile.title is not None),
            *(issue.front[key] for key in profile.front_matter.date if key in issue.front),
            *head.lines_with_a_year(issue),
            *((issue.sample.name, issue.sample.slug) if profile.issues.each == "file" else ()),
        )
        for issue in issues
    ]
    named = profile.date if SHORT_DATE.search(str(profile.date)) else None
    return {"date": date_pattern(places) or named}


def _divided(profile: Profile, division: Division, issues: Issues) -> Profile:
    items = profile.items.model_copy(update={"begin": division.begin})
    profile = changed(profile, levels=division.levels, items=items)
    profile = changed(profile, items=habit_of(issues, profile))
    return changed(profile, labels=labels_of(parts_of(issues, profile), profile.items.begin))

"""A profile changed, habit by habit, to what a digest's issues show; what fits already stays."""

from collections.abc import Sequence
from typing import Any

from bot.digest.profile import FrontMatterHabit, LabelHabit, LeaveOut, LevelRole, Profile, SectionHabit
from bot.editors.profile_inference import head
from bot.editors.profile_inference.boilerplate import leave_out_of
from bot.editors.profile_inference.item_starts import habit_of
from bot.editors.profile_inference.labels import labels_of
from bot.editors.profile_inference.naming import date_pattern, has_date
from bot.editors.profile_inference.sample import Layout, changed, parts_of
from bot.editors.profile_inference.structure import sections_of, structure_of, unknown_are_usual

Issues = Sequence[Layout]
Changes = dict[str, Any]


def learned(base: Profile, issues: Issues, known: Sequence[Profile]) -> Profile:
    """``base`` with the habits of these issues; headings get the slugs and names of ``known`` profiles."""
    profile = changed(base, **_levels(base, issues, known))
    for change in (_front_matter, _titles, _date, _head, _leave_out):
        profile = changed(profile, **change(profile, issues))
    parts = parts_of(issues, profile)
    profile = _with_sections(profile, sections_of(parts, (base, *known)))
    if unknown_are_usual(parts, profile):
        profile = changed(profile, other_headings="usual")
    return _with_items(profile, issues)


def _front_matter(profile: Profile, issues: Issues) -> Changes:
    habit, found = profile.front_matter, head.front_matter_of(issues)
    return {
        "front_matter": FrontMatterHabit(
            bare=habit.bare or found.bare,
            title=_union(habit.title, found.title),
            date=_union(habit.date, found.date),
            picture=_union(habit.picture, found.picture),
        )
    }


def _levels(profile: Profile, issues: Issues, known: Sequence[Profile]) -> Changes:
    found = structure_of(issues, known)
    changes: Changes = {}
    if found.has_title != (profile.title is not None):
        changes["title"] = "." if found.has_title else None
    own = max((level for level, role in profile.levels.items() if role is LevelRole.SECTION), default=1)
    low, high = sorted((own, found.section_level))
    if any(low < heading.level <= high for issue in issues for heading in issue.headings):
        changes["levels"] = {found.section_level: LevelRole.SECTION}
    return changes


def _titles(profile: Profile, issues: Issues) -> Changes:
    titles = head.titles_of(issues, profile.front_matter, headed=profile.title is not None)
    name = head.name_of(titles, profile.language)
    highlights = head.highlights_of(titles) or profile.highlights
    return {"name": name, "highlights": highlights}


def _date(profile: Profile, issues: Issues) -> Changes:
    places = [
        (
            *head.titles_of([issue], profile.front_matter, headed=profile.title is not None),
            *(issue.front[key] for key in profile.front_matter.date if key in issue.front),
            issue.sample.slug,
        )
        for issue in issues
    ]

    def dated(pattern: str | None) -> int:
        return sum(any(has_date(text, pattern) for text in texts) for texts in places) if pattern else 0

    found = date_pattern(places)
    return {"date": found} if found is None or dated(found) > dated(profile.date) else {}


def _head(profile: Profile, issues: Issues) -> Changes:
    return {
        "lead": _union(profile.lead, head.lead_of(issues, profile)),
        "flash": profile.flash or head.flash_of(issues, profile.language),
    }


def _leave_out(profile: Profile, issues: Issues) -> Changes:
    found, habit = leave_out_of(issues, profile), profile.leave_out
    return {
        "leave_out": LeaveOut(
            headings=_union(habit.headings, found.headings), lines=(*habit.lines, *found.lines)
        )
    }


def _with_sections(profile: Profile, found: dict[str, SectionHabit]) -> Profile:
    sections = dict(profile.sections)
    for slug, habit in found.items():
        own = sections.pop(slug, habit) if slug == "other" else sections.get(slug, habit)
        sections[slug] = own.model_copy(update={"headings": _union(own.headings, habit.headings)})
    return changed(profile, sections=sections)


def _with_items(profile: Profile, issues: Issues) -> Profile:
    found = habit_of(issues, profile)
    parts = parts_of(issues, changed(profile, items=found))
    labels = _with_labels(profile.labels, labels_of(parts, found.begin))
    return changed(profile, items=found, labels=labels)


def _with_labels(habit: LabelHabit, found: LabelHabit) -> LabelHabit:
    """A label that is known keeps its meaning."""
    known = {word.casefold() for word in (*habit.summary, *habit.links, *habit.ignored)}
    summary, links = (
        tuple(word for word in words if word.casefold() not in known)
        for words in (found.summary, found.links)
    )
    return habit.model_copy(update={"summary": (*habit.summary, *summary), "links": (*habit.links, *links)})


def _union(words: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    known = {word.casefold() for word in words}
    return (*words, *(word for word in others if word.casefold() not in known))

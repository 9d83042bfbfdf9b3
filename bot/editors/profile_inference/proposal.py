"""A profile proposed for issues that nobody described yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.digest.breaking import breaking_line, reason_of
from bot.digest.division import divided
from bot.digest.habits import ItemHabit, LevelRole
from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.editors.profile_inference.head import language_of
from bot.editors.profile_inference.infer import Learned, learned
from bot.editors.profile_inference.naming import Naming, as_key, naming_of
from bot.editors.profile_inference.sample import Layout, Sample, changed, layout_of, parts_of, spread
from bot.editors.profile_inference.weighing import fit_of
from bot.model import Written

Learn = Callable[[Profile, Sequence[Layout], Sequence[Profile]], Learned]  #: as ``learned`` does

_MOST_ISSUES = 40  # that habits are looked for in; of more, some from everywhere
_BETTER = 0.01  # by which a shipped profile has to fit better, whatever it was made for
_BETTER_WITH_LABELS = 0.1  # the same of one that has labels: where lines have none, it calls that slips
_ENOUGH = 0.6  # of the fit that one made for such a digest needs: it knows what issues to come will hold
_ITS_OWN = 0.5  # of the sections that a profile made for such a digest knows

_ANY_TITLE = "."

#: Keys of a whole profile that are written out, defaults or not.
_ALWAYS = ("title", "levels", "other_headings", "items")

#: The topics of a digest whose own nobody wrote yet.
_TOPICS = {"zh": "topics-technology.yml", "en": "topics-programming.yml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A profile for the ``issues``; ``others`` are files that are none, each with the reason.

    ``values`` are those of its YAML: a profile that it extends and the changes to it, or all of it.
    ``learned`` is how the issues taught it; None where it extends a shipped one.
    """

    profile: Profile
    values: Mapping[str, Any]
    issues: tuple[Sample, ...]
    others: tuple[tuple[str, str], ...]
    learned: Learned | None


def propose(
    samples: Sequence[Sample], shipped: Mapping[str, Profile], *, called: str = "", learn: Learn = learned
) -> Proposal:
    """A shipped profile, where one fits as well as what the issues teach; else a whole one of their own.

    ``called`` is the digest's name where its issues do not say one. A file that breaks ``learn`` by
    itself is a fault of ours: it is left out, named with its line.
    """
    try:
        return _proposed(samples, shipped, called, learn)
    except Exception:
        broken = tuple(filter(None, (_broken(sample, shipped, learn) for sample in samples)))
        names = frozenset(name for name, _ in broken)
        sound = [sample for sample in samples if sample.name not in names]
        if not broken or not sound:
            raise
    found = propose(sound, shipped, called=called, learn=learn)
    return replace(found, others=(*broken, *found.others))


def _broken(sample: Sample, shipped: Mapping[str, Profile], learn: Learn) -> tuple[str, str] | None:
    """A file that cannot be learned from, and why; None for any other."""

    def read(text: str) -> object:
        return _proposed([replace(sample, text=text)], shipped, "", learn)

    try:
        read(sample.text)
    except Exception as error:  # noqa: BLE001  # a fault of ours has no type
        return sample.name, f"line {breaking_line(read, sample.text)}: cannot be read, {reason_of(error)}"
    return None


def _proposed(
    samples: Sequence[Sample], shipped: Mapping[str, Profile], called: str, learn: Learn
) -> Proposal:
    naming = naming_of([(sample.name, sample.text) for sample in samples])
    issues = tuple(
        one for sample in samples if sample.name in naming.names for one in _issues(sample, naming)
    )
    laid = tuple(layout_of(sample, naming.issues) for sample in spread(issues, _MOST_ISSUES))
    found = learn(_blank(language_of(laid), naming, called), laid, tuple(shipped.values()))
    extended, profile = _as_good(found.profile, laid, shipped) or (None, found.profile)
    lacks_title = naming.untitled if profile.title is None else not extended and _any_heading_names(profile)
    if naming.title and lacks_title:
        profile = changed(profile, title=naming.title)
    return Proposal(
        profile=profile,
        values=_changes(extended, shipped[extended], profile) if extended else _whole(profile),
        issues=issues,
        others=naming.left_out,
        learned=None if extended else found,
    )


def _any_heading_names(profile: Profile) -> bool:
    """Whether a template may stand in the place of ``title``: level 1 names issues all the same."""
    return profile.title == _ANY_TITLE and profile.role_of(1) is LevelRole.TITLE


def _issues(sample: Sample, naming: Naming) -> tuple[Sample, ...]:
    """The issues in a file."""
    if naming.issues.each == "file":
        return (sample,)
    texts = divided(sample.text, slug=sample.slug, profile=_blank("en", naming, ""))
    return tuple(Sample(name=sample.name, slug=one.slug, text=one.whole) for one in texts)


def _blank(language: Written, naming: Naming, name: str) -> Profile:
    return Profile(
        name=name,
        language=language,
        topics=_TOPICS[language],
        files=naming.files,
        issues=naming.issues,
        date=as_key(naming.date),
        highlights=None,
        items=ItemHabit(source=""),
    )


def _as_good(
    own: Profile, issues: Sequence[Layout], shipped: Mapping[str, Profile]
) -> tuple[str, Profile] | None:
    """The shipped profile to extend: one that is made for it and fits as well, or one that fits better."""
    # What stands behind the last bullet is nobody's: a profile that gives it to one fits no better for that.
    taking_all = changed(own, items=own.items.model_copy(update={"paragraphs": True}))
    reached = fit_of(issues, taking_all)
    fits = {name: fit_of(issues, one) for name, one in shipped.items()}
    made_for_it = [
        name
        for name, one in shipped.items()
        if one.language == own.language and _knows_sections(one, issues) and fits[name] >= _ENOUGH * reached
    ]
    better = [name for name, one in shipped.items() if fits[name] > reached + _margin(one)]
    best = max(made_for_it or better, key=fits.__getitem__, default=None)
    return (best, _adapted(shipped[best], own, issues)) if best else None


def _margin(profile: Profile) -> float:
    return _BETTER_WITH_LABELS if profile.labels.summary else _BETTER


def _adapted(base: Profile, own: Profile, issues: Sequence[Layout]) -> Profile:
    """The shipped profile under the digest's name, with what it needs to take in these issues."""
    changes: dict[str, Any] = {"name": own.name, "language": own.language, "issues": own.issues}
    if not _takes_all(base, issues):
        changes["files"] = own.files
    if _dated(issues, own) > _dated(issues, base):
        changes["date"] = own.date
    if (own.title is None) != (base.title is None):
        changes["title"] = own.title
    if any(issue.front for issue in issues) and base.front_matter != own.front_matter:
        changes["front_matter"] = own.front_matter
    return changed(base, **changes)


def _dated(issues: Sequence[Layout], profile: Profile) -> int:
    return sum(
        parse(one.text, slug=one.slug, profile=profile, name=one.name).date is not None
        for one in (issue.sample for issue in issues)
    )


def _knows_sections(base: Profile, issues: Sequence[Layout]) -> bool:
    headings = [part.heading for issue in parts_of(issues, base) for part in issue]
    known = sum(base.section_slug(heading) is not None for heading in headings)
    return known > _ITS_OWN * len(headings)


def _takes_all(profile: Profile, issues: Sequence[Layout]) -> bool:
    return all(profile.file_pattern.match(issue.sample.name) for issue in issues)


def _plain(profile: Profile) -> dict[str, Any]:
    """All values as YAML has them; of a section those that were said."""
    said = {
        slug: section.model_dump(mode="json", exclude_unset=True)
        for slug, section in profile.sections.items()
    }
    levels = {level: role.value for level, role in profile.levels.items()}
    return {**profile.model_dump(mode="json"), "sections": said, "levels": levels}


def _whole(profile: Profile) -> dict[str, Any]:
    """All that is no default, and those habits that tell most about a digest."""
    stated = profile.model_dump(mode="json", exclude_defaults=True)
    return {key: value for key, value in _plain(profile).items() if key in stated or key in _ALWAYS}


def _changes(name: str, base: Profile, profile: Profile) -> dict[str, Any]:
    return {"extends": name, **_differences(_plain(base), _plain(profile))}


def _differences(base: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """What has to be said to make one of the other, key by key if both hold keys."""
    return {
        key: _differences(base[key], value)
        if isinstance(value, dict) and isinstance(base.get(key), dict)
        else value
        for key, value in changed.items()
        if key not in base or base[key] != value
    }

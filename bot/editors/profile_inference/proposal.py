"""A profile proposed for issues that nobody described yet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.digest.profile import ItemHabit, Profile
from bot.editors.profile_inference.fitness import measure
from bot.editors.profile_inference.head import language_of
from bot.editors.profile_inference.infer import learned
from bot.editors.profile_inference.naming import naming_of
from bot.editors.profile_inference.sample import Layout, Sample, changed, layout_of, parts_of
from bot.model import Language

_MOST_ISSUES = 40  # that habits are looked for in; of more, some from everywhere
_AS_WELL = 0.02  # a profile that extends another may fit that much less: it says more
_ITS_OWN = 0.5  # of the sections that a profile has to know to be extended

#: Keys of a whole profile that are written out, defaults or not.
_ALWAYS = ("title", "levels", "other_headings", "items")

#: The topics of a digest whose own nobody wrote yet.
_TOPICS = {"zh": "topics-technology.yml", "en": "topics-programming.yml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A profile for the ``issues``; ``others`` are files that are none, by their names.

    ``values`` are those of its YAML: a profile that it extends and the changes to it, or all of it.
    """

    profile: Profile
    values: Mapping[str, Any]
    issues: tuple[Sample, ...]
    others: tuple[str, ...]


def propose(samples: Sequence[Sample], shipped: Mapping[str, Profile]) -> Proposal:
    """The shipped profile that needs the fewest changes, where one fits well; else a whole one."""
    naming = naming_of([sample.name for sample in samples])
    issues = tuple(sample for sample in samples if sample.name in naming.names)
    laid = tuple(map(layout_of, _spread(issues)))
    own = learned(_blank(language_of(laid), naming.pattern), laid, tuple(shipped.values()))
    extended, profile = _nearest(own, laid, shipped) or (None, own)
    return Proposal(
        profile=profile,
        values=_changes(extended, shipped[extended], profile) if extended else _whole(profile),
        issues=issues,
        others=tuple(sample.name for sample in samples if sample.name not in naming.names),
    )


def _spread(issues: Sequence[Sample]) -> list[Sample]:
    """Not more issues than are needed, from the first to the last."""
    count = min(len(issues), _MOST_ISSUES)
    return [issues[place * (len(issues) - 1) // max(1, count - 1)] for place in range(count)]


def _blank(language: Language, files: str) -> Profile:
    return Profile(
        name="",
        language=language,
        topics=_TOPICS[language],
        files=files,
        date=None,
        highlights=None,
        items=ItemHabit(source=""),
    )


def _nearest(
    own: Profile, issues: Sequence[Layout], shipped: Mapping[str, Profile]
) -> tuple[str, Profile] | None:
    samples = [issue.sample for issue in issues]
    enough = measure(own, samples).share - _AS_WELL
    fitting = [
        (_count(_differences(_plain(shipped[name]), _plain(profile))), name, profile)
        for name, profile in _adapted(own, issues, shipped)
        if measure(profile, samples).share >= enough
    ]
    return min(fitting, key=lambda found: found[0])[1:] if fitting else None


def _adapted(
    own: Profile, issues: Sequence[Layout], shipped: Mapping[str, Profile]
) -> Iterator[tuple[str, Profile]]:
    """Each shipped profile of the same kind with the changes that these issues need."""
    for name, base in shipped.items():
        if base.language != own.language:
            continue
        fitting = base if _takes_all(base, issues) else changed(base, files=own.files)
        profile = learned(fitting, issues, tuple(shipped.values()))
        if profile.items == base.items and _knows_sections(base, profile, issues):
            yield name, profile


def _takes_all(profile: Profile, issues: Sequence[Layout]) -> bool:
    return all(re.fullmatch(profile.files, issue.sample.name) for issue in issues)


def _knows_sections(base: Profile, profile: Profile, issues: Sequence[Layout]) -> bool:
    headings = [part.heading for issue in parts_of(issues, profile) for part in issue]
    known = sum(base.section_slug(heading) is not None for heading in headings)
    return known > _ITS_OWN * len(headings)


def _plain(profile: Profile) -> dict[str, Any]:
    return profile.model_dump(mode="json")


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


def _count(values: Mapping[str, Any]) -> int:
    return sum(_count(value) if isinstance(value, dict) else 1 for value in values.values())

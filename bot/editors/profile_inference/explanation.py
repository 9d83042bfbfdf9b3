"""How a proposal came about, in lines for an editor."""

from collections.abc import Iterable, Iterator, Sequence

from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.editors.profile_inference.boilerplate import Boilerplate
from bot.editors.profile_inference.sample import Layout, Sample
from bot.editors.profile_inference.search import Division
from bot.model import Item

_RUNNERS_UP = 2
_LONGEST = 70  # characters of a heading or a title
_MOST_ITEMS = 3  # of a section


def tree_of(issue: Layout, profile: Profile) -> Iterator[str]:
    """The headings of an issue, each with its role; what a section knows by name is one at any level."""
    for heading in issue.headings:
        known = profile.section_slug(heading.text)
        role = f"section {known}" if known else profile.role_of(heading.level).value
        yield f"{'  ' * (heading.level - 1)}{'#' * heading.level} {_clipped(heading.text)}  [{role}]"


def tried(divisions: Sequence[Division]) -> Iterator[str]:
    """What was taken of all that was tried for headings and items, and what came next."""
    for place, one in enumerate(divisions[: 1 + _RUNNERS_UP]):
        levels = ", ".join(f"{level} {role.value}" for level, role in one.levels.items())
        begin = ", ".join(start.value for start in one.begin)
        taken = "taken" if place == 0 else "next"
        yield f"{taken}: headings {levels}; items begin with {begin}: fits {one.fit:.0%}, {one.items} items"


def left_out(boilerplate: Iterable[Boilerplate]) -> Iterator[str]:
    """The lines that are left out, each with the share of the text that it takes."""
    return (f"{line.share:.1%}  {_clipped(line.text)}" for line in boilerplate)


def as_read(sample: Sample, profile: Profile) -> Iterator[str]:
    """An issue as the profile reads it, of each section the first items."""
    issue = parse(sample.text, slug=sample.slug, name=sample.name, profile=profile)
    yield issue.title or issue.slug
    for section in issue.sections:
        yield f"  {_clipped(' / '.join((*section.above, section.heading)))}"
        yield from (f"    {_line(item)}" for item in section.items[:_MOST_ITEMS])
        if len(section.items) > _MOST_ITEMS:
            yield f"    … and {len(section.items) - _MOST_ITEMS} more"


def _line(item: Item) -> str:
    groups = "".join(f"{group} › " for group in item.groups)
    return f"{groups}{_clipped(item.title or '(text)')}{'  ' + item.url if item.url else ''}"


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

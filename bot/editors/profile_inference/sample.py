"""A file that may hold an issue, laid out so that habits can be looked for in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.digest.habits import FrontMatterHabit, IssuesHabit
from bot.digest.heading_names import TRAILING
from bot.digest.parsing.headings import with_headings
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import SectionRows
from bot.digest.parsing.parser import front_and_rows, lay_out, raised
from bot.digest.parsing.plain_text import plain_text
from bot.digest.parsing.rows import Row, RowKind, Rows
from bot.digest.profile import Profile

T = TypeVar("T")

_FRONT = FrontMatterHabit(bare=True)
_MARKED = ("---", "+++", "{")  # how front matter begins that is not bare
_ANY_DIGEST = Profile(name="any", language="en", files=".*", date=None, other_headings="usual")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An issue: the path of its file below the folder, its slug, and its text."""

    name: str
    slug: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading as written, and whether a link is in it."""

    level: int
    text: str
    linked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A sample's front matter (its keys in lower case), its rows and its headings, in order.

    ``bare`` says that no dashes stand around the front matter.
    """

    sample: Sample
    front: Mapping[str, str]
    bare: bool
    rows: Rows
    headings: tuple[Heading, ...]


def layout_of(sample: Sample, issues: IssuesHabit) -> Layout:
    """The sample as the parser lays it out, whatever else is the digest's habit."""
    front, rows = front_and_rows(sample.text, _FRONT, Notes())
    rows = raised(rows, issues)
    return Layout(
        sample=sample,
        front={key: str(value).strip() for key, value in front.values.items() if value},
        bare=bool(front.values) and not plain_text(sample.text).lstrip().startswith(_MARKED),
        rows=rows,
        headings=tuple(_headings(rows)),
    )


def spread(issues: Sequence[T], most: int) -> list[T]:
    """Not more than ``most`` of the issues, from the first to the last."""
    count = min(len(issues), most)
    return [issues[place * (len(issues) - 1) // max(1, count - 1)] for place in range(count)]


def parts_of(issues: Iterable[Layout], profile: Profile) -> tuple[tuple[SectionRows, ...], ...]:
    """The sections of each issue, by a profile."""
    return tuple(lay_out(issue.rows, profile, Notes()).sections for issue in issues)


def changed(profile: Profile, **changes: Any) -> Profile:
    """The profile with other values of these keys. (A copy would keep what the old ones led to.)"""
    values = {key: getattr(profile, key) for key in Profile.model_fields}
    return Profile.model_validate({**values, **changes})


def _headings(rows: Sequence[Row]) -> Iterator[Heading]:
    """All headings in order, however they are written."""
    for row in with_headings(rows, _ANY_DIGEST, Notes()):
        if row.kind is RowKind.HEADING:
            linked = any(span.url for span in row.spans)
            yield Heading(level=row.level, text=row.text.strip(TRAILING), linked=linked)

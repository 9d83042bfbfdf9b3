"""A file of many issues, each below a heading of its own, divided into their texts."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import TypeVar

from bot.digest.heading_names import fold_heading
from bot.digest.parsing.dates import Day, find_day
from bot.digest.parsing.front_matter import split_front_matter
from bot.digest.parsing.headings import with_headings
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.plain_text import plain_text
from bot.digest.parsing.row_reader import read_rows
from bot.digest.parsing.rows import Row, RowKind
from bot.digest.profile import Profile
from bot.model import Flash, Issue, Item, LeftOut
from bot.words.slugs import SLUG_LENGTH, slugged

BEFORE = "before the first issue"  # the rule by which a file's introduction and contents are left out

_HASH = 6
#: Names that say nothing of what is in the file.
_SAY_NOTHING = frozenset(("readme", "index"))
#: What links and notes of other issues in the file may refer to: ``[name]: address``, ``[^1]: note``.
_DEFINITION = re.compile(r"(?m)^ {0,3}\[(?P<name>[^\]\n]+)\]:[ \t]*\S.*$")
_REFERENCE = re.compile(r"\[([^\[\]\n]+)\]")

_Thing = TypeVar("_Thing", Item, Flash)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueText:
    """The text of one issue and the ``line`` of the file that it begins in, which counts from 1.

    ``borrowed`` are definitions that stand elsewhere in the file, for links and notes of this text.
    ``before`` is what stands above the first issue, for that one alone. ``front`` is the front matter of the
    file, where it says that its issues are drafts, or when they go out.
    """

    slug: str
    line: int
    text: str
    borrowed: str = ""
    before: tuple[LeftOut, ...] = ()
    front: str = ""

    @property
    def whole(self) -> str:
        """What there is to read of it: its text, whatever other issues of the file say."""
        return self.text + self.borrowed


def divided(text: str, *, slug: str, profile: Profile) -> tuple[IssueText, ...]:
    """The issues in a file, in its order; the whole file where it holds one.

    An issue's slug is its date, or else its heading, behind that of the file where this one says
    something; it stays when headings are added above or below.
    """
    headings = _headings(text, profile) if profile.issues.each == "heading" else ()
    if not headings:
        return (IssueText(slug=slug, line=1, text=text),)
    lines = plain_text(text).split("\n")
    starts = [heading.number for heading in headings]
    pieces = _pieces(lines, starts)
    front = split_front_matter("\n".join(lines), profile.front_matter, Notes())[0]
    definitions = {found["name"].casefold(): found[0] for found in _DEFINITION.finditer("\n".join(lines))}
    return tuple(
        IssueText(
            slug=own,
            line=start,
            text=piece,
            borrowed=_borrowed(piece, definitions),
            before=_before(lines[: start - 1]) if start == starts[0] else (),
            front="\n".join(front.lines) if front.says_when else "",
        )
        for own, start, piece in zip(_slugs(headings, slug, profile), starts, pieces, strict=True)
    )


def placed(issue: Issue, at: IssueText) -> Issue:
    """An issue read from the text of one, its lines those of the file."""
    by = at.line - 1
    if not by and not at.before:
        return issue
    return replace(
        issue,
        flash=tuple(_moved(flash, by) for flash in issue.flash),
        sections=tuple(
            replace(section, items=tuple(_moved(item, by) for item in section.items))
            for section in issue.sections
        ),
        warnings=tuple(replace(warning, line=warning.line + by) for warning in issue.warnings),
        left_out=(*at.before, *(replace(one, line=one.line + by) for one in issue.left_out)),
    )


def _moved(thing: _Thing, by: int) -> _Thing:
    said = tuple(one if one.file else replace(one, line=one.line + by) for one in thing.said)
    return replace(thing, line=thing.line + by, said=said)


def _headings(text: str, profile: Profile) -> Sequence[Row]:
    """Those below which an issue stands: with a date, where any has one; first empty ones are titles."""
    notes = Notes()
    _, body = split_front_matter(text, profile.front_matter, notes)
    headings = [
        row
        for row in with_headings(read_rows(body, notes), profile, notes)
        if row.kind is RowKind.HEADING
        and row.level == profile.issues.level
        and fold_heading(row.text) not in profile.left_out_headings
    ]
    found = [row for row in headings if find_day(row.text, profile)] or headings
    bare = body.split("\n")
    titles = (not any(map(str.strip, bare[a.number : b.number - 1])) for a, b in pairwise(found))
    return found[sum(takewhile(bool, titles)) :]


def _pieces(lines: Sequence[str], starts: Sequence[int]) -> Iterator[str]:
    for place, start in enumerate(starts):
        last = place + 1 == len(starts)
        end = len(lines) if last else starts[place + 1] - 1
        yield "\n".join(lines[start - 1 : end]) + ("" if last else "\n")


def _before(lines: Sequence[str]) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(line=number, text=line, rule=BEFORE) for number, line in enumerate(lines, 1) if line.strip()
    )


def _borrowed(piece: str, definitions: dict[str, str]) -> str:
    """The definitions that a text refers to and does not hold."""
    named = dict.fromkeys(name.casefold() for name in _REFERENCE.findall(piece)) if definitions else {}
    lines = [definitions[name] for name in named if name in definitions and definitions[name] not in piece]
    return "".join(f"\n{line}\n" for line in lines)


def _slugs(headings: Sequence[Row], slug: str, profile: Profile) -> list[str]:
    """A slug for each heading. Of several alike the oldest keeps it, be it first in the file or last."""
    days = [find_day(heading.text, profile) for heading in headings]
    plain = [_slug(heading, day, slug) for heading, day in zip(headings, days, strict=True)]
    newest_first = _falling(days)
    taken: Counter[str] = Counter()
    found: list[str] = []
    for own in reversed(plain) if newest_first else plain:
        taken[own] += 1
        found.append(own if taken[own] == 1 else f"{own[: SLUG_LENGTH - 4]}-{taken[own]}")
    return found[::-1] if newest_first else found


def _falling(days: Sequence[Day | None]) -> bool:
    dated = [day.date for day in days if day]
    return len(dated) > 1 and dated[0] > dated[-1]


def _slug(heading: Row, day: Day | None, file: str) -> str:
    own = day.date.isoformat()[: None if day.known else len("2026-03")] if day else _of_words(heading.text)
    prefix = "" if file.casefold() in _SAY_NOTHING or own.startswith(file) else f"{file}-"
    if len(prefix) + len(own) <= SLUG_LENGTH:
        return prefix + own
    return f"{(prefix + own)[: SLUG_LENGTH - _HASH - 1].strip('-')}-{_hash(prefix + heading.text)}"


def _of_words(heading: str) -> str:
    return slugged(heading).strip("-") or _hash(heading)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH]

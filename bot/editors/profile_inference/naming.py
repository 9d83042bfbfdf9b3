"""How the files of issues are named, and how dates are written in them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from bot.digest.parsing.head import find_date
from bot.digest.profile import Profile

#: Names by what is in them: a date, or a number. The first that most names have is the habit.
_MARKS = (
    (r"\d{4}-\d{2}-\d{2}", r"\d{4}-\d{2}-\d{2}"),
    (r"\d{8}(?!\d)", r"\d{8}"),
    (r"\d{4}[-_.]?\d{1,2}[-_.]?\d{1,2}(?!\d)", r"\d{4}[-_.]?\d{1,2}[-_.]?\d{1,2}"),
    (r"\d{1,2}[-_.]\d{1,2}[-_.]\d{4}", r"\d{1,2}[-_.]\d{1,2}[-_.]\d{4}"),
    (r"\d+", r"\d+"),
)
_PLAIN = r"[\w.-]*"
_ENDING = r"\.md"
_MOST = 0.5  # what more than half of the files do is the habit; the others are no issues
_ALIKE = 0.9  # of the pieces beside a date or number; more differ as they like

#: How a date may be written, with the year first or last; the first that dates most issues.
DATES = (
    r"(?P<year>\d{4})[-./年](?P<month>\d{1,2})[-./月](?P<day>\d{1,2})",
    r"(?P<year>\d{4})[-_./年](?P<month>\d{1,2})[-_./月](?P<day>\d{1,2})",
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
    r"(?P<day>\d{1,2})[-.](?P<month>\d{1,2})[-.](?P<year>\d{4})",
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """The pattern of the names of issues, and the names that it matches."""

    pattern: str
    names: frozenset[str]


def naming_of(names: Sequence[str]) -> Naming:
    """The habit of most names. Where they have none in common, every name is one of an issue."""
    for searched, written in _MARKS:
        pattern = _pattern(names, searched, written)
        if pattern and len(taken := _matched(names, pattern)) > _MOST * len(names):
            return Naming(pattern=pattern, names=taken)
    return Naming(pattern=rf"[^.].*{_ENDING}", names=frozenset(names))


def date_pattern(texts: Sequence[Iterable[str]]) -> str | None:
    """How dates are written; ``texts`` are the places of each issue that may hold its date.

    None where fewer than half of the issues have one.
    """
    places = [tuple(issue) for issue in texts]
    dated = {
        pattern: sum(any(has_date(text, pattern) for text in issue) for issue in places) for pattern in DATES
    }
    best = max(dated, key=lambda pattern: dated[pattern])
    return best if places and dated[best] >= _MOST * len(places) else None


def has_date(text: str, pattern: str) -> bool:
    """Whether a text holds a date that is written so."""
    return find_date(text, _dated_by(pattern)) is not None


def _pattern(names: Sequence[str], searched: str, written: str) -> str | None:
    found = [(name, match) for name in names if (match := re.search(searched, name))]
    if not found:
        return None
    before = _common([name[: match.start()] for name, match in found])
    return (
        before
        + written
        + _common([name[match.end() :].removesuffix(".md") for name, match in found])
        + _ENDING
    )


def _common(pieces: Sequence[str]) -> str:
    """What all pieces are, numbers aside; where they differ, anything plain."""
    patterns = Counter(re.sub(r"\d+", r"\\d+", re.escape(piece).replace(r"\-", "-")) for piece in pieces)
    pattern, times = patterns.most_common(1)[0]
    return pattern if times > _ALIKE * len(pieces) else _PLAIN


def _matched(names: Iterable[str], pattern: str) -> frozenset[str]:
    return frozenset(name for name in names if re.fullmatch(pattern, name))


@cache
def _dated_by(pattern: str) -> Profile:
    return Profile(name="any", language="en", files=".*", date=pattern)

"""What may date an issue, and whether it agrees: the path of its file, its title, its front matter."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from bot.digest.parsing.dates import Day, apart, date_match, day_of, find_day, written_by_machine
from bot.digest.parsing.file_facts import FileFacts, dated_end, facts_of
from bot.digest.parsing.front_matter import split_front_matter
from bot.digest.parsing.notes import Notes
from bot.digest.profile import Profile
from bot.model import Issue, written

#: What nobody takes for anything but a date, however the digest writes its own.
_A_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
#: A year that a title gives its issue where it gives no day: ``(2025)``, ``2025 年 3 月``.
YEAR = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?=\s*年?\s*(?:[)）】\]」]|\d{1,2}\s*月|第\s*\d+\s*期|[-./]\d))"
)
_Doubt = tuple[str, str]  #: why, and the date as it is written
_PATH, _TITLE, _FRONT, _LINE = "the file name", "the title", "the front matter", "a line of its own"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDates:
    """The days that are said, by the place that says them.

    ``doubt`` is why the issue's date cannot be believed, None if nothing speaks against it; ``doubted`` the
    date as it is written, empty where it does not stand in the text.
    """

    days: Mapping[str, Day] = field(default_factory=dict)
    doubt: str | None = None
    doubted: str = ""

    @property
    def in_text(self) -> Day | None:
        """What the issue itself says."""
        return next((day for place, day in self.days.items() if place != _PATH), None)

    @property
    def in_path(self) -> Day | None:
        """What the path of its file says."""
        return self.days.get(_PATH)


def said_dates(issue: Issue, text: str, name: str, profile: Profile) -> SaidDates:
    """The dates of an issue with this text, whose file has this path below the folder."""
    facts, front = facts_of(name, profile), split_front_matter(text, profile.front_matter, Notes())[0]
    line = next((one.text for one in issue.left_out if one.rule == "date"), "")
    words = {_TITLE: issue.title or "", _FRONT: front.date, _LINE: line}
    days = {
        _TITLE: find_day(words[_TITLE], profile),
        _FRONT: written_by_machine(front.date, profile) if front.date else None,
        _LINE: find_day(line, profile),
        _PATH: facts.day,
    }
    said = {place: day for place, day in days.items() if day}
    places = words | {_PATH: dated_end(name, profile)}
    named = profile.file_pattern.match(name)
    doubts = (
        *_impossible({place: text for place, text in places.items() if place not in said}, named, profile),
        *_disagreeing(said, words, profile),
        *_other_year(issue, facts, said),
    )
    doubt, doubted = next(iter(doubts), (None, ""))
    return SaidDates(days=said, doubt=doubt, doubted=doubted)


def _impossible(places: Mapping[str, str], named: re.Match[str] | None, profile: Profile) -> Iterator[_Doubt]:
    """The first date of each place, none of which says a possible one; ``named`` is found by the pattern."""
    for place, text in places.items():
        by_pattern = named if place == _PATH else None
        for found in filter(None, (by_pattern, date_match(text, profile), _A_DATE.search(text))):
            parts = found.groupdict()
            if all(parts.get(part) for part in ("year", "month", "day")) and day_of(found) is None:
                yield f"{place} says {found[0]}, which is no date", found[0]
                break


def _disagreeing(said: Mapping[str, Day], words: Mapping[str, str], profile: Profile) -> Iterator[_Doubt]:
    """Two places that say different days, unless one names the other's too, as a range of days does."""
    for (place, day), (other, another) in combinations(said.items(), 2):
        named = (*_all_days(words.get(place, ""), profile), day)
        if all(apart(one, another) for one in named):
            stands = date_match(words.get(place, ""), profile)
            yield f"{place} says {_written(day)}, {other} {_written(another)}", stands[0] if stands else ""


def _all_days(text: str, profile: Profile) -> Iterator[Day]:
    found = (one for pattern in profile.date_patterns for one in pattern.finditer(text))
    yield from filter(None, map(day_of, found))


def _other_year(issue: Issue, facts: FileFacts, said: Mapping[str, Day]) -> Iterator[_Doubt]:
    """Where only a year is said: in the title, or as the folder of the file."""
    own = next(iter(said.values()), None)
    year = str(own.date.year) if own else facts.year
    if facts.year.isdecimal() and facts.year != year:
        yield f"the file lies in {facts.year}, and the issue is of {year}", ""
    years = [one["year"] for one in YEAR.finditer(issue.title or "")] if _TITLE not in said else []
    if year and years and year not in years:
        yield f"{_TITLE} says {years[0]}, and the issue is of {year}", years[0]


def _written(day: Day) -> str:
    return written(day.date, known=day.known)

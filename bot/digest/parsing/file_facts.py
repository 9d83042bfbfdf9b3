"""What the path of a file says of its issue: its day and its number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.digest.parsing.dates import Day, date_match, day_of, find_day, whole_year
from bot.digest.profile import Profile
from bot.model import is_markdown, stem_of
from bot.words.months import month_number
from bot.words.placeholders import filled

#: A folder that is a part of a date in Chinese.
_BROKEN = re.compile("(?<=[年月])/")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """The parts of a path that ``files`` of the profile names; empty where it names none."""

    day: Day | None = None
    year: str = ""
    month: str = ""
    number: str = ""


def facts_of(name: str, profile: Profile) -> FileFacts:
    """The facts of a path below the folder of issues, or of a slug."""
    found = profile.file_pattern.match(name)
    said = found.groupdict() if found else {}
    stem, end = _stem(profile.file_pattern.usual(name)), dated_end(name, profile)
    days = filter(None, (day_of(found) if found else None, find_day(end, profile)))
    day = min(days, key=lambda one: not one.known, default=None)
    return FileFacts(
        day=day,
        year=str(day.date.year) if day else whole_year(said.get("year") or ""),
        month=said.get("month") or "",
        number=said.get("number") or _only_number(PurePosixPath(stem).name),
    )


def dated_end(name: str, profile: Profile) -> str:
    """As much of a path, from its end, as says a date: the name of the file, behind folders if it needs them.

    The bare name where none is said. ``2026/2031`` says none: a number alone is no month and day.
    """
    parts = PurePosixPath(_stem(profile.file_pattern.usual(name))).parts
    ends = (_BROKEN.sub("", "/".join(parts[-count:])) for count in range(1, len(parts) + 1))
    return next((end for end in ends if _says_date(end, profile)), parts[-1] if parts else "")


def _says_date(end: str, profile: Profile) -> bool:
    """Whether a date stands in the end of a path, be it possible or, in parts of their own, not."""
    found = date_match(end, profile)
    if found is None or find_day(end, profile) or "/" not in end:
        return found is not None
    parts = found.groupdict()
    return bool(parts.get("day")) and found.end("month") < found.start("day")


def _stem(name: str) -> str:
    return stem_of(name) if is_markdown(PurePosixPath(name).name) else name


def title_of(facts: FileFacts, day: Day | None, profile: Profile) -> str | None:
    """The title that the profile makes where the text has none; None where it makes none."""
    if profile.title_template is None:
        return None
    return filled(profile.title_template, _values(facts, day, profile))


def _values(facts: FileFacts, day: Day | None, profile: Profile) -> Mapping[str, str]:
    month = facts.month and str(month_number(facts.month))
    return {
        "name": profile.name,
        "number": facts.number.lstrip("0") or facts.number,
        "year": str(day.date.year) if day else facts.year,
        "month": str(day.date.month) if day else month,
        "day": str(day.date.day) if day and day.known else "",
        "date": day.date.isoformat()[: None if day.known else len("2026-03")] if day else "",
    }


def _only_number(stem: str) -> str:
    """The number in a name that holds no other."""
    numbers = re.findall(r"\d+", stem)
    return numbers[0] if len(numbers) == 1 else ""

"""What the file of a new issue is called: by the names of the others, or by the pattern of the profile."""

import re
from collections.abc import Iterator, Sequence

from bot.digest.profile import Profile
from bot.editors.new_issue.stamps import Stamp, Stamps
from bot.words.english import MONTHS
from bot.words.placeholders import filled

_DATE = re.compile(r"(?<!\d)(?P<year>\d{4})(?P<mark>[-._/]?)(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?!\d)")
_STARS = (("**/", ""), ("**", ""), ("*", ""))


def name_of(profile: Profile, names: Sequence[str], old: Stamp, new: Stamp) -> str | None:
    """The path of the new file below the folder of issues; None if there is no telling.

    ``names`` are those of the other issues, the newest last, which has the stamp ``old``.
    """
    pattern = profile.file_pattern
    return next((name for name in _candidates(profile, names, old, new) if pattern.match(name)), None)


def _candidates(profile: Profile, names: Sequence[str], old: Stamp, new: Stamp) -> Iterator[str]:
    for name in reversed(names[-1:]):
        renewed = _renewed(profile, names, old, new)
        if renewed != name:
            yield renewed
    written = profile.file_pattern.written
    for star, nothing in _STARS:
        written = written.replace(star, nothing)
    if (template := filled(written, _values(new))) is not None:
        yield from (template, f"{template}.md")
    if new.day:
        yield from (f"{new.day:{form}}.md" for form in ("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y-%m-%d-issue"))
    if new.number is not None:
        yield from (f"{lead}{new.number}.md" for lead in ("issue-", "", "#", "no-", "week-"))
        yield f"issue-{new.number:03}.md"


def _renewed(profile: Profile, names: Sequence[str], old: Stamp, new: Stamp) -> str:
    patterns = (profile.file_pattern.regex, *profile.date_patterns, _DATE)
    dated = [one for one in patterns if {"year", "month"} <= one.groupindex.keys()]
    padded = not any(_has_bare_digit(name, dated) for name in names)
    *folders, name = Stamps(old=old, new=new, patterns=dated, padded=padded).renewed(names[-1]).split("/")
    years = {str(old.day.year): str(new.day.year)} if old.day and new.day else {}
    return "/".join((*(years.get(folder, folder) for folder in folders), name))


def _has_bare_digit(name: str, dated: Sequence[re.Pattern[str]]) -> bool:
    """Whether a month or a day below ten has no nought before it in a name."""
    matches = [match.groupdict() for pattern in dated for match in pattern.finditer(name)]
    return any(len(match.get(part) or "..") == 1 for match in matches for part in ("month", "day"))


def _values(stamp: Stamp) -> dict[str, str]:
    values = {"number": str(stamp.number)} if stamp.number is not None else {}
    if stamp.day is None:
        return values
    day = {"year": "%Y", "short_year": "%y", "month": "%m", "day": "%d"}
    return (
        values
        | {name: f"{stamp.day:{form}}" for name, form in day.items()}
        | {"month_name": MONTHS[stamp.day.month - 1]}
    )

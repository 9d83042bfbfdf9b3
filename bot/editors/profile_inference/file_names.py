"""The pattern of the names of issues: what all of them have in common, dates and numbers in their places."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import PurePosixPath

from bot.model import FilePattern, is_readme
from bot.words.months import MONTH_NAME
from bot.words.placeholders import PLACEHOLDER

_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
#: What is found first stands for what it says; the last, a bare number, is left to be one.
_MARKS = (
    (rf"(?<!\d){_YEAR}([-_.年]){_MONTH}([-_.月]){_DAY}(?!\d)", r"{year}\1{month}\2{day}"),
    (r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)", "{year}{month}{day}"),
    (rf"(?<!\d){_DAY}([-_.]){_MONTH}([-_.]){_YEAR}(?!\d)", r"{day}\1{month}\2{year}"),
    (rf"(?<!\d){_YEAR}([-_.年]){_MONTH}(?!\d)", r"{year}\1{month}"),
    (rf"(?<!\d){_YEAR}(?!\d)", "{year}"),
    (rf"(?i)(?:{MONTH_NAME})", "{month_name}"),
    (rf"(?<!\d){_MONTH}月", "{month}月"),
    (rf"(?<!\d){_DAY}日", "{day}日"),
)
#: A date without its century; which of its ends is the year only several names tell.
_SHORT = re.compile(r"(?<!\d)(\d\d)([-_.])(0[1-9]|1[0-2])\2(\d\d)(?!\d)")
SHORT_DATE = re.compile(r"\{(?:short_year|day)\}([-_.])\{month\}\1\{(?:short_year|day)\}")
_LAST_DAY = 31
_MONTH_AND_DAY = re.compile(rf"^{_MONTH}([-_.]){_DAY}(?!\d)")
_NUMBER = re.compile(r"(?<![\d{])\d+(?!\d)")


def files_of(names: Sequence[str], others: Sequence[str]) -> str:
    """A pattern that matches all names and none of the others; the one that says most."""
    if not names:
        return "**/*"
    return next(pattern for pattern in _candidates(names, others) if _parts(pattern, names, others))


def _parts(pattern: str, names: Iterable[str], others: Iterable[str]) -> bool:
    matches = FilePattern.of(pattern).match
    return all(map(matches, names)) and not any(map(matches, others))


def _candidates(names: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    if len(names) == 1 and is_readme(PurePosixPath(names[0]).name):
        yield PurePosixPath(names[0]).name if "/" not in names[0] else f"**/{PurePosixPath(names[0]).name}"
    endings = {PurePosixPath(name).suffix for name in names}
    ending = endings.pop() if len(endings) == 1 else ""
    stems = [str(PurePosixPath(name).with_suffix("")) for name in names]
    stems = _with_short_dates(stems)
    for numbered in (True, False):
        common = _common([_template(stem, numbered=numbered) for stem in stems])
        readmes = any(is_readme(PurePosixPath(name).name) for name in names)
        if common and (not readmes or is_readme(PurePosixPath(common + ending).name)):
            yield common + ending
    below = "**/" if any("/" in name for name in names) else ""
    yield from (f"{below}*{ending}", f"{below}*{{number}}*{ending}", f"{below}*")
    excluded = "|".join(map(re.escape, others))
    readme = "" if not any(is_readme(PurePosixPath(name).name) for name in names) else "(?:readme)?"
    yield f"re:(?!(?:{excluded})$).*{readme}" if excluded else f"re:.*{readme}"


def _with_short_dates(stems: list[str]) -> list[str]:
    """The names with placeholders for dates such as ``26-03-02``: of their ends the year changes less."""
    found = [_SHORT.search(stem) for stem in stems]
    dates = [one for one in found if one]
    if len(dates) < len(stems) or any(re.search(rf"(?<!\d){_YEAR}(?!\d)", stem) for stem in stems):
        return stems
    first, last = ({int(one[end]) for one in dates} for end in (1, 4))
    days = max(first, last, key=len)
    if len(first) == len(last) or min(days) < 1 or max(days) > _LAST_DAY:
        return stems
    shown = r"{short_year}\2{month}\2{day}" if len(first) < len(last) else r"{day}\2{month}\2{short_year}"
    return [_SHORT.sub(shown, stem, count=1) for stem in stems]


def _template(stem: str, *, numbered: bool) -> str:
    """A name with placeholders for what it says; a number is ``*`` where that is not asked for."""
    for mark, placeholder in _MARKS:
        stem = re.sub(mark, placeholder, stem)
    stem = "/".join(_below_years(stem.split("/")))
    if numbered and (found := [*_NUMBER.finditer(stem)]):
        last = found[-1] if "{year}" not in stem else found[0]
        stem = f"{stem[: last.start()]}{{number}}{stem[last.end() :]}"
    return _NUMBER.sub("*", stem)


def _below_years(parts: Iterable[str]) -> Iterator[str]:
    """The parts of a path, month and day in the place of digits that stand below a year."""
    said = ""
    for part in parts:
        if "{year}" in said and re.fullmatch(r"\d\d?", part):
            shown = "{day}" if "{month" in said else "{month}"
        elif "{year}" in said and "{month" not in said + part:
            shown = _MONTH_AND_DAY.sub(r"{month}\1{day}", part)
        else:
            shown = part
        said += shown
        yield shown


def _common(templates: Sequence[str]) -> str | None:
    """What all templates are, with ``*`` where their words differ; None if they say other things."""
    if len(set(templates)) == 1:
        return templates[0] if PLACEHOLDER.search(templates[0]) else None
    split = [re.split(r"(\{[a-z_]+\}|/)", template) for template in templates]
    said = {tuple(pieces[1::2]) for pieces in split}
    if len(said) > 1 or not any("{" in mark for mark in next(iter(said))):
        return None
    columns = zip(*split, strict=True)
    return "".join(_same_or_star(column) for column in columns)


def _same_or_star(pieces: Sequence[str]) -> str:
    if len(set(pieces)) == 1:
        return pieces[0]
    alike = takewhile(lambda chars: len(set(chars)) == 1, zip(*pieces, strict=False))
    before = "".join(chars[0] for chars in alike).split("*")[0]
    return f"{before}*"

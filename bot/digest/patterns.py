"""The patterns in a profile: of text, of files, dates and titles; each is checked where it is written."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated

from pydantic import AfterValidator

from bot.model import FilePattern
from bot.model.file_pattern import REGEX
from bot.words.placeholders import as_text, has_placeholder, regex_of

_TITLE_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
#: What parts a regular expression: an escape or a class, which hold nothing that does, or a sign.
_STRUCTURE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
_IN_A_TITLE = ("name", "number", "year", "month", "day", "date")


def is_template(title: str) -> bool:
    """Whether a title is made up, and not found."""
    return _TITLE_PLACEHOLDER.search(title) is not None


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    return pattern


def _takes_files(pattern: str) -> str:
    FilePattern.of(pattern)
    return pattern


def _have_date_groups(dates: str | tuple[str, ...]) -> str | tuple[str, ...]:
    for pattern in (dates,) if isinstance(dates, str) else dates:
        for regex in date_regexes(pattern):
            if missing := {"year", "month"} - set(regex.groupindex):
                raise ValueError(f"has no group named {' or '.join(sorted(missing))}: {pattern}")
    return dates


@cache
def date_regexes(written: str) -> tuple[re.Pattern[str], ...]:
    """What a pattern of dates means; each has groups ``year`` and ``month``, and ``day`` if it says one.

    A regular expression is several where it has alternatives, for no two groups may have one name.
    """
    if has_placeholder(written) and not written.startswith(REGEX):
        return (re.compile(regex_of(written, as_text), re.IGNORECASE),)
    regex = written.removeprefix(REGEX)
    parts = list(_alternatives(regex)) if regex.count("(?P<year>") > 1 else [regex]
    return tuple(re.compile(_compiles(part)) for part in parts)


def _alternatives(regex: str) -> Iterator[str]:
    """The parts of a regular expression between the bars that stand in no group."""
    depth = start = 0
    for found in _STRUCTURE.finditer(regex):
        depth += (found[0] == "(") - (found[0] == ")")
        if found[0] == "|" and not depth:
            yield regex[start : found.start()]
            start = found.end()
    yield regex[start:]


def _names_issues(title: str) -> str:
    unknown = set(_TITLE_PLACEHOLDER.findall(title)) - set(_IN_A_TITLE)
    if unknown:
        raise ValueError(f"has no value for {{{min(unknown)}}}; known are {', '.join(_IN_A_TITLE)}")
    return title if _TITLE_PLACEHOLDER.search(title) else _compiles(title)


Pattern = Annotated[str, AfterValidator(_compiles)]
Dates = Annotated[str | tuple[str, ...], AfterValidator(_have_date_groups)]
Title = Annotated[str, AfterValidator(_names_issues)]
Files = Annotated[str, AfterValidator(_takes_files)]

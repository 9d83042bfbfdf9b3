"""Why something is wrong, as the bot itself found out, in another language than English.

The log, the database and commands have reasons in English. ``reasons.j2`` of a language has a line
``English => its own words`` for each that the bot makes; ``{name}`` is whatever stands there, and
``{reason…}`` what is said in that language too if it can be. What others said, such as Telegram, stays.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

_ARROW = " => "
_FIELD = re.compile(r"\\\{(\w+)\\\}")
_INSIDE = "reason"  # the fields that may be a reason of their own begin with it
_DEEPEST = 4  # reasons inside reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    english: re.Pattern[str]
    own: str


def phrasebook(page: Callable[[], str]) -> Callable[[str], str]:
    """Says a reason in the language of a page of phrases; one that is not on it comes back as it is.

    The page is read once, when the first reason is said: in most languages none ever is.
    """

    @cache
    def phrases() -> tuple[_Phrase, ...]:
        return tuple(_phrase(line) for line in page().splitlines() if _ARROW in line)

    return lambda reason: _said(reason, phrases(), _DEEPEST)


def _phrase(line: str) -> _Phrase:
    english, own = line.split(_ARROW, 1)
    pattern = _FIELD.sub(r"(?P<\1>.+?)", re.escape(english.strip()))
    return _Phrase(english=re.compile(pattern, re.DOTALL), own=own.strip())


def _said(reason: str, phrases: Sequence[_Phrase], depth: int) -> str:
    found = next(((one, match) for one in phrases if (match := one.english.fullmatch(reason))), None)
    if found is None or not depth:
        return reason
    phrase, match = found
    inside = {
        name: _said(text, phrases, depth - 1) if name.startswith(_INSIDE) else text
        for name, text in match.groupdict().items()
    }
    return phrase.own.format_map(inside)

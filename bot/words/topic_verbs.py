"""What words beside names of topics say of these: follow, only, no longer, everything but.

The words are in ``topic_verbs.toml``, which is read at the first use.
"""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Literal

Script = Literal["zh", "en"]


class Verb(StrEnum):
    """What a word says of the names behind it, or of all; of two that are as long the first here counts."""

    ODD = "odd"  #: something that is not understood
    CLEAR = "clear"  #: nothing is followed or left out any more
    ALL = "all"  #: everything, or everything else
    BUT = "but"  #: all but these
    ONLY = "only"  #: these and nothing else
    FORGET = "forget"  #: these no longer
    LESS = "less"  #: none of these
    ADD = "add"  #: these too
    AND = "and"  #: joins two names
    FILL = "fill"  #: says nothing


def verb_at(text: str, start: int) -> tuple[Verb, int] | None:
    """The longest Chinese verb that begins there, and where it ends; the text is folded."""
    found = [(verb, match.end()) for verb, one in _chinese() if (match := one.match(text, start))]
    longest = max((end for _, end in found), default=start)
    return next(((verb, end) for verb, end in found if end == longest > start), None)


def verb_of(words: str) -> Verb | None:
    """What these English words say together; None if they are none, or more than one verb."""
    return next((verb for verb in Verb if _pattern("en", verb).fullmatch(words)), None)


def is_sure(words: str) -> bool:
    """Whether these English words say so whatever follows, and not before the name of a topic alone."""
    return _pattern("en", "sure").fullmatch(words) is not None


def is_polite(words: str) -> bool:
    """Whether these English words are such as stand in sentences, and in no term."""
    return _pattern("en", "polite").fullmatch(words) is not None or verb_of(words) is Verb.ODD


def asks(text: str) -> bool:
    """Whether a Chinese text, which is folded, asks something."""
    return _pattern("zh", "ask").search(text) is not None


def sure_verb(text: str) -> int:
    """Where a Chinese verb ends that begins the text and says so whatever follows; 0 without one."""
    found = _pattern("zh", "sure").match(text)
    return found.end() if found else 0


@cache
def _chinese() -> tuple[tuple[Verb, re.Pattern[str]], ...]:
    """Each expression by itself: the longest of all counts, not the first of its verb."""
    return tuple((verb, re.compile(one)) for verb in Verb for one in _table()["zh"][verb].split())


@cache
def _pattern(script: Script, kind: str) -> re.Pattern[str]:
    return re.compile("|".join(_table()[script][kind].split()).replace("_", " "))


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("bot.words").joinpath("topic_verbs.toml").read_text("utf-8"))

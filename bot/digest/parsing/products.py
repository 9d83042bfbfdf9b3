"""Stars that mean themselves: ``长*宽*高``, ``(a+b)*c``, ``/usr/*/lib``, ``1*A100``.

A single star multiplies if a factor stands directly on both sides, however many there are in a
word. A factor is a letter, a digit, Chinese, a bracket or a slash, but no word that only joins or
strengthens others: ``这是*重点*内容``, ``这*很*重要``. A star that lacks a factor is half of emphasis,
and so is the one it belongs to: ``*强调*仍是``, ``foo*bar*``.
"""

import re
from functools import lru_cache

_CJK = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_BEFORE = r"(?<=[^\W_]|[)\]}）】/%％‰°′″])(?<![这那是的了们与或也很有叫让把被但而且])"
_AFTER = r"(?=[^\W_]|[(\[{（【/√∑∏∫∂∇$¥￥€£])(?![的了是很与或])"
#: What stands between two stars and is no factor: a lone adverb, or a Latin word among Chinese.
_ALONE = (
    r"不|没|很|最|更|太|都|只|才|就|也|仅|非常|必须|绝对|真正|一定|完全"
    rf"|(?<=[{_CJK}]\*)[A-Za-z]{{4,}}(?=\*[{_CJK}])"
)
_PARTS = re.compile(
    r"(?P<passed>\\.|(?P<marks>`+)[^`]+(?P=marks)|\]\([^()\s]*\)|\*{2,})"
    rf"|(?P<alone>\*(?:{_ALONE})\*)"
    rf"|(?P<times>{_BEFORE}\*{_AFTER}|(?<=/)\*(?=\.\w))"
    r"|(?P<half>\*)"
    r"|(?P<sentence>[。！？；!?;\n])"
    r"|(?P<clause>[\s，：、,:])"
)
_HAS_FACTOR_BEFORE = re.compile(rf"{_BEFORE}\*")
_HAS_FACTOR_AFTER = re.compile(rf"\*{_AFTER}")
#: What only a formula has: there each star with two factors multiplies.
_FORMULA = re.compile(r"[=＝≈≠≤≥×÷+^]")
_CLAUSE_END = re.compile(r"[\s，。；：！？、,;:!?]")
_LONGEST_CLAUSE = 80


@lru_cache(maxsize=4)
def signs(text: str) -> frozenset[int]:
    """The places of single stars that mean themselves."""
    found: set[int] = set()
    opened = False  # a half that waits for its other one
    last = -1  # the last sign of this clause
    for part in _PARTS.finditer(text):
        at = part.start()
        match part.lastgroup:
            case "times" if opened and not _multiplies_anyway(text, at):
                opened = False
            case "times":
                found.add(last := at)
            case "half" if opened and not text[at - 1].isspace():
                opened = False
            case "half" if _opens(text, at):
                opened = True
            case "half" if not _HAS_FACTOR_AFTER.match(text, at):
                found.discard(last)
            case "clause":
                last = -1
            case "sentence":
                opened, last = False, -1
    return frozenset(found)


def _opens(text: str, at: int) -> bool:
    """Whether emphasis begins with a star: it lacks a factor before it, and is no blank's neighbour."""
    after = text[at + 1 : at + 2]
    return bool(after) and not after.isspace() and not _HAS_FACTOR_BEFORE.match(text, at)


def _multiplies_anyway(text: str, at: int) -> bool:
    """Whether a star between factors multiplies though emphasis is open: between digits, or in a formula."""
    if text[at - 1].isdecimal() and text[at + 1].isdecimal():
        return True
    before = _CLAUSE_END.split(text[max(at - _LONGEST_CLAUSE, 0) : at])[-1]
    clause = before + _CLAUSE_END.split(text[at : at + _LONGEST_CLAUSE], maxsplit=1)[0]
    return _FORMULA.search(clause) is not None

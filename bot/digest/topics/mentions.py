"""Words that an item only mentions, by what stands right before and behind them.

What it is compared with: "比GPU快", "能效是GPU的五倍". What it was tried on: "跑GPT快一倍". What it takes to
run it: "每帧推理只要八毫秒". Such a word says of the item as much as a yardstick does, whatever its kind.
"""

import re
from collections.abc import Container, Sequence

from bot.digest.topics.lexicon import Hit

_NUMBER = r"(?:\d[\d.,]*|[一二两三四五六七八九十百千半几数]+)"
#: Nothing here is searched for in both cases, and each choice begins with a certain character: else it takes
#: several times as long.
_COMPARED = re.compile(
    r"(?:比|较|优于|超过|超越|媲美|不输|匹敌|不逊于|胜过|快过|than|vs\.?|VS|versus)"
    r"\s*(?:于|于?传统|普通|同类)?\s*"
)
#: Behind it a name of Latin letters is one of a network that it was tried on; a task is what it can do.
_RUN = re.compile(r"(?:跑|实测)\s*(?=[A-Za-z])")
#: So many times as much as what stands before.
_TIMES = re.compile(rf"的\s*{_NUMBER}\s*[多余]?[倍×x]")
#: So long a time, or so many pictures a second; a few characters may part a word from it.
_FIGURE = re.compile(rf"{_NUMBER}\s*(?:毫秒|微秒|ms\b|[fF][pP][sS]\b|帧)")
_NEAR = re.compile(r"[^\s，。；！？,;!?]{0,4} ?")
_MEANS = re.compile(r"(?:采用|由|基于|使用|用|以|with|using)\s*[^，。；！？、,;\s]{0,10}$", re.IGNORECASE)
_BEGIN_MEANS = frozenset("采由基使用以wWuU")  # of what it looks for; most texts have none of these
_REACH = 14  # characters


def mentioned(text: str, hits: Sequence[Hit]) -> set[int]:
    """The places among the hits of those that are only mentioned. The text is searched once."""
    if not hits:
        return set()
    behind = {found.end() for found in _COMPARED.finditer(text)}
    if "跑" in text or "实测" in text:
        behind |= {found.end() for found in _RUN.finditer(text)}
    before = {found.start() for found in _TIMES.finditer(text)}
    timed = "秒" in text or "帧" in text or "ms" in text or "fps" in text or "FPS" in text
    figures = {found.start() for found in _FIGURE.finditer(text)} if timed else set()
    if not (behind or before or figures):
        return set()
    return {
        place
        for place, (start, end, _, _, _, _) in enumerate(hits)
        if start in behind or end in before or (figures and _has_near(text, end, figures))
    }


def _has_near(text: str, end: int, figures: Container[int]) -> bool:
    near = _NEAR.match(text, end)
    return near is not None and any(place in figures for place in range(end, near.end() + 1))


def is_means(text: str, start: int) -> bool:
    """Whether the word that begins there is what something is made with, or by: ``由台积电用3nm工艺代工``."""
    before = text[max(0, start - _REACH) : start]
    return not _BEGIN_MEANS.isdisjoint(before) and _MEANS.search(before) is not None

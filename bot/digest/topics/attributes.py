"""Compound words with others between: 轻量的去雾网络 is a 轻量网络, 手机新处理器 are 手机处理器."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

#: A compound of a word of two characters and one of two or three; longer ones may be parted anywhere.
_COMPOUND = re.compile(r"[\u4e00-\u9fff]{4,5}")
_FIRST, _SECONDS = 2, (2, 3)
#: What ties the first word to the second, and how many characters may stand between that and the second.
_TIES = {"的": 4, "新": 0, "新款": 0}
_RUNS_ON = re.compile(r"[\u4e00-\u9fff]*")

T = TypeVar("T")


class Attributes(Generic[T]):
    """Finds compounds whose first word is an attribute of the second."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        seconds: dict[str, dict[str, T]] = defaultdict(dict)
        for word, meaning in meanings.items():
            if _COMPOUND.fullmatch(word):
                seconds[word[:_FIRST]][word[_FIRST:]] = meaning
        self._begun = [(behind, most) for behind in seconds.values() for most in _TIES.values()]
        #: What they begin with: a first word with its tie.
        self.beginnings = tuple(f"{first}{tie}" for first in seconds for tie in _TIES)

    def ends(self, text: str, beginning: int, end: int) -> Iterator[tuple[int, T]]:
        """Where one with such a beginning, by its number, which ends at ``end`` of a text, ends itself.

        Nothing but characters that run on stands between.
        """
        seconds, most = self._begun[beginning]
        run = _RUNS_ON.match(text, end, end + most + _SECONDS[-1])
        behind = run[0].partition("的")[0] if run else ""
        for between in range(min(most, len(behind)) + 1):
            for length in _SECONDS:
                to = between + length
                if to <= len(behind) and (meant := seconds.get(behind[between:to])) is not None:
                    yield end + to, meant

"""A sentence that says when something shall come, from which what it says is taken part by part."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time
from itertools import pairwise

from bot.words.clock_times import in_one_part, time_of_day, times_in
from bot.words.wish_signs import Meaning, find, pieces
from bot.words.wish_switches import QUIET, QUIETNESS, SILENT

_NEXT_DAY = r"(?:次日|第二天|翌日|隔天|明早|(?:the )?next (?:day|morning))?"
TO = re.compile(rf"[\s|]*(?:-|到|至|\b(?:to|until|till|through)\b)\s*{_NEXT_DAY}\s*(?:at\s+)?(?:的)?")
#: The same where something else says that the times are of one span.
_TO_OR_AND = re.compile(rf"{TO.pattern}|[\s|]*(?:\band\b|和)\s*{_NEXT_DAY}\s*(?:at\s+)?")
_WINDOW = re.compile(r"\bbetween\b|之间")
_SENDS = re.compile(
    r"[发送来推看收读]|有空|方便|\b(?:free|available)\b|\b(?:send|sent|come|comes|deliver(?:ed|y)?|arrives?|get|give|receive|read|push|bring)\b"
)
_NEVER = re.compile(r"(?:[别不勿]|\b(?:not|no|never|nothing|don't|without|stop)\b)[^,，;；。]*$")
#: What stands between two times where something else says that between them nothing shall come.
_BETWEEN = re.compile(
    r"[\s|,，、;；]*(?:以后|之后|过后|后|起|开始)?[\s|,，、;；]*"
    r"(?:-|直?到|至|一直到|直至|\b(?:to|until|till|and|through|before)\b)?"
    rf"\s*{_NEXT_DAY}\s*(?:at\s+)?(?:的|\bbefore\b\s*)?"
)
#: What stands beside a time at which something begins or ends.
_BEGINS = re.compile(r"(?:\b(?:after|from|since|starting)|从|自)\s*(?:at\s+)?$")
_BEGINS_BEHIND = re.compile(r"\s*(?:以后|之后|过后|后|起|开始)")
_ENDS = re.compile(r"(?:\b(?:until|till|before|by)|(?<![送改推发收调])到)\s*(?:at\s+)?$")
_ENDS_BEHIND = re.compile(
    r"\s*(?:以前|之前|前(?!天)|(?:以后|之后|后|起|开始)?[|,\s]*(?:再|才|可以)[送发推响来])"
)
_MARKS = re.compile(
    r"以后|之后|过后|后|起|开始|以前|之前|前|直?到|从|自|(?:再|才|可以)[送发推响来]"
    r"|\b(?:after|from|since|starting|until|till|before|by)\b"
)
_FILLER = (
    rf"{QUIETNESS}|时区|城市|推送|送到|发给我|给我|请|我?住?在|我的|改[成到为回]|恢复[成到]?|设为|设成|从|之间|大概|大约"
    r"|(?:推迟|提前|延后|推后)[到至]?|我?有空|我?方便|再?[送发推]|再|按|把|换[成到为]?|只?要么?|只|是|时间(?=\s*$)|改(?!则)|就|要|而"
    r"|(?:[看来收到至和跟]|或者?)(?=\s*$)"
    r"|(?:这|那)(?:个|段)?(?:时间|时候)"
    rf"|(?:{QUIET}|time ?zone|zone|city|please|deliver|send|issues?|come|be|set|me|it|the"
    r"|i(?: am|'m| live| want|'d)?|have|would|prefer|like|that|my|make|change|move|switch|shift|arrives?|get"
    r"|receive|read|push|bring|want"
    r"|at|on|in|from|between|by|and|or(?! so)|either|but|rather|instead|to"
    r"|around|about|approximately|roughly|sometime|pls)\b"
)
_BEHIND = (
    r"都?可以|就行|都行|即可|吧|了|左右|谢谢|就好|不变|最好|有空|方便|送达?|发|看"
    r"|\b(?:please|pls|thanks|or so|instead|only)|[\s,，、;；。.!！的]"
)
_FILLERS = re.compile(rf"^(?:(?:{_FILLER})\s*)+|(?:{_BEHIND})+$")
_PART_OF_DAY = re.compile(
    r"(?P<part>凌晨|清晨|清早|早晨|早上|上午|早间|下午|午后|傍晚|晚上|晚间|夜里|夜晚|夜间|深夜"
    r"|(?<![^\s|])[早晚](?![^\s|]))(?:的?时候|时分)?"
    r"|\b(?:(?:in the|at|on|every|each|during the|the|early|late) )*"
    r"(?P<english>morning|afternoon|evening|night)(?:s|-?time)?\b"
)
_CUT = "|"  #: stands where a part was taken, which no time runs across
_TWO = 2
_Found = tuple[int, int, time]
_EDGES = " -,，、;；:：。.!！吧"


@dataclass(frozen=True, kw_only=True)
class Hours:
    """What a sentence says of hours: quiet ones, or one end of them, and other times.

    ``says_quiet`` and ``silent``: the words that speak of quiet and of silence; ``said_quiet`` and
    ``said_times``, those of the span or its end, and of the times.
    """

    quiet: tuple[time, time] | None = None
    quiet_begins: time | None = None
    quiet_ends: time | None = None
    times: list[time]
    says_quiet: str = ""
    silent: str = ""
    said_quiet: str = ""
    said_times: str = ""


class Sentence:
    """Words from which parts are taken."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._said_quiet = ""

    def takes(self, part: re.Pattern[str]) -> str:
        """The words of the first of that part, which are taken; empty if there is none."""
        found = self.taken(part)
        return found[0].strip() if found else ""

    def taken(self, part: re.Pattern[str]) -> re.Match[str] | None:
        """The first of that part, which is taken; None if there is none."""
        found = part.search(self._words)
        if found:
            self._cut(found.start(), found.end())
        return found

    def shows(self, meaning: Meaning) -> str:
        """The words that are a sign of this; they are taken. Empty if there are none."""
        found = find(meaning, self._words)
        if found is None or self._negates_a_place(*found):
            return ""
        words = self._words[slice(*found)]
        self._cut(*found)
        return words

    def _negates_a_place(self, start: int, end: int) -> bool:
        """Whether that is a mere "not", and no time is there of which it is said."""
        return self._words[start:end].strip() == "not" and not times_in(self._words)

    def hours(self) -> Hours:
        """The span that is there, whether all shall be silent, and the times besides; all are taken.

        Silence is said of a span, as in ``mute 22-7``, unless a time is there besides. ValueError if it is
        not clear which time is an end of quiet hours.
        """
        if self._is_of_wishes():
            return self._hours(None, "", self.takes(SILENT))
        without = Sentence(self._words)
        said = without.shows("quiet")
        span = without.span(_TO_OR_AND) or without.two() if said else None
        if span:
            self._words, self._said_quiet = _only_of_quiet(without._words), without._said_quiet
            silent = SILENT.search(said) if times_in(self._words) else None
            return self._hours(span, said, silent[0] if silent else "")
        silent_said, says_quiet = self.takes(SILENT), self.shows("quiet")
        span = self.span(TO)
        if span:
            self._words = _only_of_quiet(self._words)
        elif says_quiet or silent_said:
            begins, ends = self.one_end(alone=bool(says_quiet))
            if begins or ends:
                says = says_quiet or silent_said
                return replace(self._hours(None, says, ""), quiet_begins=begins, quiet_ends=ends)
        return self._hours(span, says_quiet, silent_said)

    def _hours(self, quiet: tuple[time, time] | None, says_quiet: str, silent: str) -> Hours:
        said = " ".join(self._words[start:end] for start, end, _ in times_in(self._words))
        return Hours(
            quiet=quiet,
            times=self.times(),
            says_quiet=says_quiet,
            silent=silent,
            said_quiet=self._said_quiet,
            said_times=said,
        )

    def _is_of_wishes(self) -> bool:
        """Whether two times are there, or a window, in which something is to come: no word of quiet."""
        aloud = Sentence(self._words)
        aloud.takes(SILENT)
        times = times_in(aloud._words)
        if len(times) != _TWO or aloud.shows("quiet"):
            return False
        first, second = times
        if not TO.fullmatch(aloud._words[first[1] : second[0]]):
            return not any(aloud._begins(one) or aloud._is_end(one) for one in times)
        sends = _WINDOW.search(aloud._words) or _SENDS.search(aloud._words)
        return bool(sends) and not _NEVER.search(aloud._words[: first[0]])

    def one_end(self, *, alone: bool) -> tuple[time | None, time | None]:
        """The time that is marked as a beginning or an end, as that; it is taken with its mark.

        ``alone``: a time that is alone needs no mark, and is a beginning. ValueError if several may be it.
        """
        times = times_in(self._words)
        marked = [one for one in times if self._begins(one) or self._is_end(one)]
        ends = marked or (times if alone else [])
        if not ends:
            return None, None
        if len(ends) > 1:
            raise ValueError("one time is an end of quiet hours")
        (end,) = ends
        is_end, self._said_quiet = self._is_end(end), self._words[end[0] : end[1]]
        self._cut(end[0], end[1])
        self._words = _MARKS.sub(_CUT, self._words)
        return (None, end[2]) if is_end else (end[2], None)

    def _begins(self, found: _Found) -> bool:
        start, end, _ = found
        marked = _BEGINS.search(self._words[:start]) or _BEGINS_BEHIND.match(self._words, end)
        return bool(marked) and not self._is_end(found)

    def _is_end(self, found: _Found) -> bool:
        start, end, _ = found
        return bool(_ENDS.search(self._words[:start]) or _ENDS_BEHIND.match(self._words, end))

    def times(self) -> list[time]:
        """The times that are there; they are taken."""
        times = times_in(self._words)
        shown = in_one_part(self._words, times)
        for start, end, _ in reversed(times):
            self._cut(start, end)
        alone = time_of_day(self.rest()) if not times else None  # a bare numeral: 八
        if alone is None:
            return list(dict.fromkeys(shown))
        self._words = ""
        return [alone]

    def span(self, joint: re.Pattern[str]) -> tuple[time, time] | None:
        """The first two times between which that stands; they are taken."""
        return self._span(pairwise(times_in(self._words)), joint)

    def two(self) -> tuple[time, time] | None:
        """The two times that are there, if nothing says that they are no beginning and end.

        ``8:30, quiet after 10pm`` has two beginnings; what stands between them is not of both.
        """
        times = times_in(self._words)
        if len(times) != _TWO or self._begins(times[1]):
            return None
        first, second = times
        apart = self._words[first[1] : second[0]].count(_CUT)
        if apart > 1 or (apart and not (self._begins(first) or self._is_end(second))):
            return None
        return self._span([(first, second)], _BETWEEN)

    def _span(
        self, pairs: Iterable[tuple[_Found, _Found]], joint: re.Pattern[str]
    ) -> tuple[time, time] | None:
        for (start, begun, begins), (ending, end, ends) in pairs:
            if begins != ends and joint.fullmatch(self._words[begun:ending]):
                self._said_quiet = self._words[start:end]
                self._cut(start, end)
                return begins, ends
        return None

    def part_of_day(self) -> str:
        """The part of the day that is there, as the word that says it; it is taken."""
        found = self.taken(_PART_OF_DAY)
        return found["part"] or found["english"] if found else ""

    def rest(self) -> str:
        """What is left, without the words that join."""
        pieces = (_FILLERS.sub("", piece.strip(_EDGES)) for piece in self._words.split(_CUT))
        return " ".join(piece.strip(_EDGES) for piece in pieces if piece.strip(_EDGES))

    def _cut(self, start: int, end: int) -> None:
        self._words = f"{self._words[:start]}{_CUT}{self._words[end:]}"


def _only_of_quiet(words: str) -> str:
    """The words without those that say no more than that there are quiet hours."""
    return pieces("quiet").sub(_CUT, _MARKS.sub(_CUT, words))

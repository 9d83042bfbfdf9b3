"""What people type for when something shall come: a time, a day, quiet hours, sound, in any order.

A sentence is taken apart: each part that says something is taken out of it, and what is left must be the name
of a place, or nothing. A part that contradicts another, or two times that are no span, say nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import pairwise

from bot.words.clock_times import in_part, plain, time_of_day, times_in
from bot.words.utc_offsets import OFFSET, offset
from bot.words.weekdays import CHINESE_DAY, ENGLISH_DAY, weekday_number
from bot.words.wish_signs import Meaning, find, pieces

_DAY = re.compile(rf"(?:每个?|逢)?{CHINESE_DAY}|(?:\b(?:on|every|each)\s+)?{ENGLISH_DAY}")
_DAILY = re.compile(
    r"每天|每日|天天"
    r"|\b(?:every ?day|each day|daily|(?:every|each)(?= (?:morning|evening|afternoon|night)))\b"
)
_WEEK = "(?:周|星期|礼拜)"
_LATIN_DAY = "(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_SEVERAL = re.compile(
    r"每?个?(?:工作日|周末)|双休日?|休息日|平日"
    rf"|每?{_WEEK}[一二三四五六日天](?:(?:[至到、和及,-]{_WEEK}?|{_WEEK})[一二三四五六日天])+"
    rf"|每?{_WEEK}[一二三四五六日天]{{2,}}(?![\u4e00-\u9fff])"
    r"|\b(?:(?:on|every) )?(?:weekdays?|weekends?|work(?:ing)? ?days?|business days?)\b"
    rf"|\b{_LATIN_DAY}(?: ?(?:-|,|&|to|and|through|until|till) ?{_LATIN_DAY})+\b"
)
_OFF = r"取消|关闭|关掉|关|停用|解除|不要|不用|没有|别|无"
_QUIETNESS = r"安静(?:时段|时间|模式)?|免打扰(?:时段|时间|模式)?|勿扰(?:时段|模式)?"
_QUIET = r"quiet(?: hours?| time)?|do not disturb|dnd"
_SOUND = r"声音|提示音|铃声|响铃|响声|音|响"
_NEVER_QUIET = re.compile(
    rf"(?:{_OFF})(?:{_QUIETNESS})|(?:{_QUIETNESS})(?:{_OFF})"
    rf"|\b(?:no|without|never|cancel|disable|remove|stop|(?:turn|switch) off)"
    rf"(?: the| any| my)? (?:{_QUIET})\b"
    rf"|\b(?:(?:turn|switch) )?(?:{_QUIET}) (?:off|none)\b"
)
_LOUD = re.compile(
    rf"(?:取消|关闭|关掉|解除|不要|不|别)静音|(?<![不没别])(?:打开|开启|恢复|要|有|开)(?:{_SOUND})"
    r"|\bwith(?: a)? sound\b|\b(?:(?:turn|switch) )?(?:the )?sound on\b"
    r"|\b(?:turn|switch) on (?:the )?sound\b|\b(?:not silent|unmute|loud)\b"
)
_SILENT = re.compile(
    rf"静音(?:模式)?|无声|静悄悄|(?:{_OFF}|没)(?:有)?(?:{_SOUND})|不响"
    r"|\b(?:no|without(?: a| any)?) sounds?\b|\b(?:(?:turn|switch) )?(?:the )?sound off\b"
    r"|\b(?:turn|switch) off (?:the )?sound\b|\b(?:silent(?:ly)?|silence|mute[d]?)\b"
)
_AT_ONCE_ALONE = frozenset("off none now cancel remove clear delete 关 关闭 关掉 取消 删除 清除".split())  # noqa: SIM905  # easier to read
_NEXT_DAY = r"(?:次日|第二天|翌日|隔天|明早|(?:the )?next (?:day|morning))?"
_TO = re.compile(rf"[\s|]*(?:-|到|至|\b(?:to|until|till|and|through)\b)\s*{_NEXT_DAY}\s*(?:at\s+)?(?:的)?")
#: What stands between two times where something else says that between them nothing shall come.
_BETWEEN = re.compile(
    r"[\s|,，、;；]*(?:以后|之后|过后|后|起|开始)?[\s|,，、;；]*"
    r"(?:-|直?到|至|一直到|直至|\b(?:to|until|till|and|through|before)\b)?"
    rf"\s*{_NEXT_DAY}\s*(?:at\s+)?(?:的|\bbefore\b\s*)?"
)
_OPEN_ENDED = re.compile(
    r"以前|之前|以后|之后|(?<![送改推发收调])到|\b(?:until|till|before|after|from|since)\b"
)
_FILLER = (
    rf"{_QUIETNESS}|时区|城市|推送|送到|发给我|给我|请|我?住?在|我的|改成|改到|改为|设为|设成|从|之间"
    r"|再?[送发推]|再|按|(?:这|那)(?:个|段)?(?:时间|时候)"
    rf"|(?:{_QUIET}|time ?zone|zone|city|please|deliver|send|issues?|come|be|set|me|it|the"
    r"|i(?: am|'m| live)|my"
    r"|at|on|in|from|between|by|and|to)\b"
)
_FILLERS = re.compile(rf"^(?:(?:{_FILLER})\s*)+|(?:都?可以|就行|都行|即可|吧|了|[\s,，、;；。.!！的])+$")
_PART_OF_DAY = re.compile(
    r"(?P<part>凌晨|清晨|清早|早晨|早上|上午|早间|下午|午后|傍晚|晚上|晚间|夜里|夜晚|夜间|深夜"
    r"|(?<![^\s|])[早晚](?![^\s|]))(?:的?时候|时分)?"
    r"|\b(?:(?:in the|at|on|every|each|during the|the|early|late) )*"
    r"(?P<english>morning|afternoon|evening|night)(?:s|-?time)?\b"
)
_CUT = "|"  #: stands where a part was taken, which no time runs across
_ENDS = 2  #: of a span
_Found = tuple[int, int, time]
_LONGEST = 300  #: characters of a wish
_EDGES = " ,，、;；:：。.!！"


@dataclass(frozen=True, kw_only=True)
class Wished:
    """What was wished for; what was not named stays as it was.

    ``part`` is the word for a part of the day of which no hour was named. ``day`` is one of the week, from 0
    for Monday; ``daily``, that it is every day. ``quiet`` is from when until when. ``several_days``: some
    days of a week, which cannot be had. ``offset`` is that of clocks from UTC. ``rest``: words that may be a
    place.
    """

    at: time | None = None
    part: str = ""
    at_once: bool = False
    day: int | None = None
    daily: bool = False
    several_days: bool = False
    quiet: tuple[time, time] | None = None
    never_quiet: bool = False
    silent: bool | None = None
    on_topics: bool | None = None
    offset: timedelta | None = None
    rest: str = ""

    @property
    def names_hours(self) -> bool:
        """Whether anything but a place was named."""
        return self != Wished(rest=self.rest, offset=self.offset)


def wished(words: str) -> Wished | None:
    """What the words say; None if they contradict themselves, or name a time that no clock shows.

    A long text is none: to take it apart would hold up everybody.
    """
    if len(words) > _LONGEST:
        return None
    sentence = _Sentence(plain(words))
    from_utc, several = sentence.taken(OFFSET), sentence.takes(_SEVERAL)
    never_quiet, loud = sentence.takes(_NEVER_QUIET), sentence.takes(_LOUD)
    everything, topics = sentence.shows("everything"), sentence.shows("on_topics")
    instantly, cancel = sentence.shows("at_once"), sentence.shows("cancel")
    daily, day = sentence.takes(_DAILY), sentence.taken(_DAY)
    try:
        quiet, silent, times = sentence.hours()
    except ValueError:
        return None
    part = sentence.part_of_day()
    if part and len(times) == 1:
        times = [in_part(times[0], part)]
    rest = sentence.rest()
    alone = rest in _AT_ONCE_ALONE
    at_once = alone or bool(instantly or (cancel and not times))
    against = (times and at_once, day and daily, quiet and never_quiet, loud and silent)
    if len(times) > 1 or any(against):
        return None
    return Wished(
        at=times[0] if times else None,
        part=part if not (times or quiet or at_once) else "",
        at_once=at_once,
        day=weekday_number(day) if day else None,
        daily=daily,
        several_days=several,
        quiet=quiet,
        never_quiet=never_quiet,
        silent=True if silent else False if loud else None,
        on_topics=True if topics else False if everything else None,
        offset=offset(from_utc) if from_utc else None,
        rest="" if alone else rest,
    )


class _Sentence:
    """Words from which parts are taken."""

    def __init__(self, words: str) -> None:
        self._words = words

    def takes(self, part: re.Pattern[str]) -> bool:
        """Whether the part was there; it is taken."""
        return self.taken(part) is not None

    def taken(self, part: re.Pattern[str]) -> re.Match[str] | None:
        found = part.search(self._words)
        if found:
            self._cut(found.start(), found.end())
        return found

    def shows(self, meaning: Meaning) -> str:
        """The words that are a sign of this; they are taken. Empty if there are none."""
        found = find(meaning, self._words)
        if found is None:
            return ""
        words = self._words[slice(*found)]
        self._cut(*found)
        return words

    def hours(self) -> tuple[tuple[time, time] | None, bool, list[time]]:
        """The span that is there, whether all shall be silent, and the times besides; all are taken.

        Silence is said of a span, as in ``mute 22-7``, unless a time is there besides. ValueError for quiet
        hours with one end.
        """
        without = _Sentence(self._words)
        said = without.shows("quiet")
        span = without.span() or without.two() if said else None
        if span:
            self._words = pieces("quiet").sub(_CUT, without._words)
            times = self.times()
            return span, bool(times and _SILENT.search(said)), times
        open_ended = _OPEN_ENDED.search(self._words)
        silent = self.takes(_SILENT)
        says_quiet = bool(self.shows("quiet")) or silent
        span, times = self.span(), self.times()
        if says_quiet and times and not span and open_ended:
            raise ValueError("quiet hours begin and end")
        if span:
            self._words = pieces("quiet").sub(_CUT, self._words)
        return span, silent, times

    def times(self) -> list[time]:
        """The times that are there; they are taken."""
        times = times_in(self._words)
        for start, end, _ in reversed(times):
            self._cut(start, end)
        alone = time_of_day(self.rest()) if not times else None  # a bare numeral: 八
        if alone is None:
            return [at for *_, at in times]
        self._words = ""
        return [alone]

    def span(self) -> tuple[time, time] | None:
        """The first two times between which stands "to"; they are taken."""
        return self._span(pairwise(times_in(self._words)), _TO)

    def two(self) -> tuple[time, time] | None:
        """The two times that are there, if nothing stands between them that says another thing."""
        times = times_in(self._words)
        return self._span([(times[0], times[1])], _BETWEEN) if len(times) == _ENDS else None

    def _span(
        self, pairs: Iterable[tuple[_Found, _Found]], joint: re.Pattern[str]
    ) -> tuple[time, time] | None:
        for (start, begun, begins), (ending, end, ends) in pairs:
            if begins != ends and joint.fullmatch(self._words[begun:ending]):
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

"""What people type for when something shall come: a time, a day, quiet hours, sound, in any order.

A sentence is taken apart: each part that says something is taken out of it, and what is left must be the name
of a place, or nothing. A part that contradicts another, or two times that are no span, say nothing.
"""

import re
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import pairwise

from bot.words.clock_times import plain, time_of_day, times_in
from bot.words.utc_offsets import OFFSET, offset

_CHINESE_DAYS = "一二三四五六日"
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = re.compile(
    r"(?:每个?|逢)?(?:周|星期|礼拜)(?P<chinese>[一二三四五六日天])|(?:\b(?:on|every|each)\s+)?"
    r"\b(?P<english>mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\b\.?"
)
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
_ON_TOPICS = re.compile(
    r"(?:只要?|仅)[送看收发]?有?我?(?:关注|感兴趣)的?(?:内容|主题|话题)?(?:才?送)?|有我?关注的?(?:内容)?才送"
    r"|\b(?:only|just)(?: with| what is| what's)?(?: something)?(?: on| about| for)? (?:my|followed) topics\b"
    r"|\bmy topics only\b"
)
_EVERYTHING = re.compile(
    r"全部(?:都送|内容)?|所有(?:内容|期)?(?:都送)?|(?:什么|每期)?都[送要]"
    r"|\b(?:everything|all issues|every issue)\b"
)
_AT_ONCE = re.compile(
    r"立刻|立即|马上|随时|即时|一出来?就送|\b(?:at once|any ?time|asap|immediately|instantly|right away"
    r"|as soon as (?:possible|(?:it is|it's|they are|they're) out))\b"
)
_AT_ONCE_ALONE = frozenset("off none now 关 关闭 关掉 取消".split())  # noqa: SIM905  # easier to read
_NEXT_DAY = r"(?:次日|第二天|翌日|隔天|明早|(?:the )?next (?:day|morning))?"
_TO = re.compile(rf"\s*(?:-|到|至|\b(?:to|until|till|and|through)\b)\s*{_NEXT_DAY}\s*(?:at\s+)?(?:的)?")
_FILLER = (
    rf"{_QUIETNESS}|时区|城市|推送|送到|发给我|给我|请|我?住?在|我的|改成|改到|改为|设为|设成|从|之间|送|发|按"
    rf"|(?:{_QUIET}|time ?zone|zone|city|please|deliver|send|issues?|come|be|set|me|it|the"
    r"|i(?: am|'m| live)|my"
    r"|at|on|in|from|between|by|and|to)\b"
)
_FILLERS = re.compile(rf"^(?:(?:{_FILLER})\s*)+|(?:都?可以|就行|都行|即可|吧|了|[\s,，、;；。.!！的])+$")
_LONGEST = 300  #: characters of a wish
_EDGES = " ,，、;；:：。.!！"


@dataclass(frozen=True, kw_only=True)
class Wished:
    """What was wished for; what was not named stays as it was.

    ``day`` is one of the week, from 0 for Monday; ``daily``, that it is every day. ``quiet`` is from when
    until when. ``several_days``: some days of a week, which cannot be had. ``offset`` is that of clocks from
    UTC. ``rest``: words that may be a place.
    """

    at: time | None = None
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
    never_quiet, loud, silent = (sentence.takes(one) for one in (_NEVER_QUIET, _LOUD, _SILENT))
    topics, everything, at_once = (sentence.takes(one) for one in (_ON_TOPICS, _EVERYTHING, _AT_ONCE))
    daily, day = sentence.takes(_DAILY), sentence.taken(_DAY)
    try:
        quiet, times = sentence.times()
    except ValueError:
        return None
    rest = sentence.rest()
    if rest in _AT_ONCE_ALONE:
        at_once, rest = True, ""
    against = (times and at_once, day and daily, quiet and never_quiet, loud and silent)
    if len(times) > 1 or any(against):
        return None
    return Wished(
        at=times[0] if times else None,
        at_once=at_once,
        day=_weekday(day) if day else None,
        daily=daily,
        several_days=several,
        quiet=quiet,
        never_quiet=never_quiet,
        silent=True if silent else False if loud else None,
        on_topics=True if topics else False if everything else None,
        offset=offset(from_utc) if from_utc else None,
        rest=rest,
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

    def times(self) -> tuple[tuple[time, time] | None, list[time]]:
        """The span that is there, and the times besides; all are taken."""
        span = self._span()
        times = times_in(self._words)
        for start, end, _ in reversed(times):
            self._cut(start, end)
        alone = time_of_day(self.rest()) if not times else None  # a bare numeral: 八
        if alone is not None:
            self._words = ""
        return span, [at for *_, at in times] if alone is None else [alone]

    def _span(self) -> tuple[time, time] | None:
        times = times_in(self._words)
        for (start, begun, begins), (ending, end, ends) in pairwise(times):
            if begins != ends and _TO.fullmatch(self._words[begun:ending]):
                self._cut(start, end)
                return begins, ends
        return None

    def rest(self) -> str:
        """What is left, without the words that join."""
        pieces = (_FILLERS.sub("", piece.strip(_EDGES)) for piece in self._words.split("\n"))
        return " ".join(piece.strip(_EDGES) for piece in pieces if piece.strip(_EDGES))

    def _cut(self, start: int, end: int) -> None:
        self._words = f"{self._words[:start]}\n{self._words[end:]}"


def _weekday(found: re.Match[str]) -> int:
    if found["chinese"]:
        return _CHINESE_DAYS.index(found["chinese"].replace("天", "日"))
    return _ENGLISH_DAYS.index(found["english"][:3].lower())

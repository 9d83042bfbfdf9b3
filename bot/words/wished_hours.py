"""What people type for when something shall come: a time, a day, quiet hours, sound, in any order.

A sentence is taken apart: each part that says something is taken out of it, and what is left must be the name
of a place, or nothing. A part that contradicts another, or two times that are no span, say nothing.
"""

import re
from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.words.clock_times import in_part, plain
from bot.words.utc_offsets import OFFSET, offset
from bot.words.weekdays import CHINESE_DAY, ENGLISH_DAY, weekday_number
from bot.words.wish_sentence import Sentence
from bot.words.wish_switches import LOUD, NEVER_QUIET, REST_STAYS

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
_CANCELS = re.compile("off|none|cancel|remove|clear|delete|关闭?|关掉|取消掉?|去掉|删掉?|删除|清除")
_LONGEST = 300  #: characters of a wish


@dataclass(frozen=True, kw_only=True)
class Wished:
    """What was wished for; what was not named stays as it was.

    ``part`` is the word for a part of the day of which no hour was named. ``day`` is one of the week, from 0
    for Monday; ``daily``, that it is every day. ``quiet`` is from when until when; of the other two, one is
    there where only that was named. ``several_days``: some days of a week, which cannot be had. ``offset``
    is that of clocks from UTC. ``rest``: words that may be a place.
    """

    at: time | None = None
    part: str = ""
    at_once: bool = False
    day: int | None = None
    daily: bool = False
    several_days: bool = False
    quiet: tuple[time, time] | None = None
    quiet_begins: time | None = None
    quiet_ends: time | None = None
    never_quiet: bool = False
    silent: bool | None = None
    on_topics: bool | None = None
    offset: timedelta | None = None
    rest: str = ""

    @property
    def names_hours(self) -> bool:
        """Whether anything but a place was named."""
        return self != Wished(rest=self.rest, offset=self.offset)

    @property
    def has_one_end(self) -> bool:
        """Whether quiet hours are wished for of which one end is not named."""
        return self.quiet_begins is not None or self.quiet_ends is not None

    @property
    def contradicts_itself(self) -> bool:
        """Whether not all of it can be had."""
        at_an_hour, on_a_day = self.at is not None, self.day is not None
        both = (
            *((at_an_hour, self.at_once), (on_a_day, self.daily), (self.quiet, self.never_quiet)),
            *((self.has_one_end, self.never_quiet), (self.has_one_end, self.part)),
        )
        return any(one and other for one, other in both)


def wished(words: str) -> Wished | None:
    """What the words say; None if they contradict themselves, or name a time that no clock shows.

    A long text is none: to take it apart would hold up everybody.
    """
    if len(words) > _LONGEST:
        return None
    sentence = Sentence(plain(words))
    sentence.takes(REST_STAYS)
    from_utc, several = sentence.taken(OFFSET), sentence.takes(_SEVERAL)
    never_quiet, loud = sentence.takes(NEVER_QUIET), sentence.takes(LOUD)
    everything, topics = sentence.shows("everything"), sentence.shows("on_topics")
    instantly, cancel = sentence.shows("at_once"), sentence.shows("cancel")
    daily, day = sentence.takes(_DAILY), sentence.taken(_DAY)
    try:
        hours = sentence.hours()
    except ValueError:
        return None
    part, times = sentence.part_of_day(), hours.times
    if part and len(times) == 1:
        times = [in_part(times[0], part)]
    at_once = bool(instantly or (cancel and not times))
    wish = Wished(
        at=times[0] if times else None,
        part=part if not (times or hours.quiet or at_once) else "",
        at_once=at_once,
        day=weekday_number(day) if day else None,
        daily=daily,
        several_days=several,
        quiet=hours.quiet,
        quiet_begins=hours.quiet_begins,
        quiet_ends=hours.quiet_ends,
        never_quiet=never_quiet,
        silent=True if hours.silent else False if loud else None,
        on_topics=True if topics else False if everything else None,
        offset=offset(from_utc) if from_utc else None,
        rest=sentence.rest(),
    )
    vague = bool(cancel and hours.says_quiet and not hours.quiet)  # which of the two is cancelled
    against = len(times) > 1 or vague or (hours.silent and loud)
    wish = _resolved(wish, says_quiet=hours.says_quiet)
    return None if against or wish.contradicts_itself else wish


def _resolved(wish: Wished, *, says_quiet: bool) -> Wished:
    """The wish without a word of cancelling that is left: it is of what is named, or of the hour."""
    if wish.rest == "now":
        return replace(wish, at_once=True, part="", rest="")
    if not _CANCELS.fullmatch(wish.rest):
        return wish
    if says_quiet and not wish.quiet:
        return replace(wish, never_quiet=True, rest="")
    if wish.silent:
        return replace(wish, silent=False, rest="")
    if wish.on_topics:
        return replace(wish, on_topics=False, rest="")
    return replace(wish, at_once=True, part="", rest="")

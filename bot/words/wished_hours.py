"""What people type for when something shall come: a time, a day, quiet hours, sound, in any order.

A sentence is taken apart: each part that says something is taken out of it, and what is left must be the name
of a place, or nothing. What is in doubt is told as that: two times that are no span, parts that contradict
each other, quiet hours without a word of when.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.words.clock_times import in_part, plain
from bot.words.utc_offsets import OFFSET, offset
from bot.words.weekdays import weekday_number
from bot.words.wish_changes import DAILY, DAY, changed
from bot.words.wish_sentence import Sentence
from bot.words.wish_switches import LOUD, NEVER_QUIET, REST_STAYS

_WEEK = "(?:周|星期|礼拜)"
_LATIN_DAY = "(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_SEVERAL = re.compile(
    r"每?个?(?:工作日|周末)|双休日?|休息日|平日"
    rf"|每?{_WEEK}[一二三四五六日天](?:(?:[至到、和及,-]{_WEEK}?|{_WEEK})[一二三四五六日天])+"
    rf"|每?{_WEEK}[一二三四五六日天]{{2,}}(?![一二三四五六日天十点时半])"
    r"|\b(?:(?:on|every) )?(?:weekdays?|weekends?|work(?:ing)? ?days?|business days?)\b"
    rf"|\b{_LATIN_DAY}(?: ?(?:-|,|&|to|and|through|until|till) ?{_LATIN_DAY})+\b"
)
_CANCELS = re.compile("off|none|cancel|remove|clear|delete|关闭?|关掉|取消掉?|去掉|删掉?|删除|清除")
#: What makes a time vague, or only says that another will not do.
_SAYS_NOTHING = re.compile(
    r"(?<=[\dm])[- ]?ish\b"
    r"|[\s,，]*(?:(?:but )?(?:not|no) (?:too )?(?:later|earlier|sooner|late|early)(?: than that)?\b"
    r"|(?:别|不要|不)太[早晚]了?)"
    r"|稍?微?[早晚](?:一?些|点|一点(?![钟半整一二三四五六七八九十\d]))儿?"  # earlier or later, and no hour
)
_CONFLICTS = (
    *(
        ("times", "at_once"),
        ("day", "at_once"),
        ("day", "daily"),
        ("quiet", "never_quiet"),
        ("one_end", "part"),
    ),
    *(("silent", "loud"), ("cancel", "vague"), ("day", "vague")),
)
_LONGEST = 300  #: characters of a wish


@dataclass(frozen=True, kw_only=True)
class Wished:
    """What was wished for; what was not named stays as it was.

    ``part`` is the word for a part of the day of which no hour was named. ``day`` is one of the week, from 0
    for Monday; ``daily``, that it is every day. ``quiet`` is from when until when; of the other two, one is
    there where only that was named, and ``is_quiet`` where neither was. ``several_days``: some days of a
    week, which cannot be had. ``either``: times of which it is not clear which. ``offset`` is that of clocks
    from UTC. ``left``: words of a day or time that is not wanted, where none is named instead. ``against``:
    the words that contradict each other. ``rest``: words that may be a place.
    """

    at: time | None = None
    either: tuple[time, ...] = ()
    part: str = ""
    at_once: bool = False
    day: int | None = None
    daily: bool = False
    several_days: bool = False
    quiet: tuple[time, time] | None = None
    quiet_begins: time | None = None
    quiet_ends: time | None = None
    is_quiet: bool = False
    never_quiet: bool = False
    silent: bool | None = None
    on_topics: bool | None = None
    offset: timedelta | None = None
    left: str = ""
    against: tuple[str, ...] = ()
    rest: str = ""

    @property
    def names_hours(self) -> bool:
        """Whether anything but a place was named that can be had."""
        return not self.against and self != Wished(rest=self.rest, offset=self.offset)

    @property
    def has_one_end(self) -> bool:
        """Whether quiet hours are wished for of which one end is not named."""
        return self.quiet_begins is not None or self.quiet_ends is not None


def wished(words: str) -> Wished | None:
    """What the words say; None if they name a time that no clock shows, or times of no known meaning.

    A long text is none: to take it apart would hold up everybody.
    """
    if len(words) > _LONGEST:
        return None
    said = plain(words)
    telling = _SAYS_NOTHING.sub("", said)
    changes = changed(telling)
    try:
        wish = _taken_apart(Sentence(changes.words), changes.left)
    except ValueError:
        return None
    return Wished(rest=said) if wish == Wished() and telling != said else wish


def _taken_apart(sentence: Sentence, left: str) -> Wished:
    sentence.takes(REST_STAYS)
    from_utc, several = sentence.taken(OFFSET), sentence.takes(_SEVERAL)
    never_quiet, loud = sentence.takes(NEVER_QUIET), sentence.takes(LOUD)
    everything, topics = sentence.shows("everything"), sentence.shows("on_topics")
    instantly, cancel = sentence.shows("at_once"), sentence.shows("cancel")
    daily, day = sentence.takes(DAILY), sentence.taken(DAY)
    another = sentence.takes(DAY)  # 周五太忙，周六有空: nothing says which
    hours = sentence.hours()
    part = sentence.part_of_day()
    times = [in_part(at, part) if part else at for at in hours.times]
    at_once, rest = instantly or ("" if times else cancel), sentence.rest()
    wish = Wished(
        at=times[0] if len(times) == 1 else None,
        either=tuple(times) if len(times) > 1 else (),
        part=part if not (times or hours.quiet or at_once) else "",
        at_once=bool(at_once),
        day=weekday_number(day) if day else None,
        daily=bool(daily),
        several_days=bool(several or another),
        quiet=hours.quiet,
        quiet_begins=hours.quiet_begins,
        quiet_ends=hours.quiet_ends,
        never_quiet=bool(never_quiet),
        silent=True if hours.silent else False if loud else None,
        on_topics=True if topics else False if everything else None,
        offset=offset(from_utc) if from_utc else None,
        left=left,
        rest=rest,
    )
    wish = _resolved(wish, says_quiet=bool(hours.says_quiet))
    said = {
        "times": hours.said_times,
        "at_once": (at_once or rest) if wish.at_once else "",
        "day": day[0] if day else "",
        "daily": daily,
        "quiet": hours.said_quiet,
        "never_quiet": (never_quiet or rest) if wish.never_quiet else "",
        "one_end": hours.said_quiet if wish.has_one_end else "",
        "part": wish.part,
        "silent": hours.silent,
        "loud": loud,
        "cancel": cancel,
        "vague": hours.says_quiet if wish.is_quiet or (cancel and not hours.quiet) else "",
    }
    return replace(wish, against=_against(said))


def _against(said: Mapping[str, str]) -> tuple[str, ...]:
    """The words of two parts that contradict each other."""
    pairs = ((said[one].strip(), said[other].strip()) for one, other in _CONFLICTS)
    return next((pair for pair in pairs if all(pair)), ())


def _resolved(wish: Wished, *, says_quiet: bool) -> Wished:
    """The wish with what is said of quiet alone, and without a word of cancelling that is left.

    That is of what is named, or of the hour.
    """
    if wish.rest == "now":
        return replace(wish, at_once=True, part="", rest="")
    if not _CANCELS.fullmatch(wish.rest):
        timed = wish.quiet or wish.has_one_end or wish.at or wish.either or wish.never_quiet
        return replace(
            wish, is_quiet=says_quiet and not timed, part="" if says_quiet and not timed else wish.part
        )
    if says_quiet and not wish.quiet:
        return replace(wish, never_quiet=True, rest="")
    if wish.silent:
        return replace(wish, silent=False, rest="")
    if wish.on_topics:
        return replace(wish, on_topics=False, rest="")
    return replace(wish, at_once=True, part="", rest="")

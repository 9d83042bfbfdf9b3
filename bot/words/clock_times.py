"""What people type for a time of day: 8:30, 晚上八点半, half past eight, 0830.

Words are taken as :func:`plain` writes them; times that are said in another order than digits, as half past
eight and 差一刻九点, are written as digits there.
"""

import re
from collections.abc import Sequence
from datetime import time

from bot.words.folding import fold

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE_NUMBER = r"[零〇一二两三四五六七八九十]{1,3}"
_NUMBER = rf"\d{{1,2}}|{_CHINESE_NUMBER}"
#: A single numeral is minutes only with 分: 八点三亚 has none.
_MINUTE = rf"(?:(?:{_NUMBER})(?=分)|\d{{1,2}}|[零〇一二三四五六七八九十]{{2,3}})分?"
_MORNING = r"凌晨|清晨|清早|早晨|早上|早|上午|in the morning|morning|a\.?m\b\.?"
_NOON = r"中午|正午|noon"
_EVENING = r"下午|午后|傍晚|晚上|晚间|晚|in the (?:afternoon|evening)|afternoon|evening|p\.?m\b\.?"
_NIGHT = r"半夜|午夜|深夜|夜里|夜晚|夜间|at night|night|midnight"
_PART = rf"{_MORNING}|{_NOON}|{_EVENING}|{_NIGHT}"
_UNIT = r"[:.h点时]|o'?clock"
_TIME = re.compile(
    rf"(?:at\s+)?(?:(?P<before>{_PART})\s*(?:at\s+)?)?(?P<hour>{_NUMBER})"
    rf"(?:(?P<unit>\s*(?:{_UNIT})\s*|\s+(?=\d\d(?!\d)))"
    rf"(?:(?P<half>半)|(?P<quarters>[一三])刻|(?P<minute>{_MINUTE})|[整钟])?|(?P<digits>(?<=\d\d)\d\d))?"
    rf"\s*(?P<after>{_PART})?",
)
#: Hours of the parts of a day by how their words begin.
_HOURS_OF = (
    ("凌晨", range(6)),
    ("清|早|上午|morning", range(6, 12)),
    ("下午|午后|afternoon", range(13, 19)),
    ("傍晚", range(16, 20)),
    ("晚|evening", range(18, 24)),
    ("", range(20, 26)),
)
_NAMED = {"noon": time(12), "正午": time(12), "中午": time(12)} | dict.fromkeys(
    ("midnight", "午夜", "半夜"), time(0)
)
_NAME = re.compile(r"\b(?:noon|midnight)\b|正午|中午|午夜|半夜")
#: A time by itself in a sentence: no part of a longer number or of a Latin word.
_ALONE = re.compile(
    rf"(?<![\da-z:.零〇一二两三四五六七八九十]){_TIME.pattern}(?:(?<=[^\x00-\x7f])|(?![\da-z:]|\.[\da-z]))"
)
_LOOSE = re.compile(r"(?<=\d) (?=[点时分])|(?<=\d[点时]) (?=\d+ ?分)|(?<=\d [点时]) (?=\d+ ?分)")
_EACH = re.compile("每(?=[晚早])")
_DASHES = re.compile("[-\u2010-\u2015\u2212~～]")
_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905  # easier to read
_MINUTES = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty five": 45, "forty-five": 45}
_PARTS_OF_AN_HOUR = {"quarter": 15, "half": 30}
_SPELLED = {word: number for number, word in enumerate(_HOURS, 1)} | _MINUTES
_SPELLED_OUT = re.compile(rf"\b(?:{'|'.join(sorted(_SPELLED, key=len, reverse=True))})\b")
_PAST = re.compile(
    r"(?<!from )(?<!quiet )(?<!hours )\b(?:a )?"
    r"(?P<minutes>half|quarter|five|ten|twenty|\d{1,2}(?= (?:minutes )?past))(?: minutes)?"
    r" (?P<way>past|after|to|before|of|till) "
    rf"(?P<hour>\d{{1,2}}|{'|'.join(_HOURS)})\b"
)
_SHORT_OF = re.compile(rf"差(?:(?P<quarter>一刻)|(?P<minutes>{_NUMBER})分)钟?(?:到)?(?P<hour>{_NUMBER})点")


def plain(words: str) -> str:
    """Small, simplified, of plain width and with plain dashes; spelled numbers as digits."""
    words = "-".join(fold(piece).text for piece in _DASHES.split(words.replace("’", "'")))
    words = " ".join(words.split())
    words = _EACH.sub("每天", _LOOSE.sub("", words))
    words = _SHORT_OF.sub(_short_of, _PAST.sub(_past, words))
    return _SPELLED_OUT.sub(lambda found: str(_SPELLED[found[0]]), words)


def time_of_day(words: str) -> time | None:
    """The time that all of the words name; None if they name none. 24:00 is midnight."""
    words = plain(words)
    if words in _NAMED:
        return _NAMED[words]
    found = _TIME.fullmatch(words)
    return _time(found) if found else None


def in_part(at: time, part: str) -> time:
    """The time of that part of the day, as a word names it, if a clock of twelve hours shows ``at``."""
    return at.replace(hour=_in_part(at.hour, part))


def in_one_part(words: str, found: Sequence[tuple[int, int, time]]) -> list[time]:
    """The times that stand in plain words; where one alone names a part of the day, all are of it.

    晚上7点或8点 is 19:00 and 20:00.
    """
    times = [at for *_, at in found]
    parts = [part[0] for start, end, _ in found if (part := re.search(_PART, words[start:end]))]
    shared = [in_part(at, parts[0]) for at in times] if len(parts) == 1 else times
    return shared if len(set(shared)) == len(set(times)) else times


def hours_of(part: str) -> tuple[time, ...]:
    """Some hours of a part of the day, as a word names it."""
    hours = next(hours for word, hours in _HOURS_OF if re.match(word, part))
    return tuple(time(hour % 24) for hour in hours)


def times_in(words: str) -> list[tuple[int, int, time]]:
    """Where in plain words times stand, and which; a numeral that nothing makes an hour is a word.

    ValueError for one that no clock shows.
    """
    named = [(found.start(), found.end(), _NAMED[found[0]]) for found in _NAME.finditer(words)]
    places = [(found.start(), found.end(), _shown(found)) for found in _clocks(words)]
    covered = {place for start, end, _ in places for place in range(start, end)}
    return sorted((*places, *(one for one in named if one[0] not in covered)))


def _clocks(words: str) -> list[re.Match[str]]:
    return [
        found
        for found in _ALONE.finditer(words)
        if found["hour"].isdecimal() or found["unit"] or found["before"] or found["after"]
    ]


def _shown(found: re.Match[str]) -> time:
    at = _time(found)
    if at is None:
        raise ValueError(f"no time of day: {found[0]!r}")
    return at


def _time(found: re.Match[str]) -> time | None:
    if found["before"] and found["after"]:
        return None
    hour, minute = numeral(found["hour"]), _minutes(found)
    if part := found["before"] or found["after"]:
        hour = _in_part(hour, part)
    if (hour, minute) == (24, 0):
        return time(0)
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None  # of a clock


def _minutes(found: re.Match[str]) -> int:
    if found["half"]:
        return 30
    if found["quarters"]:
        return 15 * _DIGITS[found["quarters"]]
    minute = found["minute"] or found["digits"]
    return numeral(minute.removesuffix("分")) if minute else 0


def _past(found: re.Match[str]) -> str:
    minutes, hour = _spelled(found["minutes"]), _spelled(found["hour"])
    return _written(hour, minutes if found["way"] in ("past", "after") else -minutes)


def _spelled(word: str) -> int:
    return int(word) if word.isdecimal() else (_SPELLED | _PARTS_OF_AN_HOUR)[word]


def _short_of(found: re.Match[str]) -> str:
    return _written(numeral(found["hour"]), -15 if found["quarter"] else -numeral(found["minutes"]))


def _written(hour: int, minutes: int) -> str:
    """The time so many minutes from the hour; an hour before one o'clock is twelve."""
    hours, minute = divmod(60 * hour + minutes, 60)
    return f"{hours or 12}:{minute:02}"


def _in_part(hour: int, part: str) -> int:
    """The hour of a clock with 24, if it is one of half a day; an hour after noon stays as it is."""
    if hour > 12 or hour == 0:
        return hour
    if re.fullmatch(_MORNING, part):
        return hour % 12
    if re.fullmatch(_NOON, part):
        return hour + 12 if hour < 4 else hour
    if re.fullmatch(_NIGHT, part):
        return hour % 12 if hour < 6 or hour == 12 else hour + 12
    after_midnight = part[0] == "晚" and (hour == 12 or hour < 4)
    return hour % 12 if after_midnight else hour % 12 + 12


def numeral(words: str) -> int:
    """What digits or Chinese numerals below 100 say; -1 for numerals that say nothing."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[char]) for char in ones)) if len(ones) <= 2 else -1
    if not (tens in _DIGITS or tens == "") or len(ones) > 1:
        return -1
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)

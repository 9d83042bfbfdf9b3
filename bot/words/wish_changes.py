"""What a sentence takes back: what stands behind a negation, or is corrected by what comes behind it.

``not friday, saturday`` and 周五改成周六 wish for Saturday; ``8:30, sorry, 9`` for nine.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from bot.words.clock_times import times_in
from bot.words.weekdays import CHINESE_DAY, ENGLISH_DAY
from bot.words.wish_sentence import TO

DAY = re.compile(rf"(?:每个?|逢)?{CHINESE_DAY}|(?:\b(?:on|every|each)\s+)?{ENGLISH_DAY}")
DAILY = re.compile(
    r"每天|每日|天天"
    r"|\b(?:every ?day|each day|daily|(?:every|each)(?= (?:morning|evening|afternoon|night)))\b"
)
_APART = r"[\s|,，、;；.。!！…-]*"
_NO = r"不(?!是)|不是(?=\s*[,，。])|\bno(?=\s*[,.;])"
_CORRECTS = (
    rf"{_NO}|不对|错了|[说写打]错了?|[哦噢啊]|应该?是|更正|算了|等等|→|=?>"
    r"|(?:更?改|换|挪|移|调整?)[成到为至]?"
    r"|\b(?:no,? wait|wait(?:,? no)?|sorry|oops|(?:but )?i mean[t]?|actually|make (?:it|that)|scratch that"
    r"|correction)\b"
)
#: What stands between a value and the one that replaces it.
_CORRECTION = re.compile(
    rf"{_APART}(?:(?:{_CORRECTS}){_APART})+(?:(?:还是|是|要|在|(?:rather|better|at|on|to)\b)\s*)*"
)
#: The same, behind a reason: 周五太忙了，改周六.
_CHANGE = re.compile(r"[^,，;；。]{0,12}[,，]\s*(?:还是)?(?:改|换)[成到为]?\s*")
_MOVES = re.compile(r"\b(?:change|move|switch|shift)\b(?:[^,，;；]*\bfrom(?: at)?)?\s*$")
_MOVED = re.compile(r"\s*(?:to|until)\s*(?:at\s+)?")
_NEGATION = re.compile(
    r"(?:而?不是|而非|取消|(?:不要|不用|不想|别|不(?=[送发]))再?(?:要|在|送|发)*"
    r"|\b(?:not|no (?:more|longer)|cancel|remove|drop|(?:don't|do not) (?:want|need|send|deliver)"
    r"|instead of|rather than)"
    r"(?:[ ,]+(?:it|them|me|on|at|in|the|issues?|want|send))*)\s*$"
)
_THAN = re.compile(r"\bthan (?:on |at )?$")  #: behind "rather"
_NO_AT_FIRST = re.compile(r"^\s*no\s+$")
_NEGATION_BEHIND = re.compile(
    r"(?:\s*(?:不要|不行|不用|不合适|取消|太忙|没空|没时间|太早|太晚|太迟)了?"
    r"| (?:is )?(?:too (?:early|late)|(?:doesn't|does not) work))(?=$|[\s|,，、.。;；!！])"
)
_NOT_SENT = re.compile(r"\s*(?:不要?|别)[发送推来]了?(?=$|[\s|,，、.。;；!！])")  #: behind a day
_END_OF_NEGATION = re.compile(r"(?:的|了|再?[发送来]|推送)*(?=$|[\s|,，、.。;；!！])")
_HOUR = re.compile(
    r"\d|点|[一二两三四五六七八九十]"
)  #: of a time that is more than the name of a part of the day
_Kind = Literal["day", "time", "span"]


class _Value(NamedTuple):
    """A day, a time or a span of times, and where it stands."""

    start: int
    end: int
    kind: _Kind


class Changed(NamedTuple):
    """The words without what is taken back, and of that what nothing replaces."""

    words: str
    left: str = ""


def changed(words: str) -> Changed:
    """Plain words without what they take back; as they are if a time in them is none."""
    try:
        found = _values(words)
    except ValueError:
        return Changed(words)
    # A span that is not wanted is quiet hours, 不要22-7, unless another one is wanted.
    spans = [one for one in found if one.kind == "span"]
    may_go = found if len(spans) > 1 else [one for one in found if one not in spans]
    negated = {one: _negation(words, one) for one in may_go}
    kept = [one for one in found if negated.get(one) is None]
    corrected = tuple(_corrected(words, kept))
    kinds = {one.kind for one in kept}
    gone = {one: place for one, place in negated.items() if place}
    left = (
        re.sub(r"^(?:at|on) ", "", words[one.start : one.end].strip())
        for one in gone
        if one.kind not in kinds
    )
    return Changed(_without(words, (*gone.values(), *corrected)), next(left, ""))


def _without(words: str, places: tuple[tuple[int, int], ...]) -> str:
    for start, end in sorted(set(places), reverse=True):
        words = f"{words[:start]},{words[end:]}" if start else words[end:]
    return words


def _values(words: str) -> list[_Value]:
    days = [_Value(*found.span(), "day") for kind in (DAY, DAILY) for found in kind.finditer(words)]
    for day in days:  # 五8 of 周五8点 is no numeral
        words = f"{words[: day.start]}{'|' * (day.end - day.start)}{words[day.end :]}"
    return sorted((*days, *_times(words)))


def _times(words: str) -> Iterator[_Value]:
    """The times, and as one those that are the ends of a span."""
    times = [(start, end) for start, end, _ in times_in(words)]
    while times:
        (start, end), *times = times
        if times and TO.fullmatch(words[end : times[0][0]]) and not _is_moved(words, start, end, times[0][0]):
            yield _Value(start, times.pop(0)[1], "span")
        else:
            yield _Value(start, end, "time")


def _negation(words: str, value: _Value) -> tuple[int, int] | None:
    """From where to where it is said that this is not wanted; None if it is not said."""
    sent = _NOT_SENT.match(words, value.end) if value.kind == "day" else None
    if value.kind != "span" and (behind := sent or _NEGATION_BEHIND.match(words, value.end)):
        return value.start, behind.end()
    before = words[: value.start]
    than = _THAN.search(before) if "rather" in before else None
    found = _NEGATION.search(before) or _NO_AT_FIRST.search(before) or than
    end = _END_OF_NEGATION.match(words, value.end)
    if not found or not end:
        return None
    if value.kind == "time" and not _HOUR.search(words[value.start : value.end]):
        return None
    return found.start(), end.end()


def _corrected(words: str, values: list[_Value]) -> Iterator[tuple[int, int]]:
    """Where values stand that later ones of their kind replace, and the words that say so.

    All before a correction counts: of 周五8点，不对，周六9点 only Saturday and nine stay.
    """
    for at, (one, other) in enumerate(pairwise(values), 1):
        if not (_is_moved(words, one.start, one.end, other.start) or _is_correction(words, one, other)):
            continue
        kinds = {value.kind for value in values[at:]}
        replaced = [(value.start, value.end) for value in values[:at] if value.kind in kinds]
        if replaced:
            yield from (*replaced, (one.end, other.start))


def _is_correction(words: str, one: _Value, other: _Value) -> bool:
    between = words[one.end : other.start]
    return bool(_CORRECTION.fullmatch(between) or (one.kind == other.kind and _CHANGE.fullmatch(between)))


def _is_moved(words: str, start: int, end: int, to: int) -> bool:
    return bool(_MOVES.search(words[:start]) and _MOVED.fullmatch(words[end:to]))

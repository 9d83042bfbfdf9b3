"""Months by their names, English and Chinese."""

from bot.words.english import MONTHS, SHORT_MONTHS

_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")

#: A month's name inside a pattern: ``January``, ``Jan``, ``Jan.``, ``Sept``, ``一月``, ``十二月``.
MONTH_NAME = (
    rf"(?<![A-Za-z])(?:{'|'.join((*MONTHS, 'Sept', *SHORT_MONTHS))})(?![A-Za-z])\.?"
    rf"|(?<![一二三四五六七八九十])(?:{'|'.join(reversed(_CHINESE))})月"
)


def month_number(written: str) -> int:
    """A month's number; English names count by their first three letters, anything else is none (0)."""
    if written.isdecimal():
        return int(written)
    if (chinese := written.removesuffix("月")) in _CHINESE:
        return _CHINESE.index(chinese) + 1
    name = written[:3].lower()
    return SHORT_MONTHS.index(name) + 1 if name in SHORT_MONTHS else 0

"""Months by their names and short ones: English, Chinese, and as dates have them in ten more languages."""

from collections.abc import Iterable, Iterator

from bot.words.english import MONTHS, SHORT_MONTHS

_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
#: January to December; where a date has another case than a list of months, as the date has it.
_OTHERS = (
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
)
_LEAST = 3  # letters of a short name


def _numbered() -> Iterator[tuple[str, int]]:
    """Each name, and how it may begin, with the number of its month."""
    for names in _OTHERS:
        for number, name in enumerate(names.split(), start=1):
            yield from ((name[:length], number) for length in range(_LEAST, len(name) + 1))


def _certain() -> dict[str, int]:
    """The names and short names that stand for one month whatever the language: "jui" is two in French."""
    found: dict[str, set[int]] = {}
    for name, number in _numbered():
        found.setdefault(name, set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


_NUMBERS = _certain()

_ENGLISH_OR_CHINESE = (
    rf"(?<![A-Za-z])(?:{'|'.join((*MONTHS, 'Sept', *SHORT_MONTHS))})(?![A-Za-z])\.?"
    rf"|(?<![一二三四五六七八九十])(?:{'|'.join(reversed(_CHINESE))})月"
)


def _one_of(names: Iterable[str]) -> str:
    return rf"(?<![^\W\d_])(?:{'|'.join(sorted(names))})(?![^\W\d_])"


#: A month's name inside a pattern: ``January``, ``Jan.``, ``Sept``, ``一月``, ``十二月``, ``мая``, ``févr.``.
MONTH_NAME = rf"{_ENGLISH_OR_CHINESE}|{_one_of(_NUMBERS)}\.?"
#: The same where no date need stand: "set" and "out" are words too.
WHOLE_MONTH_NAME = rf"{_ENGLISH_OR_CHINESE}|{_one_of(' '.join(_OTHERS).split())}"


def month_number(written: str) -> int:
    """A month's number; English names count by their first three letters, anything else is none (0)."""
    if written.isdecimal():
        return int(written)
    if (chinese := written.removesuffix("月")) in _CHINESE:
        return _CHINESE.index(chinese) + 1
    folded = written.lower().removesuffix(".")
    if folded in _NUMBERS:
        return _NUMBERS[folded]
    return SHORT_MONTHS.index(folded[:3]) + 1 if folded[:3] in SHORT_MONTHS else 0

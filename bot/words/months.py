"""Months by their names: English, Chinese, and as dates have them in ten further languages."""

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
_NUMBERS = {name: place for names in _OTHERS for place, name in enumerate(names.split(), start=1)}

#: A month's name inside a pattern: ``January``, ``Jan``, ``Jan.``, ``Sept``, ``一月``, ``十二月``, ``мая``.
MONTH_NAME = (
    rf"(?<![A-Za-z])(?:{'|'.join((*MONTHS, 'Sept', *SHORT_MONTHS))})(?![A-Za-z])\.?"
    rf"|(?<![一二三四五六七八九十])(?:{'|'.join(reversed(_CHINESE))})月"
    rf"|(?<![^\W\d_])(?:{'|'.join(sorted(_NUMBERS))})(?![^\W\d_])"
)


def month_number(written: str) -> int:
    """A month's number; English names count by their first three letters, anything else is none (0)."""
    if written.isdecimal():
        return int(written)
    if (chinese := written.removesuffix("月")) in _CHINESE:
        return _CHINESE.index(chinese) + 1
    folded = written.lower()
    if folded in _NUMBERS:
        return _NUMBERS[folded]
    return SHORT_MONTHS.index(folded[:3]) + 1 if folded[:3] in SHORT_MONTHS else 0

"""What stands above the sections: front matter, the digest's name, highlights, lead and flash news."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from bot.digest.habits import FrontMatterHabit, HighlightHabit
from bot.digest.parsing.head import TEMPLATE
from bot.editors.profile_inference.naming import DATE_KEYS, DATES, TITLE_KEYS, has_date
from bot.editors.profile_inference.sample import Layout
from bot.model import Written
from bot.words.months import WHOLE_MONTH_NAME

_MOST = 0.5
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[\u3041-\u30ff]")
_KANA_SHARE = 0.1  # of the characters
_CHINESE_SHARE = 0.3  # of words, each Chinese character taken for one

#: What editors call the keys of the front matter that are read.
_PICTURE = ("image", "picture", "cover", "thumbnail", "banner", "og_image", "封面", "封面图")

_COLON = re.compile("[：:]")
_BETWEEN = ("/", "｜", "|", "、", "；", ";", "·")
_ONE_THEME = " / "
#: Where the digest's name ends in a title: at a number, a bracket or a mark.
_NAME_ENDS = re.compile(
    r"[（(【\[：:|｜#＃\d—–/,，]|第\s*(?=[\d一二三四五六七八九十百]|$)|\s[-·]\s|\s(?:No|Nr|Vol|Issue)\b"
    rf"|\b(?:{WHOLE_MONTH_NAME})\b\.?\s+(?=\d)",
    re.IGNORECASE,
)
#: What titles begin with that say no name.
_NO_NAME = re.compile(r"(?:vol(?:ume)?|issue|no|nr|number|week|edition|digest|newsletter)?\W*", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_DATE = 40  # characters, with its day of the week or a label
UNNAMED: dict[Written, str] = {"zh": "简报", "en": "Digest"}


def lines_with_a_year(issue: Layout) -> Iterator[str]:
    """The short lines above the second heading that name a year, as a line that is a date does."""
    first = next(iter(issue.rows), None)
    rows = takewhile(lambda row: row is first or not row.level, issue.rows)
    return (
        row.text
        for row in rows
        if not row.level and len(row.text) <= _LONGEST_DATE and _YEAR.search(row.text)
    )


def language_of(issues: Iterable[Layout]) -> Written:
    """The language of the text, judged by its characters."""
    text = "\n".join(row.text for issue in issues for row in issue.rows)
    if len(_KANA.findall(text)) > _KANA_SHARE * len(text):
        return "en"  # Japanese: Chinese labels would look like mistakes
    chinese = len(_CHINESE.findall(text))
    others = len(_WORD.findall(_CHINESE.sub(" ", text)))
    return "zh" if chinese > _CHINESE_SHARE * (chinese + others) else "en"


def front_matter_of(issues: Sequence[Layout]) -> FrontMatterHabit:
    """The keys that most front matters have, each read for what it is."""
    fronted = [issue for issue in issues if issue.front]
    keys = Counter(key for issue in fronted for key in issue.front)
    dated = Counter(key for issue in fronted for key, value in issue.front.items() if _is_date(value))
    default = FrontMatterHabit()
    often = [key for key, times in keys.items() if times > _MOST * len(fronted)]
    dates = [key for key in often if dated[key] > _MOST * len(fronted)]
    return FrontMatterHabit(
        bare=sum(issue.bare for issue in fronted) > _MOST * len(issues),
        title=_known(TITLE_KEYS, often) or default.title,
        date=(*_known(DATE_KEYS, dates), *dates)[:1] or default.date,
        picture=_known(_PICTURE, often) or default.picture,
    )


def titles_of(issues: Iterable[Layout], front: FrontMatterHabit, *, headed: bool) -> tuple[str, ...]:
    """The issues' titles, those without one left out."""
    found = ((headed and _heading(issue)) or _title_key(issue, front) for issue in issues)
    return tuple(filter(None, found))


def _heading(issue: Layout) -> str:
    """The first heading; empty where it is one that the front matter fills in."""
    text = issue.headings[0].text if issue.headings else ""
    return "" if TEMPLATE.fullmatch(text) else text


def name_of(titles: Sequence[str]) -> str:
    """The digest's name: how most titles begin, up to a number or a mark; empty if they say none."""
    names = Counter(filter(None, (_NAME_ENDS.split(title, maxsplit=1)[0].strip() for title in titles)))
    best, times = names.most_common(1)[0] if names else ("", 0)
    if times <= _MOST * len(titles):
        best = _whole_words(_common_beginning(list(names)), names)
    return "" if _NO_NAME.fullmatch(best) else best


def highlights_of(titles: Sequence[str]) -> HighlightHabit | None:
    """Where most titles name highlights behind a colon: the mark between them, or one theme."""
    tails = [_COLON.split(title, maxsplit=1)[1].strip() for title in titles if _COLON.search(title)]
    if (
        len(tails) <= _MOST * len(titles)
        or len(set(tails)) < len(tails)
        or all(any(map(str.isdigit, tail)) for tail in tails)
    ):
        return None
    often = (mark for mark in _BETWEEN if sum(mark in tail for tail in tails) > _MOST * len(tails))
    return HighlightHabit(between=next(often, _ONE_THEME))


def _title_key(issue: Layout, front: FrontMatterHabit) -> str:
    return next((issue.front[key] for key in front.title if key in issue.front), "")


def _known(words: Sequence[str], keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word in keys)[:1]


def _is_date(text: str) -> bool:
    return any(has_date(text, pattern) for pattern in DATES)


def _common_beginning(names: Sequence[str]) -> str:
    return "".join(
        chars[0] for chars in takewhile(lambda chars: len(set(chars)) == 1, zip(*names, strict=False))
    )


def _whole_words(prefix: str, names: Iterable[str]) -> str:
    """The prefix without a word that is cut in two."""
    cut = any(name[len(prefix) : len(prefix) + 1].isalnum() for name in names)
    if prefix.isascii() and cut and prefix[-1:].isalnum():
        prefix = prefix.rpartition(" ")[0]
    return prefix.strip() if len(prefix.strip()) > 1 else ""

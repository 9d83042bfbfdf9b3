"""Which files of a folder are issues, how they are named and dated, and whether a file is many.

:func:`naming_of` takes the files of a folder as ``(path below the folder, text)`` and gives a
:class:`Naming`, whose values are those of the keys ``files``, ``issues``, ``date`` and ``title`` of a
profile. It reads a text only for its headings and front matter, and needs no profile.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from bot.digest.habits import FrontMatterHabit, IssuesHabit
from bot.digest.parsing.dates import find_date
from bot.digest.parsing.front_matter import split_front_matter
from bot.digest.parsing.notes import Notes
from bot.digest.profile import Profile
from bot.digest.unfenced import unfenced
from bot.editors.profile_inference.file_names import SHORT_DATE, files_of
from bot.model import is_readme

_MOST = 0.5
_MANY = 3  # headings that make a file one of many issues
_RATHER_MANY = 0.6

#: What lies beside issues in a repository and is none.
_OTHER = re.compile(
    r"(?:readme|license|licence|copying|changelog|changes|history|contributing|contributors|authors"
    r"|code[-_]of[-_]conduct|security|support|governance|maintainers|roadmap|todo|template|summary"
    r"|pull_request_template|issue_template)(?:[-_.](?:[a-z]{2}|zh[-_][a-z]+|cn))?",
    re.IGNORECASE,
)
_LINK = re.compile(r"\]\(|https?://|\]\[")
_HEADING = re.compile(r"(?m)^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<text>\S.*?)[ \t#]*$")
_UNDERLINED = re.compile(r"(?m)^(?P<text>\S.*)\n(?P<marks>=|-){3,}[ \t]*$")
_HTML = re.compile(r"(?is)<h(?P<level>[1-6])\b[^>]{0,500}>(?P<text>.{0,500}?)</h(?P=level)>")
_TAG = re.compile(r"<[^<>]*>")
_ANY_FRONT = FrontMatterHabit(bare=True)
_NUMBERED = re.compile(r"(?i)(?:第|#|\b(?:no|nr|vol|issue|week|edition|episode)\b\.?)\s*\d+")
#: What a name has that is written for readers, and what no title can be made of.
_WORDED = re.compile(r"[\u3400-\u9fff]|[^\W\d_]\s")
_NOT_IN_TITLES = re.compile(r"[*:]|\{(?:month_name|short_year|era_year)\}|_")
_UNTOLD = "says neither date nor number, and holds no link"

#: How a date may be written: ranges that begin as a date does, then the commonest first. The last, without
#: a day, count where no other does.
DATES = (
    *("{year}年{month}月{day}日-{month}月{day}", "{year}年{month}月{day}日-{day}"),
    "{year}年{month}月{day}-{day}",
    "{year}.{month}.{day}-{month}.{day}",
    *("{year}-{month}-{day}", "{year}/{month}/{day}", "{year}.{month}.{day}", "{year}年{month}月{day}"),
    *("{year}_{month}_{day}", "{year}{month}{day}"),
    *("{month_name} {day}, {year}", "{day} {month_name} {year}", "{day}. {month_name} {year}"),
    *("{month_name} {day}) - {year}", "{month_name} {day} - {year}", "{day} {month_name}, {year}"),
    *("{day} of {month_name} {year}", "{day} of {month_name}, {year}", "{month_name} {day} {year}"),
    *("{day} de {month_name} de {year}", "{day} de {month_name}, {year}", "{year}년{month}월{day}일"),
    *("{day}.{month}.{year}", "{day}-{month}-{year}", "{month}/{day}/{year}", "{day}/{month}/{year}"),
    *("{month_name} {day}-{day}, {year}", "{month_name} {day} - {day}, {year}"),
    *("{year}/{month_name}/{day}", "{year}-{month_name}-{day}", "{year}年{month_name}{day}"),
    "{era_year}年{month}月{day}",
)
MONTHS = (
    *("{year}年{month}月", "{year}年{month_name}", "{month_name} {year}", "{month_name}, {year}"),
    *("{month_name} de {year}", "{year}년{month}월"),
    *("{year}-{month}", "{year}/{month}", "{year}.{month}", "{year}/{month_name}", "{year}-{month_name}"),
)

#: What editors call the keys of the front matter that hold title and date.
TITLE_KEYS = ("title", "subject", "headline", "name", "标题", "题目")
DATE_KEYS = ("date", "published", "publish_date", "publishdate", "pubdate", "created", "日期", "发布日期")

File = tuple[str, str]  #: the path below the folder, and the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How a folder's issues are named; ``names`` are the paths of the files that hold one.

    ``files`` matches all of ``names`` and none of ``left_out``, which tells each file's reason.
    ``date`` are the patterns that date most issues, the commonest first; none: they have no dates.
    ``title`` is a template for the issue whose text has none; None where there is nothing to make one
    of. ``untitled``: most texts have none.
    """

    files: str
    issues: IssuesHabit
    date: tuple[str, ...]
    title: str | None
    untitled: bool
    names: frozenset[str]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """A file with what is looked at in it; ``headings`` are levels and texts."""

    name: str
    front: Mapping[str, str]
    headings: tuple[tuple[int, str], ...]
    linked: bool

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @property
    def numbered(self) -> bool:
        return any(map(str.isdigit, self.name))


def naming_of(files: Sequence[File]) -> Naming:
    """The habits of all files that may be issues; what is plainly none is left out, if others are there."""
    pages = [_page(name, text) for name, text in files]
    often = sum(page.numbered for page in pages) > _MOST * len(pages)
    reasons = {page.name: reason for page in pages if (reason := _no_issue(page, numbered=often))}
    taken = [page for page in pages if page.name not in reasons]
    taken = taken or [page for page in pages if is_readme(PurePosixPath(page.name).name)] or pages
    names = frozenset(page.name for page in taken)
    left_out = tuple((name, reasons[name]) for name, _ in files if name not in names)
    pattern = files_of(sorted(names), [name for name, _ in left_out])
    issues = _issues_of(taken)
    short = SHORT_DATE.search(pattern)
    date = date_patterns(_places(taken, issues)) or ((short[0],) if short else ())
    one_each = issues.each == "file"
    return Naming(
        files=pattern,
        issues=issues,
        date=date,
        title=_template(pattern, dated=bool(date)) if one_each else None,
        untitled=one_each and sum(map(_has_title, taken)) <= _MOST * len(taken),
        names=names,
        left_out=left_out,
    )


def date_patterns(texts: Sequence[Iterable[str]]) -> tuple[str, ...]:
    """How dates are written; ``texts`` are the places of each issue that may hold its date.

    As few patterns as date all that can be dated; those that know the day go first. Empty where
    fewer than half of the issues have a date.
    """
    places = [tuple(issue) for issue in texts]
    left, found = list(places), []
    for patterns in (DATES, MONTHS):
        while left and (best := _best(left, patterns)):
            found.append(best)
            left = [issue for issue in left if not any(has_date(text, best) for text in issue)]
    return tuple(found) if places and len(left) <= _MOST * len(places) else ()


def date_pattern(texts: Sequence[Iterable[str]]) -> str | tuple[str, ...] | None:
    """The same as the key ``date`` has it."""
    return as_key(date_patterns(texts))


def as_key(patterns: tuple[str, ...]) -> str | tuple[str, ...] | None:
    """Patterns of dates as the key ``date`` has them: one, several, or null."""
    return patterns[0] if len(patterns) == 1 else patterns or None


def has_date(text: str, pattern: str | tuple[str, ...]) -> bool:
    """Whether a text holds a date that is written so."""
    return find_date(text, _dated_by(pattern)) is not None


def _best(places: Sequence[tuple[str, ...]], patterns: Sequence[str]) -> str | None:
    dated = {one: sum(any(has_date(text, one) for text in issue) for issue in places) for one in patterns}
    best = max(dated, key=lambda one: dated[one])
    return best if dated[best] else None


def _page(name: str, text: str) -> _Page:
    front, body = split_front_matter(text, _ANY_FRONT, Notes())
    return _Page(
        name=name,
        front={key: str(value).strip() for key, value in front.values.items() if value},
        headings=tuple(_headings("\n".join(line for _, line in unfenced(body.split("\n"))))),
        linked=_LINK.search(text) is not None,
    )


def _headings(body: str) -> Iterator[tuple[int, str]]:
    """Levels and texts of the headings, in no order, whatever they are written with."""
    yield from ((len(found["marks"]), found["text"]) for found in _HEADING.finditer(body))
    yield from ((1 if found["marks"] == "=" else 2, found["text"]) for found in _UNDERLINED.finditer(body))
    yield from ((int(found["level"]), _TAG.sub("", found["text"])) for found in _HTML.finditer(body))


def _no_issue(page: _Page, *, numbered: bool) -> str | None:
    """Why a file is none; None if it may be one. ``numbered``: most of its neighbours have a number."""
    if _OTHER.fullmatch(page.stem):
        return "is what its name says, and no issue"
    return _UNTOLD if numbered and not page.numbered and not page.linked else None


def _issues_of(pages: Sequence[_Page]) -> IssuesHabit:
    """Whether most files hold many issues: their names say none, and headings of one level say many."""
    levels = Counter(filter(None, (_level_of_issues(page) for page in pages if not _says_one(page.stem))))
    level, times = max(levels.items(), key=lambda found: found[1], default=(0, 0))
    return IssuesHabit(each="heading", level=level) if times > _MOST * len(pages) else IssuesHabit()


def _says_one(stem: str) -> bool:
    """Whether the name of a file is that of one issue: it says more than a year."""
    numbers = re.findall(r"\d+", stem)
    return bool(numbers) and not (len(numbers) == 1 and re.fullmatch(r"(?:19|20)\d\d", numbers[0]))


def _level_of_issues(page: _Page) -> int:
    """The level of which many headings have a date of their own, or most of them a number; 0 for none."""
    for level in range(1, 7):
        own = [heading for depth, heading in page.headings if depth == level]
        dated = {heading for heading in own if any(has_date(heading, one) for one in (*DATES, *MONTHS))}
        numbered = {heading for heading in own if _NUMBERED.match(heading.strip("*[ "))}
        if len(dated) >= _MANY and len(dated) > _MOST * len(own):
            return level
        if len(numbered) >= _MANY and len(numbered) >= _RATHER_MANY * len(own):
            return level
    return 0


def _places(pages: Sequence[_Page], issues: IssuesHabit) -> list[tuple[str, ...]]:
    """Where each issue may say its date."""
    if issues.each == "heading":
        return [
            (heading,)
            for page in pages
            for level, heading in page.headings
            if level == issues.level and any(map(str.isdigit, heading))
        ]
    return [
        (
            *(heading for level, heading in page.headings if level == 1),
            *(value for key, value in page.front.items() if key in (*TITLE_KEYS, *DATE_KEYS)),
            str(PurePosixPath(page.name).with_suffix("")),
        )
        for page in pages
    ]


def _has_title(page: _Page) -> bool:
    named = not page.front.keys().isdisjoint(TITLE_KEYS)
    return named or sum(level == 1 for level, _ in page.headings) == 1


def _template(pattern: str, *, dated: bool) -> str | None:
    """What files are called, if that is a title: ``城闻第{number}期``, ``Week {number}``; else a made one."""
    name = PurePosixPath(pattern).stem
    if "{number}" in name and _WORDED.search(name) and not _NOT_IN_TITLES.search(name):
        return name
    if "{number}" in pattern:
        return "{name} #{number}"
    return "{name} {date}" if dated else None


@cache
def _dated_by(pattern: str | tuple[str, ...]) -> Profile:
    return Profile(name="any", language="en", files=".*", date=pattern)

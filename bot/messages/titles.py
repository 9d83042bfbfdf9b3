"""What to call an issue or an item, and what stands in where its editor left the title out."""

import re
from datetime import date

from bot.messages.links import accepted, host
from bot.messages.markup import visible
from bot.messages.pictures import as_links
from bot.messages.templating import clipped
from bot.model import Issue, Item, LineKind, RichText

#: What parted a title from its date and its highlights.
_AROUND_TITLE = " \u3000：:,，、;；-–—|｜·/／"
_DATE = (
    r"(?P<year>\d{4})\s?[-./年]?\s?(?P<month>\d\d?)\s?[-./月]?\s?(?P<day>\d\d?)(?!\d)"
    r"(?:\s?日)?(?:\s*[,，]?\s*(?:周|星期|礼拜)[一二三四五六日天])?"
)
_IN_BRACKETS = re.compile(rf"[(（\[【《「]\s*{_DATE}\s*[)）\]】》」]")
_AT_START = re.compile(rf"^{_DATE}")
_AT_END = re.compile(rf"(?<!\d){_DATE}$")
_DATES = (_IN_BRACKETS, _AT_START, _AT_END)
#: A word such as "of", which leads to the date.
_LEADING = re.compile(r"(?:^|\s)[a-z]+$")
#: Brackets at the end that the editor meant to fill: ``：【】【】``.
_NOTHING_YET = re.compile(r"[\s：:]*(?:[\s/／]*【\s*】)+[\s/／]*$")
#: Lines whose beginning says nothing by itself.
_NO_TITLES = frozenset({LineKind.PICTURE, LineKind.CODE, LineKind.HEAD, LineKind.ROW})
_PARTS_OF_BLOCKS = _NO_TITLES - {LineKind.PICTURE}
_WORDS = 60  # characters of a summary that stand in for a title


def issue_title(issue: Issue) -> str:
    """The title without date and highlights, which have lines of their own; the slug if there is none."""
    title = _NOTHING_YET.sub("", issue.title or "")
    named = _NOTHING_YET.sub("", _without_highlights(title, issue.highlights))
    return next(filter(visible, (_without_date(named, issue.date), named, title)), issue.slug)


def _without_highlights(title: str, highlights: tuple[str, ...]) -> str:
    start = len(title)
    for highlight in reversed(highlights):
        start = title.rfind(highlight, 0, start)
        if start < 0:
            return title
    return title[:start].strip(_AROUND_TITLE) if highlights else title.strip(" ：:")


def _without_date(title: str, day: date | None) -> str:
    """The title without its issue's day, however it is written."""
    for pattern in _DATES:
        for found in pattern.finditer(title):
            before, behind = title[: found.start()].rstrip(), title[found.end() :].lstrip()
            if _says(found, day) and (pattern is not _AT_END or not _LEADING.search(before)):
                return f"{before} {behind}".strip(_AROUND_TITLE)
    return title


def _says(found: re.Match[str], day: date | None) -> bool:
    return day is not None and tuple(map(int, found.group("year", "month", "day"))) == day.timetuple()[:3]


def is_plain(item: Item) -> bool:
    """Whether an item is paragraphs alone: no title, link, source or tag makes an entry of it."""
    if _titled(item) or item.url or item.source or item.tags:
        return False
    shown = any(visible(line.text) for line in as_links(item.summary, "picture"))
    return shown or (bool(item.links) and not item.summary)


def item_title(item: Item, *, untitled: str) -> str:
    """The title, or the summary's first words, or the link's host, or ``untitled``.

    A table or code is never cut into a title.
    """
    if _titled(item):
        return item.title or ""
    address = accepted(item.url) if item.url else None
    line = item.summary[_first_text(item.summary)] if item.summary else None
    first = clipped(line.text, _WORDS) if line and line.kind not in _PARTS_OF_BLOCKS else ""
    return first or (host(address) if address else untitled)


def shown_summary(item: Item) -> RichText:
    """The summary, without its first line where that stands as the title, whole and with no link to lose.

    A plain item has no title above it: its summary is shown as it is.
    """
    if _titled(item) or is_plain(item) or not item.summary:
        return item.summary
    at = _first_text(item.summary)
    first = item.summary[at]
    if first.kind in _PARTS_OF_BLOCKS:
        return item.summary
    says_all = len(first.text) <= _WORDS and not any(span.url for span in first.spans)
    return item.summary[:at] + item.summary[at + says_all :]


def _first_text(summary: RichText) -> int:
    """Which line comes first; one of a picture, a table or code only if there is nothing else."""
    return next((at for at, line in enumerate(summary) if line.kind not in _NO_TITLES), 0)


def _titled(item: Item) -> bool:
    return bool(item.title) and visible(item.title or "")

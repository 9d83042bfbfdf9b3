"""Marks that an issue has of its own before the links of its titles: ``**NEW** [A story](…)``."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from bot.digest.parsing.edges import text_of
from bot.digest.parsing.rows import Row, RowKind
from bot.digest.parsing.runs import Run, before_links, runs_of
from bot.model import Style

AROUND_MARK = " \t：:|｜，,*·•/–—-"
_KINDS = (RowKind.BULLET, RowKind.NUMBER, RowKind.HEADING, RowKind.TEXT)
_LONGEST = 24
_LONGEST_ALONE = 12
_MUCH_LONGER = 2  # times a title is longer than the only mark of its kind
_OFTEN = 2
#: What ends a title that is a link; words right behind it go on with a sentence.
_ENDS = "：:-–—.。!！?？(（|｜"
_SHOWN_APART = frozenset((Style.BOLD, Style.CODE))


class _Marked(NamedTuple):
    mark: str
    title: str
    is_apart: bool


def marks_of(rows: Iterable[Row]) -> frozenset[str]:
    """The few words that come again before links, each time another one, as :func:`mark_in` gives them.

    What each link is called is no title if it comes again too: ``[source](…)``.
    """
    titles: dict[str, list[_Marked]] = {}
    for row in rows:
        spans = row.spans
        is_short = len(spans) > 1 and not spans[0].url and len(spans[0].text) <= _LONGEST
        if is_short and row.kind in _KINDS and (found := _marked(row)):
            titles.setdefault(found.mark, []).append(found)
    return frozenset(mark for mark, found in titles.items() if len(found) >= _OFTEN and _is_mark(found))


def mark_in(lead: str) -> str:
    """What stands before a link, without the signs around it, in small letters."""
    return lead.strip(AROUND_MARK).casefold()


def is_mark_alone(lead: str, linked: Sequence[Run], labels: Collection[str]) -> bool:
    """Whether a single word is a mark: a longer link is right behind it, and a colon or a dash ends that.

    A link called by one of the ``labels`` is none.
    """
    word, title = mark_in(lead), linked[0].text
    return (
        0 < len(word) <= _LONGEST_ALONE
        and word == lead.strip().casefold()  # no colon or dash: a title would end with it
        and len(word.split()) == 1
        and len(title) >= _MUCH_LONGER * len(word)
        and title.casefold() not in labels
        and _behind(linked).startswith(("：", ":", "-", "–", "—"))
    )


def _marked(row: Row) -> _Marked | None:
    """The mark of a row, if a few words stand before its first link."""
    lead, linked = before_links(tuple(runs_of(row.spans)))
    mark = mark_in(lead)
    if not linked or len(lead) > _LONGEST or not any(map(str.isalpha, mark)):
        return None
    behind = _behind(linked)
    shown = not row.spans[0].styles.isdisjoint(_SHOWN_APART) or (lead.isupper() and len(mark) > 1)
    return _Marked(mark, linked[0].text, shown or not behind or behind[0] in _ENDS)


def _behind(linked: Sequence[Run]) -> str:
    """What is said right behind the first link."""
    return text_of(linked[1].spans).lstrip() if len(linked) > 1 else ""


def _is_mark(found: Sequence[_Marked]) -> bool:
    """Whether the same words stand before titles: each is another one, longer, and apart from a sentence."""
    titles = {one.title.casefold() for one in found}
    return len(titles) == len(found) and all(one.is_apart and len(one.title) > len(one.mark) for one in found)

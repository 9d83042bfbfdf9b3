"""Lines that begin with a link, a sign or a title: each of those of one paragraph may begin an item."""

import re
from itertools import pairwise, takewhile

from bot.digest.parsing.bare_links import is_named_address
from bot.digest.parsing.edges import text_of
from bot.digest.parsing.labelled import bare_urls
from bot.digest.parsing.marks import is_around_link, is_sign, without_tags
from bot.digest.parsing.rows import Row, RowKind, Rows, is_bold, opens_with_title
from bot.digest.parsing.runs import runs_of

#: ``[title] (address)``, which Markdown does not take for a link.
_BROKEN_LINK = re.compile(r"\[[^\[\]]+\]\s{0,3}[(（]\s?https?://")
_SENTENCE = re.compile(r"[.。;；]\s*(?:https?://|www\.)")  # it ends before the address: no name does
_IN_BRACKETS = re.compile(r"[^()（）]{1,200}[(（]\s?https?://[^\s()（）]+\s?[)）]")
FEWEST_LINES = 2  # of a paragraph that begin with a sign, where they are items
_DOTS = frozenset("·•‣⁃・∙→»※")  # that editors write for those of a list; Markdown does not know them
_LONGEST_IN_BAR = 20  # characters
_BARS = frozenset("|｜·•∙/／")  # between links that stand side by side
_DASHES = frozenset("–—")  # the same, where several lines begin so: a single one may name who is quoted


def begins_paragraph(row: Row) -> bool:
    """Whether the row begins a paragraph at the margin."""
    return row.kind is RowKind.TEXT and row.opens and not row.depth and not row.quote


def end_of_paragraph(rows: Rows, place: int) -> int:
    """Where the paragraph ends that begins at a place."""
    end = place + 1
    while end < len(rows) and not rows[end].opens and rows[end].kind is RowKind.TEXT:
        end += 1
    return end


def leads_on(row: Row) -> bool:
    """Whether a link or a bare address stands in a row."""
    return any(span.url for span in row.spans) or "://" in row.text


def paragraph_leads_on(rows: Rows, place: int) -> bool:
    """Whether a link or a bare address stands in the paragraph that begins at a place."""
    return any(map(leads_on, rows[place : end_of_paragraph(rows, place)]))


def stands_out(row: Row) -> bool:
    """Whether a row is bold or leads somewhere."""
    return is_bold(row) or leads_on(row)


def is_bar_of_links(row: Row) -> bool:
    """Whether a row is nothing but several links, each of a few words, with a bar or a dot between them."""
    runs = [run for run in runs_of(row.spans) if run.text.strip()]
    links = [run for run in runs if run.url]
    bars = [run.text.strip() for run in runs if not run.url]
    parted = len(bars) >= len(links) - 1 and all(_BARS.issuperset(bar) for bar in bars)
    return len(links) > 1 and parted and all(len(run.text) <= _LONGEST_IN_BAR for run in links)


def begins_with_link(row: Row) -> bool:
    """Whether a row begins with a link; signs such as 🔥 and tags in brackets may stand before it."""
    before = takewhile(lambda span: not span.url or not span.text.strip(), row.spans)
    linked = any(span.url and span.text.strip() for span in row.spans)
    if not linked:
        return _BROKEN_LINK.match(row.text) is not None
    return all(is_around_link(char) or char in _DOTS for char in without_tags(text_of(tuple(before))))


def _begins_with_sign(row: Row) -> bool:
    """Whether a row begins with an emoji, or with a dot or an arrow in the place of a list's."""
    first = row.text[:1]
    return bool(first) and (first in _DOTS | _DASHES or (is_sign(first) and not first.isalnum()))


def opened_lines(lines: Rows) -> list[int]:
    """The lines of a paragraph that begin items; empty where it is none of items.

    All of them, where most begin with a link and the others have one, or all open with a title in
    bold; else those that begin with a sign, as the first does, if each has a link in it.
    """
    begin = sum(map(begins_with_link, lines))
    linked = all(any(span.url for span in line.spans) or _BROKEN_LINK.match(line.text) for line in lines)
    titled = len(lines) > 1 and all(opens_with_title(line.spans) for line in lines)
    if linked and (titled or (begins_with_link(lines[0]) and 2 * begin > len(lines))):
        return list(range(len(lines)))
    signed = [place for place, line in enumerate(lines) if _begins_with_sign(line)]
    if len(signed) < FEWEST_LINES or signed[0]:
        return []
    items = (lines[start:end] for start, end in pairwise((*signed, len(lines))))
    return signed if all(any(map(leads_on, item)) for item in items) else []


def named_addresses(lines: Rows) -> list[int]:
    """Which lines of a paragraph are a name with its address, or right above it; none if others are there."""
    begin = []
    place = 0
    while place < len(lines):
        if bare_urls(lines[place]):
            return []
        below = lines[place + 1 : place + 2]
        names_next = not leads_on(lines[place]) and any(map(bare_urls, below))
        text = lines[place].text
        named = is_named_address(lines[place].spans) or _IN_BRACKETS.fullmatch(text)
        names = named and not _SENTENCE.search(text)
        if not names_next and not names:
            return []
        begin.append(place)
        place += 2 if names_next else 1
    return begin

"""One normal form for the headings of an issue, however an editor wrote them."""

import re
from collections.abc import Container, Iterable, Iterator
from itertools import pairwise

from bot.digest.heading_names import may_head
from bot.digest.parsing.counting import count_at
from bot.digest.parsing.edges import stripped, text_of, without_end, without_start
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind, Rows, is_bare_mark, is_bold
from bot.digest.profile import Profile
from bot.model import Span, Style

#: A heading whose space was forgotten or is a blank of another kind, as browsers copy it, or that is written
#: in full width; Markdown takes it for text.
_GLUED = re.compile(r"(#{1,6}(?:[^\S \t]\s*(?=\S)|(?=[^#\s]))|#*＃[#＃]*\s*(?=\S))")
#: One that is right but for what stands around or before it: stars, a comment.
_COVERED = re.compile(r"#{1,6}[ \t]+(?=\S)")
_CLOSED = re.compile(r"(?:\s#{1,6}|(?<=[^#])#{2,6})\s*$")
_WIDEST_INDENT = 3  # blanks, as Markdown has it for a heading
_LOST_LEVEL = 2
_LONGEST_NAME = 24
_COUNTED = re.compile(r"[一二三四五六七八九十]{1,3}、\s*\S.*")
_SHORT_UNDERLINES = ("--", "=", "==")
_AROUND_NAME = " \t【】「」『』[]《》：:—-*_"


def with_headings(rows: Iterable[Row], profile: Profile, notes: Notes) -> Iterator[Row]:
    """The rows, all that heads a part a heading: quoted, glued, full-width and lost ones too."""
    headed, all_rows = False, tuple(rows)
    alike = _alike(all_rows, profile)
    groups = frozenset(_names_of_groups(all_rows, profile))
    for row in _with_bare_names(all_rows, groups, profile, notes):
        mended = _in_bold(row) if row.number in groups else _mended(row, profile, notes, headed=headed)
        if row.number in alike and mended is row:
            notes.add("lost-heading", row.number, about=row.text)
            mended = _lost(row, row.text.strip(_AROUND_NAME))
        headed = headed or mended.kind is RowKind.HEADING
        yield mended


def _alike(rows: Rows, profile: Profile) -> frozenset[int]:
    """The lines dressed as names of sections are here: 【要闻】 beside 【论文】, 一、新刊 above 二、论文."""
    dressed: dict[str, list[Row]] = {}
    for row, below in pairwise((*rows, None)):
        if row is not None and below is not None and (dress := _dress(row, below)):
            dressed.setdefault(dress, []).append(row)
    known = [those for those in dressed.values() if any(_section_of(row, profile) for row in those)]
    return frozenset(row.number for those in known for row in those)


def _dress(row: Row, below: Row) -> str | None:
    """How a short paragraph at the margin is dressed: in brackets above a list, or counted in Chinese."""
    text = row.text
    at_margin = row.kind is RowKind.TEXT and row.opens and not (row.depth or row.quote or row.indent)
    if not at_margin or len(text) > _LONGEST_NAME or (below.kind is RowKind.TEXT and not below.opens):
        return None
    if text.startswith("【") and text.find("】") == len(text) - 1 and _is_entry(below):
        return "【】"
    return "一、" if _COUNTED.fullmatch(text) and may_head(text) else None


def _names_of_groups(rows: Rows, profile: Profile) -> Iterator[int]:
    """The lines that have a section's name and stand in a section of another: they name groups of that.

    It is so where such a line is the first below a heading that is marked as one, is not the issue's,
    and has another name.
    """
    above: Row | None = None
    headed = within = False
    for place, row in enumerate(rows):
        if _is_marked(row):
            above = None if _names_issue(row, first=not headed) else row
            headed, within = True, False
        elif above is not None and row.kind is not RowKind.RULE:
            named = row.kind is RowKind.TEXT and row.opens and _section_of(row, profile) is not None
            first = named and rows[place - 1] is above
            within = within or (first and _section_of(row, profile) != profile.section_slug(above.text))
            if within and named:
                yield row.number


def _names_issue(heading: Row, *, first: bool) -> bool:
    """Whether a heading is that of the issue: by its level, or the first and with the number of one."""
    return heading.level == 1 or (first and any(map(str.isnumeric, heading.text)))


def _in_bold(row: Row) -> Row:
    """The line as groups are named most plainly: ``论文：`` alone might be a label without its address."""
    return row._replace(spans=(Span(text=row.text, styles=frozenset({Style.BOLD})),))


def _is_marked(row: Row) -> bool:
    return row.kind is RowKind.HEADING or _GLUED.match(row.text) is not None


def _section_of(row: Row, profile: Profile) -> str | None:
    """The section whose name is all that the row says."""
    short = len(row.text) <= _LONGEST_NAME
    return profile.section_slug(row.text.strip(_AROUND_NAME)) if short else None


def _with_bare_names(rows: Rows, groups: Container[int], profile: Profile, notes: Notes) -> Iterator[Row]:
    """The rows; the name of a section alone above a list, or above one or two marks, is a heading.

    Those of ``groups`` are none.
    """
    underlined = False
    for place, row in enumerate(rows):
        if underlined:
            underlined = False
            continue
        below = rows[place + 1] if place + 1 < len(rows) else None
        if below is None or row.number in groups or not _is_bare_name(row, profile):
            yield row
            continue
        underlined = below.number == row.number + 1 and _is_short_underline(below)
        heads = underlined or (below.number > row.number + 1 and _is_entry(below))
        if heads:
            notes.add("lost-heading", row.number, about=row.text)
        yield _lost(row, row.text) if heads else row


def _is_bare_name(row: Row, profile: Profile) -> bool:
    """Whether a paragraph at the margin begins with a line that is nothing but the name of a section."""
    at_margin = row.kind is RowKind.TEXT and row.opens and not (row.depth or row.quote or row.indent)
    return at_margin and len(row.text) <= _LONGEST_NAME and profile.section_slug(row.text) is not None


def _is_short_underline(row: Row) -> bool:
    if row.kind is RowKind.BULLET:  # as a dash alone is read
        return is_bare_mark(row)
    return row.text in _SHORT_UNDERLINES


def _is_entry(row: Row) -> bool:
    return row.kind in (RowKind.BULLET, RowKind.NUMBER) or count_at(row.text) is not None


def _lost(row: Row, name: str) -> Row:
    return row._replace(kind=RowKind.HEADING, level=_LOST_LEVEL, depth=0, spans=(Span(text=name),))


def _mended(row: Row, profile: Profile, notes: Notes, *, headed: bool) -> Row:
    if row.kind is RowKind.HEADING:
        return row._replace(quote=False) if row.quote else row
    if row.kind is not RowKind.TEXT or row.indent > _WIDEST_INDENT:
        return row
    text = row.text
    if not row.indent and len(text) <= _LONGEST_NAME and _is_lost(row, text, profile):
        notes.add("lost-heading", row.number, about=text[:40])
        return _lost(row, text.strip(_AROUND_NAME))
    covered = _COVERED.match(text)
    glued = covered or (_GLUED.match(text) if row.opens or not row.indent else None)
    if glued is None or (headed and _is_hashtag(text, profile)):
        return row
    notes.add("covered-heading" if covered else "heading-space", row.number, about=text[:40])
    level = len(re.sub(r"[^#＃]", "", glued.group()))
    blanks = len(text_of(row.spans)) - len(text_of(row.spans).lstrip())
    spans = stripped(without_start(row.spans, blanks + glued.end()))
    closed = _CLOSED.search(text_of(spans))
    spans = without_end(spans, len(closed.group())) if closed else spans
    return row._replace(kind=RowKind.HEADING, level=level, spans=spans, depth=0, indent=0)


def _is_lost(row: Row, text: str, profile: Profile) -> bool:
    """Whether a paragraph is nothing but the name of a section, marked as one may mark a heading."""
    if not row.opens or row.quote:
        return False
    name = text.strip(_AROUND_NAME)
    return (text != name or is_bold(row)) and profile.section_slug(name) is not None


def _is_hashtag(text: str, profile: Profile) -> bool:
    """Below the title a single # glued to a word that heads no section is a hashtag or a number."""
    hashes = len(text) - len(text.lstrip("#＃"))
    return hashes == 1 and profile.section_slug(text.lstrip("#＃")) is None

"""Flash news: the bullets before the first section."""

import re
from collections.abc import Iterator
from itertools import takewhile

from bot.digest.habits import FlashHabit
from bot.digest.parsing.edges import stripped, text_of, without_start
from bot.digest.parsing.lines import as_line, as_lines
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind, Rows
from bot.model import Flash

#: Whom a flash bullet is about: a few words before the first colon, no sentence.
_IN_SUBJECT = "：:，,。；;！？\\n"
_SUBJECT = re.compile(
    rf"(?!\d{{1,2}}[:：]\d)(?P<subject>[^\s{_IN_SUBJECT}](?:[^{_IN_SUBJECT}]{{0,14}}[^\s{_IN_SUBJECT}])?)\s{{0,8}}(?:：|:(?!//))"
)
_STOPS = ("。", "；", ";", ".", "！", "!")


def split_flash(
    rows: Rows, habit: FlashHabit | None, lead: re.Pattern[str], notes: Notes
) -> tuple[Rows, tuple[Flash, ...]]:
    """What is no flash news, and the flash news; the line that announces them is left out.

    What begins as the ``lead`` does announces nothing. What stands between or below the flash
    news and is none comes behind what stands above them.
    """
    if habit is None:
        return rows, ()
    before, bullets = _split_at_bullets(rows)
    bullets = tuple(_with_lost_dashes(bullets))
    announces = re.compile("|".join(map(re.escape, habit.words)) or r"(?!)", re.IGNORECASE)
    if before and _announces(before[-1], announces, lead, bullets):
        notes.leave_out(before[-1].number, before[-1].spans, "heading of the flash news")
        before = before[:-1]
    outside = tuple(row for row in bullets if not row.depth)
    return (*before, *outside), tuple(_flash(bullets, notes))


def _split_at_bullets(rows: Rows) -> tuple[Rows, Rows]:
    before = tuple(takewhile(lambda row: row.kind is not RowKind.BULLET or row.quote, rows))
    return before, rows[len(before) :]


def _announces(row: Row, flash: re.Pattern[str], lead: re.Pattern[str], bullets: Rows) -> bool:
    """Whether a row only says that flash news follow."""
    if row.quote or lead.match(row.text):
        return False
    return bool(flash.search(row.text)) or (bool(bullets) and row.opens and row.text.endswith(("：", ":")))


def _flash(bullets: Rows, notes: Notes) -> Iterator[Flash]:
    for group in _by_bullet(bullets):
        first = group[0]
        words = text_of(first.spans)
        found = _SUBJECT.match(words, len(words) - len(words.lstrip()))
        spans = stripped(without_start(first.spans, found.end() if found else 0))
        rest = (row._replace(depth=row.depth - 1 if row.depth else 0) for row in group[1:])
        text = as_lines(rest)
        if spans:
            text = (as_line(first._replace(kind=RowKind.TEXT, marker="", depth=0, spans=spans)), *text)
        if not text and not found:
            notes.add("empty-bullet", first.number)
            continue
        if not text:
            notes.add("empty-flash", first.number, about=first.text)
        yield Flash(subject=found["subject"] if found else None, text=text, line=first.number)


def _with_lost_dashes(rows: Rows) -> Iterator[Row]:
    """The rows; a paragraph with a subject between two bullets is one that lost its dash."""
    last = max((place for place, row in enumerate(rows) if row.kind is RowKind.BULLET), default=0)
    for place, row in enumerate(rows):
        lost = row.kind is RowKind.TEXT and not row.depth and not row.quote and place < last
        yield row._replace(kind=RowKind.BULLET, depth=1) if lost and _SUBJECT.match(row.text) else row


def _lost_its_dash(row: Row, above: Row) -> bool:
    """Whether a line at the margin is flash news: it has a subject, and the one above is at its end."""
    at_margin = row.kind is RowKind.TEXT and row.depth == 1 and not row.indent and not row.opens
    return at_margin and above.text.endswith(_STOPS) and _SUBJECT.match(row.text) is not None


def _by_bullet(rows: Rows) -> Iterator[Rows]:
    """Each bullet of the outermost list with the lines that belong to it; text outside a list ends it."""
    group: list[Row] = []
    for row in rows:
        if (row.kind is RowKind.BULLET and row.depth == 1) or (group and _lost_its_dash(row, group[-1])):
            if group:
                yield tuple(group)
            group = [row]
        elif row.depth:
            group.append(row)
        elif group:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)

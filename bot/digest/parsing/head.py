"""What stands before the first section: title, date, highlights, tagline, lead, flash news."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.digest.parsing.addresses import is_relative, joined
from bot.digest.parsing.dates import Day, find_day, first_of, written_by_machine
from bot.digest.parsing.edges import Spans, after, stripped, text_of, without_start
from bot.digest.parsing.file_facts import FileFacts, title_of
from bot.digest.parsing.front_matter import FrontMatter
from bot.digest.parsing.highlights import highlights_of
from bot.digest.parsing.lines import as_line, as_lines
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind, Rows, is_bold
from bot.digest.parsing.signs import link_to
from bot.digest.profile import Profile
from bot.model import Flash, Line, LineKind, RichText, Span

#: Whom a flash bullet is about: a few words before the first colon, no sentence.
_IN_SUBJECT = "：:，,。；;！？\\n"
_SUBJECT = re.compile(
    rf"(?!\d{{1,2}}[:：]\d)(?P<subject>[^\s{_IN_SUBJECT}](?:[^{_IN_SUBJECT}]{{0,14}}[^\s{_IN_SUBJECT}])?)\s{{0,8}}(?:：|:(?!//))"
)
_STOPS = ("。", "；", ";", ".", "！", "!")
#: ``{{ page.title }}``, which the program that makes pages fills in from the front matter.
TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The issue's beginning, as :class:`bot.model.Issue` has it."""

    title: str | None
    day: Day | None
    highlights: tuple[str, ...]
    tagline: str | None
    lead: RichText
    flash: tuple[Flash, ...]


def read_head(
    title: Row | None, rows: Rows, front: FrontMatter, facts: FileFacts, profile: Profile, notes: Notes
) -> Head:
    """Read it; the front matter helps where the text does not say, and what the path says after that."""
    if title and front.title and TEMPLATE.fullmatch(title.text):
        notes.leave_out(title.number, title.spans, "template")
        title = None
    written = (title.text if title else front.title).strip().rstrip("：:").rstrip() or None
    dates = (find_day(written or "", profile), written_by_machine(front.date, profile))
    day = first_of((*dates, facts.day))
    name = written or title_of(facts, day, profile)
    line = title.number if title else 1
    if name is None:
        notes.add("no-title", line)
    if not any(dates) and profile.date:
        notes.add("no-date", line)
    cover = joined(profile.base_url or "", front.picture)
    shown = bool(cover) and not is_relative(cover)
    front.note_untold(("" if title else front.title, front.picture if shown else ""), notes)
    rows = tuple(map(_worded, rows))
    before, bullets = _split_at_bullets(rows) if profile.flash else (rows, ())
    bullets = tuple(_with_lost_dashes(bullets))
    tagline, before = _tagline(before)
    return Head(
        title=name,
        day=day,
        highlights=highlights_of(written or "", profile),
        tagline=tagline,
        lead=(*(_cover(cover) if shown else ()), *_lead(before, bullets, profile, notes)),
        flash=tuple(_flash(bullets, notes)),
    )


def _worded(row: Row) -> Row:
    """The row; one that is nothing but a link without words is called by its host."""
    address = next((span.url for span in row.spans if span.url), None) if not row.text else None
    return row._replace(spans=(link_to(address),)) if address and row.kind is not RowKind.PICTURE else row


def _cover(address: str) -> RichText:
    return (Line(kind=LineKind.PICTURE, spans=(Span(text="", url=address),)),)


def _split_at_bullets(rows: Rows) -> tuple[Rows, Rows]:
    before = tuple(takewhile(lambda row: row.kind is not RowKind.BULLET or row.quote, rows))
    return before, rows[len(before) :]


def _tagline(rows: Rows) -> tuple[str | None, Rows]:
    """The first line, where all of it is bold."""
    first = rows[0] if rows and not rows[0].quote else None
    if first is None or not is_bold(first):
        return None, rows
    return first.text, rows[1:]


def _lead(before: Rows, bullets: Rows, profile: Profile, notes: Notes) -> RichText:
    """All text before the bullets but the line that announces them; ``导读：`` itself goes."""
    words = _opening(profile.lead)
    announcing = profile.flash.words if profile.flash else ()
    announces = re.compile("|".join(map(re.escape, announcing)) or r"(?!)", re.IGNORECASE)
    rows = list(before)
    if rows and _announces(rows[-1], announces, words, bullets):
        announcement = rows.pop()
        notes.leave_out(announcement.number, announcement.spans, "heading of the flash news")
    rows += _outside_lists(bullets)
    bare = (row._replace(spans=_without(words, row, notes), quote=False) for row in rows)
    return as_lines(row for row in bare if row.text or row.kind is RowKind.PICTURE)


def _announces(row: Row, flash: re.Pattern[str], lead: re.Pattern[str], bullets: Rows) -> bool:
    """Whether a row only says that flash news follow."""
    if row.quote or lead.match(row.text):
        return False
    return bool(flash.search(row.text)) or (bool(bullets) and row.opens and row.text.endswith(("：", ":")))


def _outside_lists(bullets: Rows) -> Iterator[Row]:
    """What stands between or below the flash news and is none: it becomes part of the lead."""
    return (row for row in bullets if not row.depth)


def _opening(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, words)) or '(?!)'})\s*[：:]\s*", re.IGNORECASE)


def _without(words: re.Pattern[str], row: Row, notes: Notes) -> Spans:
    found = after(words, row.spans)
    if found is None:
        return row.spans
    notes.leave_out(row.number, row.text.removesuffix(text_of(found)), "label")
    return found


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

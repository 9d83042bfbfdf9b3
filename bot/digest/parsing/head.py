"""What stands before the first section: title, date, tagline, lead; its flash news are in ``flash``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.digest.parsing.addresses import is_relative, joined
from bot.digest.parsing.dates import (
    Day,
    find_day,
    first_of,
    is_date,
    labelled_date,
    whole_date,
    written_by_machine,
)
from bot.digest.parsing.edges import Spans, after, text_of
from bot.digest.parsing.file_facts import FileFacts, title_of
from bot.digest.parsing.flash import split_flash
from bot.digest.parsing.front_matter import FrontMatter
from bot.digest.parsing.highlights import highlights_of, without_empty
from bot.digest.parsing.lines import as_lines
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind, Rows, is_bold
from bot.digest.parsing.signs import link_to
from bot.digest.profile import Profile
from bot.model import Flash, Line, LineKind, RichText, Span

#: ``{{ page.title }}``, which the program that makes pages fills in from the front matter.
TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
_ENDS_SENTENCE = tuple("。！？.!?…")
_BESIDE_DATE = 16  # letters and digits of a line that says its date and a few words


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
    written = without_empty(title.text if title else front.title) or None
    dates = [find_day(written or "", profile), written_by_machine(front.date, profile)]
    if not any(dates):
        day, rows = _dated(rows, profile, notes)
        dates.append(day or (None if facts.day else _day_of_first(rows, profile)))
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
    tagline, rows = _tagline(rows)
    words = _opening(profile.lead)
    rows, flash = split_flash(rows, profile.flash, words, notes)
    return Head(
        title=name,
        day=day,
        highlights=highlights_of(written or "", profile),
        tagline=tagline,
        lead=(*(_cover(cover) if shown else ()), *_lead(rows, words, notes)),
        flash=flash,
    )


def _worded(row: Row) -> Row:
    """The row; one that is nothing but a link without words is called by its host."""
    address = next((span.url for span in row.spans if span.url), None) if not row.text else None
    return row._replace(spans=(link_to(address),)) if address and row.kind is not RowKind.PICTURE else row


def _cover(address: str) -> RichText:
    return (Line(kind=LineKind.PICTURE, spans=(Span(text="", url=address),)),)


def _dated(rows: Rows, profile: Profile, notes: Notes) -> tuple[Day | None, Rows]:
    """The day of the first line that is a date and nothing else, and the other rows.

    The first line of all may name what it dates, and go on: then it is told as well.
    """
    dated = next((row for row in rows if is_date(row.text, profile)), None)
    first = next((row for row in rows if row.kind is not RowKind.PICTURE), None)
    end = labelled_date(first.text, profile) if first and not dated else None
    if first and end is not None:
        day = find_day(first.text[:end], profile)
        if any(map(str.isalnum, first.text[end:])):
            return day, rows
        dated = first if day else None
    if dated is None:
        return None, rows
    notes.leave_out(dated.number, dated.spans, "date")
    return find_day(dated.text, profile), tuple(row for row in rows if row is not dated)


def _day_of_first(rows: Rows, profile: Profile) -> Day | None:
    """The day that the first paragraph says in a line of a few words: ``Published May 9, 2022``.

    A sentence may speak of any day; what ends with a mark is one.
    """
    words = [row for row in rows if row.kind is not RowKind.PICTURE]
    if not words or words[0].kind is not RowKind.TEXT or (len(words) > 1 and not words[1].opens):
        return None
    text = words[0].text
    linked = any(span.url for span in words[0].spans)
    place = None if linked or text.endswith(_ENDS_SENTENCE) else whole_date(text, profile)
    if place is None:
        return None
    beside = f"{text[: place[0]]}{text[place[1] :]}"
    return find_day(text, profile) if sum(map(str.isalnum, beside)) <= _BESIDE_DATE else None


def _tagline(rows: Rows) -> tuple[str | None, Rows]:
    """The first line, where all of it is bold."""
    first = rows[0] if rows and not rows[0].quote else None
    if first is None or first.kind is RowKind.BULLET or not is_bold(first):
        return None, rows
    return first.text, rows[1:]


def _lead(rows: Rows, words: re.Pattern[str], notes: Notes) -> RichText:
    """The rows; ``导读：`` itself goes."""
    bare = (row._replace(spans=_without(words, row, notes), quote=False) for row in rows)
    return as_lines(row for row in bare if row.text or row.kind is RowKind.PICTURE)


def _opening(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, words)) or '(?!)'})\s*[：:]\s*", re.IGNORECASE)


def _without(words: re.Pattern[str], row: Row, notes: Notes) -> Spans:
    found = after(words, row.spans)
    if found is None:
        return row.spans
    notes.leave_out(row.number, row.text.removesuffix(text_of(found)), "label")
    return found

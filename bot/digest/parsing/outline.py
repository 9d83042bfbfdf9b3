"""The large parts of an issue: what stands before the first section, and each section."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.digest.parsing.edges import without_start
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind, Rows, bold, is_bold
from bot.digest.parsing.starts import starts_of
from bot.digest.profile import TRAILING, Profile, fold_heading
from bot.model import Span

#: A heading whose space was forgotten, or that is written in full width; Markdown takes it for text.
_GLUED_HEADING = re.compile(r"(#{1,6}(?:\u3000+|(?=[^#\s]))|#*＃[#＃]*\s*(?=\S))")
#: Deeper than any heading: nothing is left out.
_NOTHING_HIDDEN = 9
_LOST_LEVEL = 2
_LONGEST_NAME = 24
_AROUND_NAME = " \t【】「」『』[]《》：:—-*_"
_FEWEST_ITEMS = 2  # that make a list without a heading a section


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRows:
    """A section before its items are separated; ``line`` is its heading's."""

    slug: str
    heading: str
    line: int
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """``title`` is the row of the heading that names the issue, ``head`` all before the first section."""

    title: Row | None
    head: Rows
    sections: tuple[SectionRows, ...]

    def changed(self, change: Callable[[Rows], Iterable[Row]]) -> "Outline":
        """The outline with the rows of its head and of each part changed."""
        sections = tuple(replace(section, rows=tuple(change(section.rows))) for section in self.sections)
        return replace(self, head=tuple(change(self.head)), sections=sections)


def outline(rows: Sequence[Row], profile: Profile, notes: Notes) -> Outline:
    """Tell the parts apart and leave out what is not content."""
    title: Row | None = None
    head: Rows = ()
    sections: list[SectionRows] = []
    hidden = _NOTHING_HIDDEN
    for heading, body, divided in _chapters(_mended(rows, profile, notes), profile):
        content = tuple(row for row in body if not profile.left_out_lines.match(row.text))
        if heading is None:
            head += content
        elif title is None and not sections and _names_the_issue(heading, profile):
            title, head = heading, head + content
        elif heading.level > hidden:
            continue
        elif _heads_flash(heading, profile):
            head += content
        elif fold_heading(heading.text) in profile.left_out_headings:
            hidden = heading.level
        else:
            hidden = _NOTHING_HIDDEN
            if content or not divided:
                sections.append(_section(heading, content, profile, notes))
    return Outline(title=title, head=head, sections=tuple(sections))


def _heads_flash(heading: Row, profile: Profile) -> bool:
    """Whether a heading stands over the flash news, which otherwise only a line announces."""
    return profile.flash is not None and fold_heading(heading.text) in map(fold_heading, profile.flash.words)


def undivided(outline: Outline, profile: Profile) -> Outline:
    """Where no heading opens a section, the items below the lead are one, called as the digest is."""
    starts = starts_of(outline.head, profile.items.begin)
    if len(starts.places) < _FEWEST_ITEMS:
        return outline
    first = min(starts.places)
    rows = outline.head[first:]
    section = SectionRows(slug="other", heading=profile.name, line=rows[0].number, rows=rows)
    return replace(outline, head=outline.head[:first], sections=(section,))


def _mended(rows: Iterable[Row], profile: Profile, notes: Notes) -> Iterator[Row]:
    headed = False
    for row in rows:
        if _is_lost_heading(row, profile):
            notes.add("lost-heading", row.number, about=row.text[:40])
            headed = True
            yield replace(
                row, kind=RowKind.HEADING, level=_LOST_LEVEL, depth=0, spans=(Span(text=_bare_name(row)),)
            )
            continue
        glued = _GLUED_HEADING.match(row.text) if row.kind is RowKind.TEXT and row.indent == 0 else None
        headed = headed or row.kind is RowKind.HEADING
        if glued is None or (headed and _is_hashtag(row.text, profile)):
            yield row
            continue
        headed = True
        notes.add("heading-space", row.number, about=row.text[:40])
        spans = without_start(row.spans, glued.end())
        yield replace(
            row, kind=RowKind.HEADING, level=len(re.sub(r"[^#＃]", "", glued.group())), spans=spans, depth=0
        )


def _is_lost_heading(row: Row, profile: Profile) -> bool:
    """Whether a paragraph is nothing but the name of a section, marked as one may mark a heading."""
    if row.kind is not RowKind.TEXT or not row.opens or row.quote or row.indent:
        return False
    marked = row.text != _bare_name(row) or is_bold(row)
    return marked and len(row.text) <= _LONGEST_NAME and profile.section_slug(_bare_name(row)) is not None


def _bare_name(row: Row) -> str:
    return row.text.strip(_AROUND_NAME)


def _is_hashtag(text: str, profile: Profile) -> bool:
    """Below the title a single # glued to a word that heads no section is a hashtag or a number."""
    hashes = len(text) - len(text.lstrip("#＃"))
    return hashes == 1 and profile.section_slug(text.lstrip("#＃")) is None


def _chapters(rows: Iterable[Row], profile: Profile) -> Iterator[tuple[Row | None, Rows, bool]]:
    """Each heading with the rows below it, and whether a deeper heading follows them."""
    heading: Row | None = None
    body: list[Row] = []
    for row in rows:
        if _opens_chapter(row, profile):
            yield heading, tuple(body), heading is not None and row.level > heading.level
            heading, body = row, []
        else:
            body.append(_as_text(row))
    yield heading, tuple(body), False


def _opens_chapter(row: Row, profile: Profile) -> bool:
    if row.kind is not RowKind.HEADING or row.quote:
        return False
    return row.level <= profile.section_level or profile.section_slug(row.text) is not None


def _names_the_issue(heading: Row, profile: Profile) -> bool:
    if profile.title is None or profile.section_slug(heading.text) is not None:
        return False
    if heading.level != 1:  # a title one level too deep still says the date
        return profile.date is not None and re.search(profile.date, heading.text) is not None
    return re.search(profile.title, heading.text) is not None


def _as_text(row: Row) -> Row:
    """A deeper heading reads as a bold line of its section."""
    if row.kind is not RowKind.HEADING:
        return row
    return replace(bold(row), kind=RowKind.TEXT)


def _section(heading: Row, rows: Rows, profile: Profile, notes: Notes) -> SectionRows:
    slug = profile.section_slug(heading.text)
    if slug is None and profile.other_headings == "slip":
        notes.add("unknown-heading", heading.number, about=heading.text)
    return SectionRows(
        slug=slug or "other", heading=heading.text.strip(TRAILING), line=heading.number, rows=rows
    )

"""The tree of an issue's headings: what stands before the first section, and each section.

Which part a heading opens is its level's role in the profile, or a section's that knows it by name.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.digest.habits import LevelRole
from bot.digest.heading_names import fold_heading, shown_name
from bot.digest.parsing.dates import date_match
from bot.digest.parsing.edges import stripped, text_of
from bot.digest.parsing.group_lines import announces, is_subheading
from bot.digest.parsing.headings import with_headings
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind, Rows, as_text
from bot.digest.parsing.signs import is_picture, link_to
from bot.digest.parsing.starts import starts_of
from bot.digest.profile import Profile
from bot.model import Span

#: Roles of headings that are words alone; an item's may be a picture.
_WITHOUT_PICTURES = (LevelRole.TITLE, LevelRole.SECTION, LevelRole.GROUP)
_LONGEST_HEADING = 300  # characters; what is longer is text
_SOURCE = re.compile(r"[|｜]|\s[-–—]\s")
_FEWEST_ITEMS = 2  # that make a list without a heading a section


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRows:
    """A section before its items are separated; ``line`` is its heading's.

    ``above`` are the headings of the parts that it stands in, outermost first.
    """

    slug: str
    heading: str
    line: int
    rows: Rows
    above: tuple[str, ...] = ()


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
    """Tell the parts apart and leave out what is not content, each line by its rule."""
    fold = _Fold(profile, notes)
    for row in with_headings(rows, profile, notes):
        fold.take(row)
    return fold.outline()


def undivided(outline: Outline, profile: Profile) -> Outline:
    """Where no heading opens a section, the items below the lead are one, called as the digest is.

    So are those above the first section, if most of them are links that lead out of the issue.
    """
    places = sorted(starts_of(outline.head, profile.items.begin).places)
    items = (outline.head[start:end] for start, end in pairwise((*places, None)))
    linked = sum(any(map(_leads_out, rows)) for rows in items)
    enough = 2 * linked > len(places) if outline.sections else True
    if len(places) < _FEWEST_ITEMS or not enough:
        return outline
    first = places[0]
    while first and _heads_group(outline.head[first - 1], profile):
        first -= 1
    rows = outline.head[first:]
    section = SectionRows(slug="other", heading=profile.name, line=rows[0].number, rows=rows)
    return replace(outline, head=outline.head[:first], sections=(section, *outline.sections))


def _heads_group(row: Row, profile: Profile) -> bool:
    labels = (*profile.labels.links, *profile.labels.summary, *profile.labels.source, *profile.labels.ignored)
    is_label = fold_heading(row.text) in map(fold_heading, labels)
    return row.level > 0 or (not is_label and (announces(row) or is_subheading(row)))


def _leads_out(row: Row) -> bool:
    return any(span.url and span.url.startswith("http") for span in row.spans) or "http" in row.text


@dataclass(slots=True)
class _Part:
    """A section in the making; ``heading`` is None where an item begins one."""

    heading: Row | None
    rows: list[Row] = field(default_factory=list)
    above: tuple[str, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether nothing but rules stands below the heading."""
        return all(row.kind is RowKind.RULE for row in self.rows)


class _Fold:
    """Takes rows in order and remembers the part that is open."""

    def __init__(self, profile: Profile, notes: Notes) -> None:
        self._profile = profile
        self._notes = notes
        self._title: Row | None = None
        self._head: list[Row] = []
        self._parts: list[_Part] = []
        self._within: list[tuple[Row, _Part]] = []  # the open section below those that it stands in
        self._hidden: Row | None = None  # the heading of what is left out
        self._left_out = (0, "")  # the last line that was, and the rule

    def take(self, row: Row) -> None:
        if row.kind is RowKind.HEADING:
            self._heading(row)
        elif self._hidden is not None:
            self._leave_out(row, self._hidden)
        elif rule := self._profile.left_out_line(row.text) or (
            row.number == self._left_out[0] and self._left_out_with_picture(row)
        ):
            self._notes.leave_out(row.number, row.spans, rule)
            self._left_out = (row.number, rule)
        else:
            self._body.append(row)

    def _left_out_with_picture(self, row: Row) -> str | None:
        """The rule that left out the picture in this line, if the row is the link around it."""
        return self._left_out[1] if all(map(is_picture, row.spans)) else None

    def outline(self) -> Outline:
        sections = tuple(self._section(part) for part in self._parts)
        return Outline(title=self._title, head=tuple(self._head), sections=sections)

    @property
    def _body(self) -> list[Row]:
        return self._parts[-1].rows if self._parts else self._head

    def _leave_out(self, row: Row, heading: Row) -> None:
        self._notes.leave_out(row.number, row.spans, _name(heading))

    def _heading(self, row: Row) -> None:
        if self._profile.role_of(row.level) in _WITHOUT_PICTURES:
            row = self._unadorned(row)
        role = self._role(row)
        opens = role in (LevelRole.TITLE, LevelRole.SECTION) or (
            role is LevelRole.GROUP and self._stands_outside(row)
        )
        if self._hidden is not None and row.level > self._hidden.level:
            self._leave_out(row, self._hidden)
            return
        self._hidden = None
        if role is LevelRole.IGNORE or self._leaves_out(row):
            self._hidden = row
            self._leave_out(row, row)
        elif self._title is None and not self._parts and self._names_the_issue(row, role):
            self._title = row
            self._head.extend(_address_of(row))
        elif self._heads_flash(row):
            self._notes.leave_out(row.number, row.spans, "heading of the flash news")
        elif role is not LevelRole.ITEM and len(row.text) > _LONGEST_HEADING:
            self._body.append(as_text(row))
        elif opens:
            self._open(row)
        elif role is LevelRole.ITEM and self._stands_outside(row):
            self._parts.append(_Part(heading=None, rows=[row]))
        else:
            self._body.extend(_inside(row, role))

    def _unadorned(self, heading: Row) -> Row:
        """The heading without the pictures beside its words, which say nothing there."""
        words = tuple(span for span in heading.spans if not is_picture(span))
        if len(words) == len(heading.spans) or not text_of(words).strip():
            return heading
        pictures = tuple(span for span in heading.spans if is_picture(span))
        self._notes.leave_out(heading.number, pictures, "picture in a heading")
        return heading._replace(spans=stripped(words))

    def _stands_outside(self, heading: Row) -> bool:
        """Whether a heading stands above all sections, or behind one that is no higher than itself."""
        above = self._parts[-1].heading if self._parts else None
        return not self._parts or (above is not None and above.level >= heading.level)

    def _role(self, row: Row) -> LevelRole:
        known = self._profile.section_slug(row.text) is not None
        return LevelRole.SECTION if known else self._profile.role_of(row.level)

    def _leaves_out(self, row: Row) -> bool:
        return fold_heading(row.text) in self._profile.left_out_headings

    def _names_the_issue(self, row: Row, role: LevelRole) -> bool:
        named = self._profile.title_pattern
        if named is None or self._profile.section_slug(row.text) is not None:
            return False
        if role is LevelRole.TITLE:
            return named.search(row.text) is not None
        return date_match(row.text, self._profile) is not None  # a title one level too deep says the date

    def _heads_flash(self, row: Row) -> bool:
        """Whether a heading stands over the flash news, which otherwise only a line announces."""
        flash = self._profile.flash
        return flash is not None and fold_heading(row.text) in map(fold_heading, flash.words)

    def _open(self, row: Row) -> None:
        """Open a section below those that it stands in; one with nothing but deeper ones is none itself."""
        self._within = [(heading, part) for heading, part in self._within if heading.level < row.level]
        bare = bool(self._within) and self._within[-1][1] is self._parts[-1] and self._parts[-1].is_bare
        if bare:
            self._parts.pop()
        above = tuple(
            _name(heading)
            for heading, part in self._within
            if part.is_bare or not (self._is_slip(heading) or self._is_slip(row))
        )
        if bare and self._parts and _path(self._parts[-1])[: len(above)] == above:
            self._notes.leave_out(self._within[-1][0].number, above[-1], "repeated heading")
        self._parts.append(_Part(heading=row, rows=list(_address_of(row)), above=above))
        self._within.append((row, self._parts[-1]))

    def _is_slip(self, row: Row) -> bool:
        """Whether a heading opens a section by its name alone, at another level than sections have."""
        known = self._profile.section_slug(row.text) is not None
        return known and self._profile.role_of(row.level) is not LevelRole.SECTION

    def _section(self, part: _Part) -> SectionRows:
        rows = tuple(part.rows)
        if part.heading is None:
            return SectionRows(slug="other", heading=self._profile.name, line=rows[0].number, rows=rows)
        slug = self._profile.section_slug(part.heading.text)
        if slug is None and self._profile.other_headings == "slip":
            self._notes.add("unknown-heading", part.heading.number, about=part.heading.text)
        return SectionRows(
            slug=slug or "other",
            heading=_name(part.heading),
            line=part.heading.number,
            rows=rows,
            above=part.above,
        )


def _name(heading: Row) -> str:
    return shown_name(heading.text)


def _path(part: _Part) -> tuple[str, ...]:
    """The headings that a part stands in, and its own."""
    return (*part.above, _name(part.heading)) if part.heading else part.above


def _inside(row: Row, role: LevelRole) -> Iterator[Row]:
    """A heading that stands inside a section or above all of them, as what its role makes it."""
    match role:
        case LevelRole.ITEM:
            yield row
        case LevelRole.GROUP:
            yield row._replace(kind=RowKind.GROUP)
            yield from _address_of(row)
        case _:
            yield as_text(row)


def _address_of(heading: Row) -> Iterator[Row]:
    """Where a heading leads, as a line below it, called as it is: the heading itself is words alone.

    Words in which a source could be found are not repeated; the line would be an item.
    """
    linked = {span.url: span.text.strip() for span in reversed(heading.spans) if span.url}
    for url, words in reversed(linked.items()):
        if url.startswith(("http://", "https://", "//")):
            # Of two spans and opening nothing, it is the first line of no item.
            link = Span(text=words, url=url) if words and not _SOURCE.search(words) else link_to(url)
            yield Row(number=heading.number, kind=RowKind.TEXT, spans=(Span(text="→ "), link))

"""The habits of one digest, as ``config/digest.yml`` describes them."""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from bot.model import FLASH, Language


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    return pattern


def _has_date_groups(pattern: str) -> str:
    missing = {"year", "month", "day"} - set(re.compile(pattern).groupindex)
    if missing:
        raise ValueError(f"has no group named {' or '.join(sorted(missing))}")
    return pattern


def _web_address(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("must be an http:// or https:// address")
    return url if url.endswith("/") else f"{url}/"


Pattern = Annotated[str, AfterValidator(_compiles)]
DatePattern = Annotated[Pattern, AfterValidator(_has_date_groups)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Words = tuple[str, ...]
#: Short and plain enough for a deep link and a button: ``topic_<slug>``.
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$")]
#: What may trail a heading.
TRAILING = " ：:,，"


_NUMBERING = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．)）章节]\s*")
_COUNTED = re.compile(r"\s*(?:[（(]\s*\d+\s*[篇条则个]?\s*[)）]|\{#[^{}]*\})\s*$")
_AROUND = "「」『』【】《》[]"
_LONGEST_PAIR = 24  # characters of a name in two languages
_SIGNS = ("So", "Sk", "Mn", "Cf")  # of Unicode: emoji and what belongs to them


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemStart(StrEnum):
    """What an item begins with."""

    BULLET = "bullet"  #: ``- title``
    NUMBER = "number"  #: ``1、title``, ``1. title`` or ``**1、title**``
    BOLD = "bold"  #: a paragraph that is bold from end to end
    HEADING = "heading"  #: a heading below those of the sections
    LINK = "link"  #: a paragraph that begins with a link


class FrontMatterHabit(_Model):
    """The keys of the front matter that are read, in any case.

    ``bare`` takes lines ``Key: value`` at the very top for front matter, without the ``---`` around them.
    """

    bare: bool = False
    title: Words = ("title",)
    date: Words = ("date",)
    picture: Words = ("image", "picture", "cover")


class ItemHabit(_Model):
    """What an item looks like.

    Of ``begin`` a section goes by the first that it holds; with none of them it is text.
    ``source`` are the marks before a title's source. ``paragraphs`` at the margin below
    a bullet belong to its item, or stand by themselves.
    """

    begin: tuple[ItemStart, ...] = (ItemStart.BULLET,)
    source: str = "|｜"
    paragraphs: bool = True


class SectionHabit(_Model):
    """How one section is called by its readers and headed by its editors."""

    names: dict[Language, str]
    headings: Words = ()


class HighlightHabit(_Model):
    """Where the highlights stand in a title, and what parts them."""

    after: Pattern = "[：:]"
    between: str = Field(default="/", min_length=1)


class FlashHabit(_Model):
    """How the flash news are called by readers, and the words that announce them."""

    names: dict[Language, str]
    words: Words = ()


class LabelHabit(_Model):
    """The words that begin a line of an item, by what such a line is."""

    summary: Words = ()
    links: Words = ()
    ignored: Words = ()


class LeaveOut(_Model):
    """What is not content: headings with all below them, and single lines."""

    headings: Words = ()
    lines: tuple[Pattern, ...] = ()


def _bare_names(heading: str) -> Iterator[str]:
    """What is left of a heading without number, emoji, count and anchor; of ``论文/Papers`` either half."""
    bare = _NUMBERING.sub("", _COUNTED.sub("", heading).strip(f"{TRAILING}{_AROUND}"))
    bare = bare.strip(f"{TRAILING}{_AROUND}")
    while bare and unicodedata.category(bare[0]) in _SIGNS:
        bare = bare[1:].lstrip()
    yield fold_heading(bare)
    if bare.count("/") == 1 and len(bare) <= _LONGEST_PAIR:
        yield from (fold_heading(part) for part in bare.split("/"))


def fold_heading(heading: str) -> str:
    """A heading as headings are compared: case and what trails it do not part two."""
    return heading.strip(TRAILING).casefold()


def _each_its_own(sections: dict[Slug, SectionHabit]) -> dict[Slug, SectionHabit]:
    if FLASH in sections:
        raise ValueError(f"{FLASH} is what flash news are called; give the section another key")
    owners: dict[str, str] = {}
    for slug, section in sections.items():
        for heading in section.headings:
            owner = owners.setdefault(fold_heading(heading), slug)
            if owner != slug:
                raise ValueError(f"the heading {heading!r} stands in {owner} and in {slug}; drop one of them")
    return sections


class Profile(_Model):
    """A digest's habits. Words are compared without regard to case and outer spaces.

    ``files`` must match a whole file name; ``date`` has the named groups year, month (a number
    or an English name) and day, and is None where issues have no date.
    ``title`` must match the level-1 heading that names the issue; None where none does. Headings down to
    ``section_level`` open a section, deeper ones where a section knows them; the section
    ``other`` takes those nobody knows, which are slips of the editor or ``usual``.
    ``base_url`` makes relative links whole.
    ``wrapped`` joins the lines of a paragraph: the editor's program broke them, not the editor.
    ``topics`` names the file of the digest's topics.
    """

    name: str
    language: Language
    topics: str = "topics.yml"
    base_url: WebAddress | None = None
    files: Pattern
    date: DatePattern | None
    front_matter: FrontMatterHabit = FrontMatterHabit()
    title: Pattern | None = "."
    highlights: HighlightHabit | None = HighlightHabit()
    lead: Words = ()
    flash: FlashHabit | None = None
    wrapped: bool = False
    section_level: int = Field(default=2, ge=1, le=6)
    other_headings: Literal["slip", "usual"] = "slip"
    sections: Annotated[dict[Slug, SectionHabit], AfterValidator(_each_its_own)] = {}
    items: ItemHabit = ItemHabit()
    labels: LabelHabit = LabelHabit()
    leave_out: LeaveOut = LeaveOut()

    @cached_property
    def section_slugs(self) -> dict[str, str]:
        """The slug of each known heading, as :func:`fold_heading` gives it."""
        return {
            fold_heading(heading): slug
            for slug, section in self.sections.items()
            for heading in section.headings
        }

    @cached_property
    def left_out_lines(self) -> re.Pattern[str]:
        """Matches at the beginning of a line that is not content."""
        return re.compile("|".join(f"(?:{line})" for line in self.leave_out.lines) or r"(?!)", re.IGNORECASE)

    def section_slug(self, heading: str) -> str | None:
        """The section that a heading opens; None where no section knows it."""
        known = self.section_slugs
        found = known.get(fold_heading(heading))
        return found or next(filter(None, map(known.get, _bare_names(heading))), None)

    @cached_property
    def left_out_headings(self) -> frozenset[str]:
        """The headings that are left out with all below them, as :func:`fold_heading` gives them."""
        return frozenset(map(fold_heading, self.leave_out.headings))

"""The habits of one digest, as ``config/digest.yml`` says them; the descriptions are what its keys mean."""

import re
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.digest.heading_names import bare_names, fold_heading
from bot.model import FLASH, Language, MessageHabit, Numbers, Packing, Pictures


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


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemStart(StrEnum):
    """What an item begins with."""

    BULLET = "bullet"  #: ``- title``
    NUMBER = "number"  #: ``1、title``, ``1. title`` or ``**1、title**``
    BOLD = "bold"  #: a paragraph that is bold from end to end
    HEADING = "heading"  #: a heading below those of the sections
    LINK = "link"  #: a paragraph that begins with a link
    LINE = "line"  #: as ``link``, and each line of a paragraph whose lines all begin with one
    ROW = "row"  #: a row of a table


class LevelRole(StrEnum):
    """What the headings of a level are."""

    TITLE = "title"  #: the first names the issue; any further one opens a section
    SECTION = "section"  #: opens a section
    GROUP = "group"  #: divides a section: shown above the items below it
    ITEM = "item"  #: the title of an item
    TEXT = "text"  #: a bold line of the text that it stands in
    IGNORE = "ignore"  #: left out with all below it


class FrontMatterHabit(_Model):
    """The keys of the front matter, in any case, that help where the text does not say."""

    bare: bool = Field(
        default=False,
        description="Whether lines `Key: value` at the very top are front matter without `---` around them.",
    )
    title: Words = Field(default=("title",), description="Keys that hold the issue's title.")
    date: Words = Field(default=("date",), description="Keys that hold its date.")
    picture: Words = Field(
        default=("image", "picture", "cover"), description="Keys that hold the address of its picture."
    )


class ItemHabit(_Model):
    """What an item looks like."""

    begin: tuple[ItemStart, ...] = Field(
        default=(ItemStart.BULLET,),
        description="What an item begins with: bullet `- title`; number `1、title`, `1. title` or"
        " `**1、title**`; bold, a paragraph that is all bold; heading, one deeper than those of the sections;"
        " link, a paragraph that begins with one; line, each line of such a paragraph where all begin with a"
        " link; row, a row of a table. A section goes by the first that it holds; with none of them it is"
        " text.",
    )
    longest: int | None = Field(
        default=None, ge=1, description="How many characters a bold title has at most; null: any number."
    )
    source: str = Field(
        default="|｜", description="The marks before the source, at the end of a title; '' for none."
    )
    paragraphs: bool = Field(
        default=True,
        description="Whether paragraphs at the margin below a bullet belong to its item, or to the section.",
    )


class SectionHabit(_Model):
    """The names of a section for readers, the headings that open it, and its items."""

    names: dict[Language, str] = Field(
        default={},
        description="What readers see instead of the editor's own heading, by language; one that is not named"
        " keeps his heading.",
    )
    headings: Words = Field(default=(), description="The headings that open it.")
    items: ItemHabit | None = Field(
        default=None, description="What its items look like, where they differ from those of the digest."
    )


class HighlightHabit(_Model):
    """Where the highlights stand in a title; null if a title has none."""

    after: Pattern = Field(
        default="[：:]", description="They begin after the first match of this regular expression."
    )
    between: str = Field(default="/", min_length=1, description="What parts them.")


class FlashHabit(_Model):
    """Flash news: bullets before the first section. A paragraph right above them only announces them."""

    names: dict[Language, str] = Field(description="What readers see, by language.")
    words: Words = Field(default=(), description="The words that announce them.")


class LabelHabit(_Model):
    """The words before a colon that begin lines of an item."""

    summary: Words = Field(default=(), description="Its summary follows.")
    links: Words = Field(default=(), description="A link follows, called by the word.")
    ignored: Words = Field(default=(), description="Neither a link nor part of the summary follows.")


class MessageLook(_Model):
    """How issues look as messages."""

    pictures: Pictures = Field(
        default=Pictures.EACH,
        description="Which items begin a message with their picture above it: each whose picture has a name;"
        " first, the first of a section, if it has any; none. Every other picture is a link.",
    )
    pack: Packing = Field(
        default=Packing.FULL,
        description="What shares a message: section, the items of one section; full, small sections too.",
    )
    numbers: Numbers = Field(
        default=Numbers.OWN,
        description="The number before an item: own, the editor's where he wrote one; new, counted in each"
        " section.",
    )

    @property
    def habit(self) -> MessageHabit:
        """The same as a value."""
        return MessageHabit(pictures=self.pictures, pack=self.pack, numbers=self.numbers)


class LeaveOut(_Model):
    """What is not content, wherever it stands."""

    headings: Words = Field(
        default=(), description="Headings left out with all that follows, up to the next section."
    )
    lines: tuple[Pattern, ...] = Field(
        default=(),
        description="Regular expressions, matched where a line or the name of a picture begins.",
    )


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
    """A digest's habits. Words are compared without regard to case and outer spaces."""

    name: str = Field(description="The digest's name, as readers know it.")
    language: Language = Field(description="The language of the issues.")
    topics: str = Field(default="topics.yml", description="The file of its topics.")
    base_url: WebAddress | None = Field(
        default=None,
        description="What relative links and pictures begin with; null: they are left out.",
    )
    files: Pattern = Field(
        description="Which files of the folder are issues: a regular expression that the whole name must"
        " match. Others are left out, with a line in the log."
    )
    date: DatePattern | None = Field(
        description="How a date is written, in a title, a file name or the front matter: a regular expression"
        " with groups named year, month (a number or an English name) and day. null: issues have no date,"
        " and come in the order of the numbers in their names."
    )
    front_matter: FrontMatterHabit = FrontMatterHabit()
    title: Pattern | None = Field(
        default=".",
        description="The level-1 heading that names an issue matches this. null: no heading does; the front"
        " matter may.",
    )
    highlights: HighlightHabit | None = HighlightHabit()
    lead: Words = Field(
        default=(), description="The words that open the editor's lead, before the first section."
    )
    flash: FlashHabit | None = None
    wrapped: bool = Field(
        default=False,
        description="Whether the lines of a paragraph were broken by the editor's program; they are joined"
        " for readers.",
    )
    levels: dict[Annotated[int, Field(ge=1, le=6)], LevelRole] = Field(
        default={2: LevelRole.SECTION},
        description="What headings are, by their level, 1 to 6: title, section, group (a heading inside a"
        " section, shown above its items), item, text (a bold line) or ignore (left out with all below it)."
        " Of the levels that are not named, 1 is the title, what stands above a section is one, what stands"
        " below an item is text, and all others are groups. A heading that a section knows opens it at any"
        " level.",
    )
    other_headings: Literal["slip", "usual"] = Field(
        default="slip",
        description="Whether a heading that no section knows is a slip, which is reported to the editor, or"
        " usual. Readers see it either way.",
    )
    sections: Annotated[dict[Slug, SectionHabit], AfterValidator(_each_its_own)] = Field(
        default={},
        json_schema_extra={"additionalProperties": False},
        description="The sections, each known by its headings; `other` takes those that no section knows.",
    )
    items: ItemHabit = ItemHabit()
    labels: LabelHabit = LabelHabit()
    leave_out: LeaveOut = LeaveOut()
    messages: MessageLook = MessageLook()

    @model_validator(mode="before")
    @classmethod
    def _old_keys(cls, values: Any) -> Any:
        """``section_level: 3``, as profiles had it, is ``levels: {3: section}``."""
        if not isinstance(values, dict) or "section_level" not in values:
            return values
        kept = {key: value for key, value in values.items() if key != "section_level"}
        level = values["section_level"]
        return {"levels": {level: LevelRole.TITLE if level == 1 else LevelRole.SECTION}, **kept}

    @cached_property
    def section_slugs(self) -> dict[str, str]:
        """The slug of each known heading, as :func:`fold_heading` gives it."""
        return {
            fold_heading(heading): slug
            for slug, section in self.sections.items()
            for heading in section.headings
        }

    @cached_property
    def _left_out_lines(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{line})" for line in self.leave_out.lines) or r"(?!)", re.IGNORECASE)

    def left_out_line(self, text: str) -> str | None:
        """The regular expression by which a line is not content; None if it is."""
        if not self._left_out_lines.match(text):
            return None
        return next(line for line in self.leave_out.lines if re.match(line, text, re.IGNORECASE))

    def items_of(self, slug: str) -> ItemHabit:
        """What the items of a section look like."""
        own = self.sections[slug].items if slug in self.sections else None
        if own is None:
            return self.items
        return self.items.model_copy(update={key: getattr(own, key) for key in own.model_fields_set})

    def role_of(self, level: int) -> LevelRole:
        """What headings of a level are; see ``levels``."""
        return self._roles[level]

    @cached_property
    def _roles(self) -> dict[int, LevelRole]:
        return {level: self._role_of(level) for level in range(1, 7)}

    def _role_of(self, level: int) -> LevelRole:
        named = self.levels
        sections = [one for one, role in named.items() if role is LevelRole.SECTION]
        items = [one for one, role in named.items() if role is LevelRole.ITEM]
        if not items and ItemStart.HEADING in self.items.begin:
            items = [max(sections, default=1) + 1]
        if level in named:
            return named[level]
        if level == 1:
            return LevelRole.TITLE
        if items and level >= min(items):
            return LevelRole.ITEM if level in items else LevelRole.TEXT
        return LevelRole.SECTION if level < max(sections, default=0) else LevelRole.GROUP

    def section_slug(self, heading: str) -> str | None:
        """The section that a heading opens; None if no section knows it."""
        known = self.section_slugs
        found = known.get(fold_heading(heading))
        return found or next(filter(None, map(known.get, bare_names(heading))), None)

    @cached_property
    def left_out_headings(self) -> frozenset[str]:
        """The headings that are left out with all below them, as :func:`fold_heading` gives them."""
        return frozenset(map(fold_heading, self.leave_out.headings))

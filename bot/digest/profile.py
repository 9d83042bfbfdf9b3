"""The habits of one digest, as ``config/digest.yml`` says them; the descriptions are what its keys mean."""

import re
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.digest.checked import Checked
from bot.digest.habits import (
    FlashHabit,
    FrontMatterHabit,
    HighlightHabit,
    IssuesHabit,
    ItemHabit,
    ItemStart,
    LabelHabit,
    LeaveOut,
    LevelRole,
    MessageLook,
    SectionHabit,
    Words,
)
from bot.digest.heading_names import bare_names, fold_heading
from bot.digest.patterns import Dates, Files, Title, date_regexes, is_template
from bot.model import FLASH, FilePattern, Written
from bot.words.addresses import web_address


def _with_slash(url: str) -> str:
    return f"{web_address(url)}/"


WebAddress = Annotated[str, AfterValidator(_with_slash)]
#: Short and plain enough for a deep link and a button: ``topic_<slug>``.
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$")]

_ANY_HEADING = re.compile(".")


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


class Profile(Checked):
    """A digest's habits. Words are compared without regard to case and outer spaces."""

    name: str = Field(description="The digest's name, as readers know it.")
    language: Written = Field(description="The language of the issues.")
    topics: str = Field(default="topics.yml", description="The file of its topics.")
    base_url: WebAddress | None = Field(
        default=None,
        description="What relative links and pictures begin with; null: they are left out.",
    )
    files: Files = Field(
        description="Which files of the folder and its sub-folders are issues, by their path below it:"
        " `{year}/#{number}-{year}.{month}.{day}.md`, with {month_name}, {short_year} (26 for 2026) and"
        " {era_year} (令和8) too, with * and ** as in a shell. Behind `re:`, or with a backslash, it is a"
        " regular expression; its groups may have these names. A date that is the whole name, perhaps with"
        " its folders, is read in any form that has the year first. Others are left out, with a line in the"
        " log; README.md is, unless it is named."
    )
    date: Dates | None = Field(
        description="How a date is written, in a title, the path of a file or the front matter:"
        " `{year}.{month}.{day}`, `{month_name} {day}, {year}`, `{year}年{month}月`, or a list of such; of a"
        " range the last day counts, and without a day readers see a month. Behind `re:`, or with groups of"
        " these names, it is a regular expression. null: issues have no date, and come in the order of the"
        " numbers in their names."
    )
    issues: IssuesHabit = IssuesHabit()
    front_matter: FrontMatterHabit = FrontMatterHabit()
    title: Title | None = Field(
        default=".",
        description="The level-1 heading that names an issue matches this regular expression. null: no"
        " heading does; the front matter may. `{name} #{number}` is what an issue is called whose text has"
        " no title; {year}, {month}, {day} and {date} may stand there too.",
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
        " level, and so does one that is not below the open section's. A bold line right above items is a"
        " group too, and so are a few words with a colon.",
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
        level, title = values["section_level"], values.get("title", ".")
        titled = level == 1 and title is not None and not is_template(title)
        return {"levels": {level: LevelRole.TITLE if titled else LevelRole.SECTION}, **kept}

    @property
    def file_pattern(self) -> FilePattern:
        """What ``files`` means."""
        return FilePattern.of(self.files)

    @property
    def date_patterns(self) -> tuple[re.Pattern[str], ...]:
        """What ``date`` means, in its order; each has groups ``year`` and ``month``."""
        written = (self.date,) if isinstance(self.date, str) else self.date or ()
        return tuple(regex for pattern in written for regex in date_regexes(pattern))

    @property
    def title_template(self) -> str | None:
        """What an issue is called whose text has no title; None where nothing is made up."""
        return self.title if self.title and is_template(self.title) else None

    @property
    def title_pattern(self) -> re.Pattern[str] | None:
        """Matches the level-1 heading that names an issue; None if none does."""
        if self.title_template is None:
            return None if self.title is None else re.compile(self.title)
        return _ANY_HEADING if self.role_of(1) is LevelRole.TITLE else None

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

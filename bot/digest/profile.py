"""The habits of one digest, as ``config/digest.yml`` describes them."""

import re
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.model import Language


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
Words = tuple[str, ...]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SectionHabit(_Part):
    """How one section is called by its readers and headed by its editors."""

    names: dict[Language, str]
    headings: Words = ()


class HighlightHabit(_Part):
    """Where the highlights stand in a title, and what parts them."""

    after: Pattern = "[：:]"
    between: str = Field(default="/", min_length=1)


class FlashHabit(_Part):
    """How the flash news are called by readers, and the words that announce them."""

    names: dict[Language, str]
    words: Words = ()


class LabelHabit(_Part):
    """The words that begin a line of an item, by what such a line is."""

    summary: Words = ()
    links: Words = ()
    ignored: Words = ()


class LeaveOut(_Part):
    """What is not content: headings with all below them, and single lines."""

    headings: Words = ()
    lines: tuple[Pattern, ...] = ()


class Profile(_Part):
    """A digest's habits. Words are compared without regard to case and outer spaces.

    ``date`` has the named groups year, month and day; ``files`` must match a
    whole file name. The section ``other`` takes the headings nobody knows.
    """

    name: str
    language: Language
    files: Pattern
    date: Pattern
    highlights: HighlightHabit = HighlightHabit()
    lead: Words = ()
    flash: FlashHabit
    sections: dict[str, SectionHabit]
    labels: LabelHabit = LabelHabit()
    leave_out: LeaveOut = LeaveOut()

    @cached_property
    def section_slugs(self) -> dict[str, str]:
        """The slug of each known heading, the heading in lower case."""
        return {
            heading.casefold(): slug
            for slug, section in self.sections.items()
            for heading in section.headings
        }

    @cached_property
    def left_out_lines(self) -> re.Pattern[str]:
        """Matches at the beginning of a line that is not content."""
        return re.compile("|".join(f"(?:{line})" for line in self.leave_out.lines) or r"(?!)", re.IGNORECASE)

    def section_slug(self, heading: str) -> str | None:
        """The section that a heading opens; None where no section knows it."""
        return self.section_slugs.get(heading.strip(" ：:").casefold())

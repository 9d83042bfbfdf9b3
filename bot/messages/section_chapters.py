"""The chapters of an issue for one cut: flash news and sections, or headlines."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import count, groupby

from jinja2 import Environment

from bot.messages.chapters import LISTED, Block, Chapter, Headings, part_name
from bot.messages.marks import Mark
from bot.messages.markup import Marked, join, visible
from bot.messages.names import Names
from bot.messages.pictures import first_named, shown_picture, without_shown
from bot.messages.templating import clipped, fill
from bot.messages.titles import is_plain, item_title, shown_summary
from bot.model import (
    FLASH,
    Cut,
    Issue,
    Item,
    MessageHabit,
    Mode,
    Numbers,
    Pictures,
    RichText,
    Section,
    TopicMatch,
    plain,
)

_SEVERAL = 2  # numbers that may be alike
HEADING = LISTED

#: The address that opens an item, by its id; None where there is none.
Opens = Callable[[str], str | None]


class SectionChapters:
    """Makes chapters, and the headings above them."""

    def __init__(
        self,
        templates: Environment,
        names: Names,
        habit: MessageHabit,
        cut: Cut,
        parted: Container[str],
        opens: Opens,
    ) -> None:
        self._templates = templates
        self._names = names
        self._habit = habit
        self._cut = cut
        self._parted = parted
        self._opens = opens

    @cached_property
    def flash_name(self) -> str:
        """What the flash news are called."""
        return self._fill("flash_heading", name=self._names.section(FLASH, self._cut.language)).text

    def of(self, issue: Issue) -> tuple[Chapter, ...]:
        """All of them, in the issue's order."""
        flash, before = self._flash(issue), before_flash(issue)
        if self._cut.mode is Mode.HEADLINES:
            return (flash, self._headlines(issue.sections))
        seen: Counter[str] = Counter()
        chapters: list[Chapter] = []
        for section, above in _with_above(issue.sections):
            seen[section.slug] += 1
            name = part_name(section.slug, seen[section.slug], mark="~")
            chapters.append(self._section(section, above, name))
        return (*chapters[:before], flash, *chapters[before:])

    def _flash(self, issue: Issue) -> Chapter:
        return Chapter(
            name=FLASH,
            heading=self.flash_name,
            blocks=tuple(
                Block(marked=self._fill("flash", flash=flash), name=flash.subject or plain(flash.text))
                for flash in issue.flash
            ),
        )

    def _section(self, section: Section, above: Headings, name: str) -> Chapter:
        return Chapter(
            name=name,
            heading=self.heading(section),
            above=above,
            blocks=tuple(
                self._block(item, number, first=place == 0)
                for place, (item, number) in enumerate(self.numbered(section))
            ),
        )

    def titles(self, section: Section) -> Iterator[Marked]:
        """The titles of its items, each linked and with the number that it has there."""
        for item, number in self.numbered(section):
            yield self._fill("title", item=item, label=self._label(item), number=number)

    def numbered(self, section: Section) -> Iterator[tuple[Item, str | None]]:
        """The items of a section, each with its number; None for paragraphs alone."""
        numbers, own = count(1), self._keeps_numbers(section)
        return ((item, self._number(item, numbers, own=own)) for item in section.items)

    def _number(self, item: Item, numbers: Iterator[int], *, own: bool) -> str | None:
        """The number before an item; None for one that is paragraphs alone."""
        if is_plain(item):
            return None
        counted = str(next(numbers))
        return (item.number or counted) if own else counted

    def _keeps_numbers(self, section: Section) -> bool:
        """Whether the editor's numbers are shown: not if he wrote the same one everywhere."""
        numbers = [item.number for item in section.items if item.number]
        return self._habit.numbers is Numbers.OWN and (len(numbers) < _SEVERAL or len(set(numbers)) > 1)

    def _block(self, item: Item, number: str | None, *, first: bool) -> Block:
        shown = shown_summary(item)
        summary, picture = (
            self.with_picture(shown) if self._begins_with_picture(shown, first=first) else (shown, None)
        )
        marked = self._item("item", item, number=number, summary=summary)
        if not visible(marked.text):  # a message is never a picture alone: a link to it is its text
            marked = self._item("item", item, number=number, summary=shown)
        label = self._label(item)
        marks = (Mark(number, item.id, label),) if number else ()
        return Block(marked=marked, name=label, picture=picture, groups=item.groups, marks=marks)

    def _begins_with_picture(self, text: RichText, *, first: bool) -> bool:
        """Whether a message begins with the picture of this text above it."""
        match self._habit.pictures:
            case Pictures.NONE:
                return False
            case Pictures.FIRST:
                return first
            case _:
                return first_named(text)

    def with_picture(self, text: RichText) -> tuple[RichText, str | None]:
        """What of a text stands below its picture, and the picture; where titles are enough there is none."""
        if self._cut.mode is not Mode.FULL:
            return text, None
        return without_shown(text), shown_picture(text)

    def _headlines(self, sections: Sequence[Section]) -> Chapter:
        numbers = count(1)
        blocks = (self._headline_list(section, above, numbers) for section, above in _with_above(sections))
        return Chapter(name="headlines", heading="", blocks=tuple(blocks))

    def _headline_list(self, section: Section, above: Headings, numbers: Iterator[int]) -> Block:
        marks = tuple(Mark(str(next(numbers)), item.id, self._label(item)) for item in section.items)
        marked = join("\n", self._headline_lines(section, above, marks))
        return Block(marked=marked, name=self.heading(section), marks=marks)

    def _headline_lines(self, section: Section, above: Headings, marks: tuple[Mark, ...]) -> Iterator[Marked]:
        yield self.header(self.heading(section), above=above)
        numbered = zip(section.items, marks, strict=True)
        for groups, items in groupby(numbered, key=lambda one: one[0].groups):
            if groups:
                yield self.header("", groups=groups)
            yield from map(self._headline, items)

    def _headline(self, numbered: tuple[Item, Mark]) -> Marked:
        item, mark = numbered
        return self._item("headline", item, number=mark.number, opens=self._opens(item.id))

    def head(self, item: Item, number: str | None) -> Marked:
        """An item without its summary: title, source and links, topics."""
        return self._item("item", item, number=number, summary=())

    def _item(self, template: str, item: Item, **values: object) -> Marked:
        return self._fill(
            template,
            item=item,
            label=self._label(item),
            topics=self._topic_names(item.topics),
            **values,
        )

    def _topic_names(self, topics: Iterable[TopicMatch]) -> tuple[str, ...]:
        slugs = dict.fromkeys(topic.slug for topic in topics)
        return tuple(self._names.topic(slug, self._cut.language) for slug in slugs)

    def _label(self, item: Item) -> str:
        return item_title(item, untitled=self._untitled)

    @cached_property
    def _untitled(self) -> str:
        return self._fill("untitled").text

    def heading(self, section: Section) -> str:
        """What a section is called; its slug if nothing else is known."""
        known = None if section.slug == "other" else self._names.section(section.slug, self._cut.language)
        if known and section.slug in self._parted and visible(section.heading):
            known = f"{known} · {section.heading}"
        heading = known or section.heading
        return heading if visible(heading) else section.slug

    def header(
        self,
        heading: str,
        *,
        above: Headings = (),
        groups: Headings = (),
        part: int = 1,
        parts: int = 1,
        continued: str = "",
    ) -> Marked:
        """The headings above a part of a chapter."""
        if part > 1:
            heading, groups = clipped(heading, HEADING), tuple(clipped(one, HEADING) for one in groups)
        return self._fill(
            "section",
            heading=heading,
            above=above,
            groups=groups,
            part=part,
            parts=parts,
            continued=continued,
        )

    def _fill(self, template: str, /, **values: object) -> Marked:
        return fill(self._templates, template, **values)


def _with_above(sections: Sequence[Section]) -> Iterator[tuple[Section, Headings]]:
    """Each section with the headings to show above its own; one that several stand in is shown once."""
    for before, section in zip((None, *sections), sections, strict=False):
        yield section, section.above_behind(before)


def before_flash(issue: Issue) -> int:
    """How many sections stand before the flash news."""
    first = issue.flash[0].line if issue.flash else 0
    return sum(bool(section.items) and section.items[0].line < first for section in issue.sections)

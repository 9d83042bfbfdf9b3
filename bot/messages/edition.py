"""One issue in the making, for one cut: contents, flash news, sections."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, count, groupby

from jinja2 import Environment

from bot.messages import limits
from bot.messages.chapters import SHORTEST, Block, Chapter, Headings, messages_of, part_name
from bot.messages.markup import Marked, join, visible
from bot.messages.message import Button, Buttons, Message
from bot.messages.names import Names
from bot.messages.pictures import first_named, shown_picture, without_shown
from bot.messages.selection import Selection, select
from bot.messages.splitter import pack
from bot.messages.templating import clipped, fill
from bot.messages.titles import is_plain, issue_title, item_title, shown_summary
from bot.model import (
    FLASH,
    Cut,
    Interests,
    Issue,
    Item,
    MessageHabit,
    Mode,
    Numbers,
    Packing,
    Pictures,
    RichText,
    Section,
    TopicMatch,
    plain,
)

#: The name of the message that an issue begins with; the others' are their sections'.
CONTENTS = "contents"
_SEVERAL = 2  # numbers that may be alike
_HEADING = 100  # characters of a heading where it is told again


def rest_data(issue: Issue, cut: Cut) -> str:
    """What the button "show the rest" of a cut sends back: ``rest:<issue slug>:<cut>``, at most 64 bytes."""
    return f"rest:{issue.slug}:{cut.name}"


class Edition:
    """Makes the messages of one issue for one cut."""

    def __init__(
        self,
        templates: Environment,
        names: Names,
        habit: MessageHabit,
        cut: Cut,
        parted: Container[str],
    ) -> None:
        self._templates = templates
        self._names = names
        self._habit = habit
        self._cut = cut
        self._parted = parted

    def messages(self, issue: Issue) -> tuple[Message, ...]:
        """All of them, in order."""
        selection = select(issue, self._cut)
        contents = self._contents(selection)
        chapters, cover = self._chapters(selection.issue), self._cover(selection)
        if self._habit.pack is Packing.SECTION:
            parts = (messages_of((chapter,), self._header) for chapter in chapters)
            return (*self._sounding(contents, cover, selection), *chain.from_iterable(parts))
        first_block = next((block for chapter in chapters for block in chapter.blocks), None)
        two_pictures = first_block and first_block.picture and cover
        if len(contents.text) >= SHORTEST or first_block is None or two_pictures:
            return (*self._sounding(contents, cover, selection), *messages_of(chapters, self._header))
        # Too little for a message of its own: the first sections stand below it.
        first, *others = messages_of(chapters, self._header, preface=contents)
        return (
            replace(
                first,
                name=CONTENTS,
                silent=False,
                buttons=self._rest_button(selection),
                picture=cover or first.picture,
            ),
            *others,
        )

    def _contents(self, selection: Selection) -> Marked:
        lead, _ = self._with_picture(selection.issue.lead)
        return self._fill(
            "contents",
            issue=selection.issue,
            lead=lead,
            title=issue_title(selection.issue),
            selection=selection,
            sections=list(self._listing(selection.issue)),
            cut=self._cut,
            followed=self._called(self._cut.followed),
            excluded=self._called(self._cut.excluded),
            chosen=tuple(self._section_name(slug, selection.whole) for slug in self._cut.sections),
        )

    def _listing(self, issue: Issue) -> Iterator[tuple[str, int]]:
        """The sections and the flash news in the issue's order, each with how many entries it has."""
        before = _before_flash(issue)
        for place, section in enumerate(issue.sections):
            if place == before and issue.flash:
                yield self._flash_name, len(issue.flash)
            yield clipped(self._heading(section), _HEADING), _counted(section)
        if before == len(issue.sections) and issue.flash:
            yield self._flash_name, len(issue.flash)

    @cached_property
    def _flash_name(self) -> str:
        return self._fill("flash_heading", name=self._names.section(FLASH, self._cut.language)).text

    def _cover(self, selection: Selection) -> str | None:
        shows_lead = not self._cut.rest and not selection.empty
        return self._with_picture(selection.issue.lead)[1] if shows_lead else None

    def _sounding(self, contents: Marked, cover: str | None, selection: Selection) -> tuple[Message, ...]:
        """The contents as messages of their own; the first makes a sound, the last has the button."""
        pieces = pack((contents,), limits.MESSAGE)
        buttons = self._rest_button(selection)
        last = len(pieces) - 1
        return tuple(
            Message(
                piece.marked.html(),
                buttons if index == last else (),
                silent=index > 0 or selection.empty,
                picture=cover if index == 0 else None,
                name=part_name(CONTENTS, index + 1),
            )
            for index, piece in enumerate(pieces)
        )

    def _called(self, interests: Interests) -> tuple[str, ...]:
        return interests.called(lambda slug: self._names.topic(slug, self._cut.language))

    def _rest_button(self, selection: Selection) -> Buttons:
        if self._cut.rest or not selection.leaves_out:
            return ()
        label = self._fill("rest", selection=selection).text
        return ((Button(label, data=rest_data(selection.whole, self._cut)),),)

    def _chapters(self, issue: Issue) -> tuple[Chapter, ...]:
        flash, before = self._flash(issue), _before_flash(issue)
        if self._cut.mode is Mode.HEADLINES:
            return (flash, self._headlines(issue.sections))
        seen: Counter[str] = Counter()
        chapters: list[Chapter] = []
        for section in issue.sections:
            seen[section.slug] += 1
            chapters.append(self._section(section, part_name(section.slug, seen[section.slug], mark="~")))
        return (*chapters[:before], flash, *chapters[before:])

    def _flash(self, issue: Issue) -> Chapter:
        return Chapter(
            name=FLASH,
            heading=self._flash_name,
            blocks=tuple(
                Block(marked=self._fill("flash", flash=flash), name=flash.subject or plain(flash.text))
                for flash in issue.flash
            ),
        )

    def _section(self, section: Section, name: str) -> Chapter:
        numbers, own = count(1), self._keeps_numbers(section)
        return Chapter(
            name=name,
            heading=self._heading(section),
            above=section.above,
            blocks=tuple(
                self._block(item, self._number(item, numbers, own=own), first=place == 0)
                for place, item in enumerate(section.items)
            ),
        )

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
            self._with_picture(shown) if self._begins_with_picture(shown, first=first) else (shown, None)
        )
        marked = self._item("item", item, number=number, summary=summary)
        if not visible(marked.text):  # a message is never a picture alone: a link to it is its text
            marked = self._item("item", item, number=number, summary=shown)
        return Block(marked=marked, name=self._label(item), picture=picture, groups=item.groups)

    def _begins_with_picture(self, text: RichText, *, first: bool) -> bool:
        """Whether a message begins with the picture of this text above it."""
        match self._habit.pictures:
            case Pictures.NONE:
                return False
            case Pictures.FIRST:
                return first
            case _:
                return first_named(text)

    def _with_picture(self, text: RichText) -> tuple[RichText, str | None]:
        """What of a text stands below its picture, and the picture."""
        if self._cut.mode is Mode.HEADLINES:
            return text, None
        return without_shown(text), shown_picture(text)

    def _headlines(self, sections: Sequence[Section]) -> Chapter:
        return Chapter(
            name="headlines",
            heading="",
            blocks=tuple(
                Block(marked=self._headline_list(section), name=self._heading(section))
                for section in sections
            ),
        )

    def _headline_list(self, section: Section) -> Marked:
        return join("\n", self._headline_lines(section))

    def _headline_lines(self, section: Section) -> Iterator[Marked]:
        yield self._header(self._heading(section), above=section.above)
        for groups, items in groupby(section.items, key=lambda item: item.groups):
            if groups:
                yield self._header("", groups=groups)
            yield from (self._item("headline", item) for item in items)

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

    def _heading(self, section: Section) -> str:
        known = None if section.slug == "other" else self._names.section(section.slug, self._cut.language)
        if known and section.slug in self._parted and visible(section.heading):
            known = f"{known} · {section.heading}"
        heading = known or section.heading
        return heading if visible(heading) else section.slug

    def _section_name(self, slug: str, issue: Issue) -> str:
        own = next((section.heading for section in issue.sections if section.slug == slug), slug)
        return self._names.section(slug, self._cut.language) or own

    def _header(
        self,
        heading: str,
        *,
        above: Headings = (),
        groups: Headings = (),
        part: int = 1,
        parts: int = 1,
        continued: str = "",
    ) -> Marked:
        if part > 1:
            heading, groups = clipped(heading, _HEADING), tuple(clipped(one, _HEADING) for one in groups)
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


def _before_flash(issue: Issue) -> int:
    """How many sections stand before the flash news."""
    first = issue.flash[0].line if issue.flash else 0
    return sum(bool(section.items) and section.items[0].line < first for section in issue.sections)


def _counted(section: Section) -> int:
    """How many items a section has; paragraphs alone are none."""
    return sum(not is_plain(item) for item in section.items)

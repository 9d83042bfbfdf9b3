"""One issue in the making, for one cut: contents, flash news, sections."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from jinja2 import Environment

from bot.messages import limits
from bot.messages.chapters import SHORTEST, Chapter, messages_of, part_name
from bot.messages.conversion import TraditionalNames, converted
from bot.messages.folds import folds_of
from bot.messages.gone_topics import sought
from bot.messages.markup import Kind, Marked
from bot.messages.message import Button, Buttons, Message
from bot.messages.names import Names
from bot.messages.one_message import OneMessage
from bot.messages.rich_edition import RichEdition
from bot.messages.section_chapters import HEADING, Opens, SectionChapters, before_flash
from bot.messages.selection import Selection, select
from bot.messages.splitter import pack
from bot.messages.templating import clipped, fill
from bot.messages.titles import is_plain, issue_title
from bot.model import Cut, Interests, Issue, MessageHabit, Mode, Packing, Section

#: The name of the message that an issue begins with; the others' are their sections'.
CONTENTS = "contents"


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
        asked: Cut,
        parted: Container[str],
        opens: Opens,
    ) -> None:
        names = TraditionalNames(names) if asked.converted else names
        found = sought(asked, names)
        self._templates = templates
        self._names = names
        self._habit = habit
        self._asked = asked
        self._cut = found.cut
        self.gone = found.gone  #: topics that are no more, if their reader follows nothing else
        self._made = SectionChapters(templates, names, habit, found.cut, parted, opens)

    def messages(self, issue: Issue) -> tuple[Message, ...]:
        """All of them, in order."""
        selection = select(issue, self._cut)
        if self._cut.converted:
            selection = replace(selection, issue=converted(selection.issue))
        if self._cut.mode is Mode.ONE:
            return (self._one(selection),)
        if self._cut.mode is Mode.RICH:
            rich = RichEdition(self._made, picture=self._fill("picture").text)
            head, rest = self._contents(selection, listed=False), self._rest_button(selection)
            return rich.messages(selection.issue, head, silent=selection.empty, buttons=rest)
        contents = self._contents(selection)
        chapters, cover = self._made.of(selection.issue), self._cover(selection)
        if self._habit.pack is Packing.SECTION:
            parts = (messages_of((chapter,), self._made.header) for chapter in chapters)
            return (*self._sounding(contents, cover, selection), *chain.from_iterable(parts))
        first_block = next((block for chapter in chapters for block in chapter.blocks), None)
        two_pictures = cover and first_block and first_block.picture
        if two_pictures or self._stand_alone(contents, chapters, selection):
            return (
                *self._sounding(contents, cover, selection),
                *messages_of(chapters, self._made.header, full=True),
            )
        # Too little for a message of its own: the first sections stand below it.
        first, *others = messages_of(chapters, self._made.header, preface=contents, full=True)
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

    def _stand_alone(self, contents: Marked, chapters: Sequence[Chapter], selection: Selection) -> bool:
        """Whether the contents are enough for a message, or nothing below could make them so.

        An issue of a few words is told as any other: the contents sound, and its items below stay silent.
        """
        if len(contents) >= SHORTEST:
            return True
        whole = not (selection.leaves_out or self._cut.rest)
        below = sum(chapter.length for chapter in chapters)
        return not below or (whole and len(contents) + below < SHORTEST)

    def _one(self, selection: Selection) -> Message:
        """The whole of it as one message."""
        one = OneMessage(
            issue_slug=selection.whole.slug,
            name=CONTENTS,
            head=self._contents(selection, listed=False),
            title=Marked(clipped(issue_title(selection.issue), HEADING)).within(Kind.BOLD),
            headers=self._made.header,
            foot=self._rest_button(selection),
        )
        return one.of(tuple(folds_of(selection.issue, self._made)), silent=selection.empty)

    def _contents(self, selection: Selection, *, listed: bool = True) -> Marked:
        """What is to say of the whole; ``listed``: with what is in each section."""
        lead, _ = self._made.with_picture(selection.issue.lead)
        return self._fill(
            "contents",
            issue=selection.issue,
            lead=lead,
            title=issue_title(selection.issue),
            selection=selection,
            sections=list(self._listing(selection.issue)) if listed else [],
            cut=self._cut,
            gone=self.gone,
            followed=self._called(self._cut.followed),
            excluded=self._called(self._cut.excluded),
            chosen=tuple(self._section_name(slug, selection.whole) for slug in self._cut.sections),
        )

    def _listing(self, issue: Issue) -> Iterator[tuple[str, int]]:
        """The sections and the flash news in the issue's order, each with how many entries it has."""
        before = before_flash(issue)
        for place, section in enumerate(issue.sections):
            if place == before and issue.flash:
                yield self._made.flash_name, len(issue.flash)
            yield clipped(self._made.heading(section), HEADING), _counted(section)
        if before == len(issue.sections) and issue.flash:
            yield self._made.flash_name, len(issue.flash)

    def _cover(self, selection: Selection) -> str | None:
        shows_lead = not self._cut.rest and not selection.empty
        return self._made.with_picture(selection.issue.lead)[1] if shows_lead else None

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
        return ((Button(label, data=rest_data(selection.whole, self._asked)),),)

    def _section_name(self, slug: str, issue: Issue) -> str:
        language = self._cut.language
        own = next((section.heading for section in issue.sections if section.slug == slug), None)
        return self._names.section(slug, language) or own or self._names.listed(slug, language)

    def _fill(self, template: str, /, **values: object) -> Marked:
        return fill(self._templates, template, **values)


def _counted(section: Section) -> int:
    """How many items a section has; paragraphs alone are none."""
    return sum(not is_plain(item) for item in section.items)

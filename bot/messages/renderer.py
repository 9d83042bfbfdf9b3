"""An issue and a cut of it as the messages that a subscriber gets.

==========  ========================================================  ==========
in order    holds                                                     sound
==========  ========================================================  ==========
contents    title, date, lead, how many items in each section         first part
flash       the flash news                                            none
sections    full: a message or more each; headlines: packed together  none
==========  ========================================================  ==========

The same issue and cut give the same messages, always. Warnings of the parser are never shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from jinja2 import Environment

from bot.messages import limits
from bot.messages.limits import Size, size
from bot.messages.markup import Marked, clean, join, parse, visible
from bot.messages.message import Button, Buttons, Message
from bot.messages.selection import Selection, select
from bot.messages.splitter import SEPARATOR, Piece, pack
from bot.messages.templating import clipped, environment
from bot.messages.titles import issue_title, item_title, told_summary
from bot.model import FLASH, LANGUAGES, Cut, Issue, Item, Language, Mode, Section, TopicMatch, plain

_REMINDER = 40  # characters of a title in "continued from above"
_HEADING = 100  # characters of a section's heading
_MOST_PARTS = 999


class Names(Protocol):
    """How topics and sections are called by readers."""

    def topic(self, slug: str, language: Language) -> str:
        """A topic's display name; the slug itself where it is unknown."""
        ...

    def section(self, slug: str, language: Language) -> str | None:
        """A section's display name ("flash": the flash news); None leaves the issue's own heading."""
        ...


def rest_data(issue: Issue) -> str:
    """What the button "show the rest" sends back: ``rest:<issue slug>``, at most 55 bytes."""
    return f"rest:{issue.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chapter:
    """Blocks that share a heading; ``names`` holds what to call each where it continues."""

    heading: str
    blocks: tuple[Marked, ...]
    names: tuple[str, ...]


class Renderer:
    """Turns values into messages. Compiles the templates once: make one and keep it."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._templates = {language: environment(language) for language in LANGUAGES}

    def issue(self, issue: Issue, cut: Cut) -> tuple[Message, ...]:
        """The messages of what ``cut`` selects: contents, flash news, sections."""
        return _Edition(self._templates[cut.language], self._names, cut).messages(issue)

    def reply(
        self, name: str, /, language: Language, *, buttons: Iterable[Iterable[Button]] = (), **values: object
    ) -> Message:
        """The template ``replies/<name>.j2`` with ``values`` and rows of buttons; empty rows are left out.

        InvalidMessage where it does not fit into one message: a reply is never split.
        """
        marked = _fill(self._templates[language], f"replies/{name}", **values)
        rows = (tuple(row) for row in buttons)
        return Message(marked.html(), tuple(row for row in rows if row))


class _Edition:
    """One issue in the making, for one cut."""

    def __init__(self, templates: Environment, names: Names, cut: Cut) -> None:
        self._templates = templates
        self._names = names
        self._cut = cut

    def messages(self, issue: Issue) -> tuple[Message, ...]:
        selection = select(issue, self._cut)
        contents = self._contents(selection)
        chapters = (chapter for chapter in self._chapters(selection.issue) if chapter.blocks)
        return (*contents, *(message for chapter in chapters for message in self._split(chapter)))

    def _contents(self, selection: Selection) -> tuple[Message, ...]:
        values = {
            "issue": selection.issue,
            "title": issue_title(selection.issue),
            "selection": selection,
            "sections": [
                (self._heading(section), len(section.items)) for section in selection.issue.sections
            ],
            "flash": self._names.section(FLASH, self._cut.language),
            "cut": self._cut,
            "topics": [self._names.topic(slug, self._cut.language) for slug in self._cut.topics],
            "chosen": [self._section_name(slug, selection.whole) for slug in self._cut.sections],
        }
        pieces = pack((self._fill("contents", **values),), limits.MESSAGE)
        buttons = self._rest_button(selection)
        last = len(pieces) - 1
        return tuple(
            Message(
                piece.marked.html(),
                buttons if index == last else (),
                silent=index > 0 or selection.empty,
            )
            for index, piece in enumerate(pieces)
        )

    def _rest_button(self, selection: Selection) -> Buttons:
        if self._cut.rest or not (selection.rest or selection.rest_flash):
            return ()
        label = self._fill("rest", selection=selection).text
        return ((Button(label, data=rest_data(selection.whole)),),)

    def _chapters(self, issue: Issue) -> tuple[_Chapter, ...]:
        flash = self._flash(issue)
        if self._cut.mode is Mode.HEADLINES:
            return (flash, self._headlines(issue.sections))
        return (flash, *map(self._section, issue.sections))

    def _flash(self, issue: Issue) -> _Chapter:
        return _Chapter(
            heading=self._fill("flash_heading", name=self._names.section(FLASH, self._cut.language)).text,
            blocks=tuple(self._fill("flash", flash=flash) for flash in issue.flash),
            names=tuple(flash.subject or plain(flash.text) for flash in issue.flash),
        )

    def _section(self, section: Section) -> _Chapter:
        items = tuple(self._item("item", item, number) for number, item in enumerate(section.items, start=1))
        return _Chapter(
            heading=self._heading(section), blocks=items, names=tuple(map(self._label, section.items))
        )

    def _headlines(self, sections: Sequence[Section]) -> _Chapter:
        return _Chapter(
            heading="",
            blocks=tuple(map(self._headline_list, sections)),
            names=tuple(map(self._heading, sections)),
        )

    def _headline_list(self, section: Section) -> Marked:
        lines = (self._item("headline", item, number) for number, item in enumerate(section.items, start=1))
        return join("\n", (self._header(self._heading(section)), *lines))

    def _item(self, template: str, item: Item, number: int) -> Marked:
        return self._fill(
            template,
            item=item,
            number=number,
            label=self._label(item),
            summary=told_summary(item),
            topics=self._topic_names(item.topics),
        )

    def _topic_names(self, topics: Iterable[TopicMatch]) -> tuple[str, ...]:
        slugs = dict.fromkeys(topic.slug for topic in topics)
        return tuple(self._names.topic(slug, self._cut.language) for slug in slugs)

    def _label(self, item: Item) -> str:
        return item_title(item, untitled=self._fill("untitled").text)

    def _heading(self, section: Section) -> str:
        known = None if section.slug == "other" else self._names.section(section.slug, self._cut.language)
        heading = clipped(known or section.heading, _HEADING)
        return heading if visible(heading) else section.slug

    def _section_name(self, slug: str, issue: Issue) -> str:
        own = next((section.heading for section in issue.sections if section.slug == slug), slug)
        return self._names.section(slug, self._cut.language) or own

    def _split(self, chapter: _Chapter) -> tuple[Message, ...]:
        pieces = pack(chapter.blocks, limits.MESSAGE - self._reserve(chapter))
        return tuple(
            self._message(chapter, piece, part, len(pieces)) for part, piece in enumerate(pieces, start=1)
        )

    def _reserve(self, chapter: _Chapter) -> Size:
        """Room for the largest header that a part of the chapter can need."""
        longest = max(map(_reminder, chapter.names), key=lambda name: len(name.encode()))
        header = size(self._header(chapter.heading, _MOST_PARTS, _MOST_PARTS, longest))
        spare = _REMINDER // 2  # another name may hold more of what Telegram detects
        return header + Size(
            length=len(SEPARATOR), entities=spare, entity_bytes=spare * 12, raw_bytes=_REMINDER * 8
        )

    def _message(self, chapter: _Chapter, piece: Piece, part: int, parts: int) -> Message:
        continued = "" if piece.continues is None else _reminder(chapter.names[piece.continues])
        header = self._header(chapter.heading, part, parts, continued)
        body = join(SEPARATOR, (header, piece.marked)) if header.text else piece.marked
        return Message(body.html(), silent=True)

    def _header(self, heading: str, part: int = 1, parts: int = 1, continued: str = "") -> Marked:
        return self._fill("section", heading=heading, part=part, parts=parts, continued=continued)

    def _fill(self, template: str, /, **values: object) -> Marked:
        return _fill(self._templates, template, **values)


def _fill(templates: Environment, name: str, /, **values: object) -> Marked:
    return parse(clean(templates.get_template(f"{name}.j2").render(values))).strip()


def _reminder(name: str) -> str:
    return clipped(name, _REMINDER)

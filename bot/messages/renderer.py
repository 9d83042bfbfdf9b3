"""An issue and a cut of it as the messages that a subscriber gets.

==========  ========================================================  ==========
in order    holds                                                     sound
==========  ========================================================  ==========
contents    title, date, lead, how many items in each section         first part
flash       the flash news                                            none
sections    full or headlines, small ones together                    none
==========  ========================================================  ==========

Contents of a line or two share the message of the first sections. The issue's picture stands above
the contents, an item's above the message that begins with it, as the digest wishes; where titles
are enough there is none.

The same issue and cut give the same messages, always. Warnings of the parser are never shown.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.messages.changes import Change, changes_of
from bot.messages.conversion import TraditionalNames, converted, converted_entry
from bot.messages.edition import CONTENTS, Edition, rest_data
from bot.messages.entry_view import EntryView
from bot.messages.gone_topics import sought
from bot.messages.item_rows import Row, with_rows
from bot.messages.message import Button, Buttons, Message
from bot.messages.names import Names
from bot.messages.rich_edition import rich_sample
from bot.messages.selection import select
from bot.messages.templating import environment, fill
from bot.model import (
    LANGUAGES,
    Cut,
    Entry,
    Flash,
    Issue,
    Item,
    ItemRef,
    Language,
    MessageHabit,
    Mode,
    RichText,
    Section,
)

__all__ = ["CONTENTS", "Names", "Renderer", "rest_data"]


class Renderer:
    """Turns values into messages. Compiles the templates once: make one and keep it."""

    def __init__(
        self,
        names: Names,
        habit: MessageHabit = MessageHabit(),  # noqa: B008  # frozen
        *,
        rows: bool = False,
        votes: bool = False,
        item_link: Callable[[ItemRef], str | None] = lambda _: None,
    ) -> None:
        """``rows``: a row of buttons stands under each message of items, where one person reads it.

        ``votes``: whoever reads it may say there whether they like it. ``item_link`` is the address that
        opens an item where one person reads it, by which headlines lead there from where many do.
        """
        self._names = names
        self._habit = habit
        self._rows = rows
        self._votes = votes
        self._item_link = item_link
        self._templates = {language: environment(language) for language in LANGUAGES}

    def issue(self, issue: Issue, cut: Cut, *, private: bool = False) -> tuple[Message, ...]:
        """The messages of what ``cut`` selects: contents, flash news, sections.

        ``private``: for a chat with one person.
        """

        def opens(item_id: str) -> str | None:
            ref = ItemRef(issue_slug=issue.slug, item_id=item_id)
            return None if private else self._item_link(ref)

        edition = Edition(self._templates[cut.language], self._names, self._habit, cut, _parted(issue), opens)
        messages = edition.messages(issue)
        if private and edition.gone:
            label = fill(self._templates[cut.language], "choose").text
            messages = (messages[0].with_row((Button(label, data="topics:"),)), *messages[1:])
        if cut.instead:
            why = self.reply("not_rich", cut.language)
            messages = (replace(why, name="not-rich", silent=True), *messages)
        headlines = cut.mode is Mode.HEADLINES
        row = Row(keep=private and self._rows, votes=self._votes, headlines=headlines)
        return tuple(with_rows(issue.slug, message, row) for message in messages)

    def is_empty(self, issue: Issue, cut: Cut) -> bool:
        """Whether the cut selects nothing of an issue that has something."""
        found = sought(cut, self._names).cut
        return found.filters and select(issue, found).empty

    def entry(
        self, issue: Issue, entry: Entry, text: Item | Flash, cut: Cut, buttons: Buttons
    ) -> tuple[Message, ...]:
        """An item or a flash by itself, as the cut has it; the buttons stand under the last message."""
        names: Names = self._names
        if cut.converted:
            issue, text, names = converted(issue), converted_entry(text), TraditionalNames(names)
        view = EntryView(templates=self._templates[cut.language], names=names, language=cut.language)
        return view.messages(issue, entry, text, buttons)

    def reply(
        self, name: str, /, language: Language, *, buttons: Iterable[Iterable[Button]] = (), **values: object
    ) -> Message:
        """The template ``replies/<name>.j2`` with ``values`` and rows of buttons; empty rows are left out.

        InvalidMessage where it does not fit into one message: a reply is never split.
        """
        marked = fill(self._templates[language], f"replies/{name}", **values)
        rows = (tuple(row) for row in buttons)
        return Message(marked.html(), tuple(row for row in rows if row))

    def rich_sample(self, language: Language) -> Message:
        """A small rich message with a heading, a jump, a fold and a table."""
        return rich_sample(fill(self._templates[language], "rich_sample"))

    def corrected(self, old: Issue, new: Issue, cut: Cut, *, most: int) -> Message:
        """A line that says what differs for readers of a cut, naming so many differences at most."""
        changes = self.changes(old, new, cut)
        return self.reply("corrected", cut.language, changes=changes[:most], total=len(changes))

    def changes(self, old: Issue, new: Issue, cut: Cut) -> tuple[Change, ...]:
        """What differs for readers of a cut, by the numbers and names that they see."""
        names: Names = self._names
        if cut.converted:
            old, new, names = converted(old), converted(new), TraditionalNames(names)

        def numbers(issue: Issue) -> dict[str, str]:
            faces = (face for one in self.issue(issue, cut) for face in (one, *one.unfolded))
            return {mark.item_id: mark.number for face in faces for mark in face.marks}

        def name(section: Section) -> str:
            return names.section(section.slug, cut.language) or section.heading

        found = sought(cut, names).cut
        return changes_of(old, new, found, before=numbers(old), after=numbers(new), name=name)

    def notice(self, text: RichText, language: Language) -> Message:
        """A notice, which is one part. InvalidMessage where it does not fit into one message."""
        return replace(self.reply("notice", language, text=text), name="notice")


def _parted(issue: Issue) -> frozenset[str]:
    """The sections that an issue has under several headings: their own names tell them apart."""
    headings = {(section.slug, section.heading.casefold()) for section in issue.sections}
    seen = Counter(slug for slug, _ in headings)
    return frozenset(slug for slug, times in seen.items() if times > 1)

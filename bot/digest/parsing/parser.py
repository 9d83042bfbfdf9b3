"""An issue of the digest read from its Markdown.

::

    text ─rows──> one typed row a line ─outline──> head and sections ─items──> Issue

Nothing in an issue is fatal: what is missing or broken becomes a warning with its
line, and the rest of the issue stands. Only the profile knows this digest's words.
"""

from collections.abc import Sequence
from itertools import chain, groupby

from bot.digest.habits import FrontMatterHabit, IssuesHabit
from bot.digest.parsing.addresses import with_base
from bot.digest.parsing.file_facts import facts_of
from bot.digest.parsing.flattened import restored
from bot.digest.parsing.footnotes import with_footnotes
from bot.digest.parsing.front_matter import FrontMatter, split_front_matter
from bot.digest.parsing.head import read_head
from bot.digest.parsing.items import ItemReader
from bot.digest.parsing.labels import Labels
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import Outline, outline, undivided
from bot.digest.parsing.own_labels import summary_labels
from bot.digest.parsing.own_marks import marks_of
from bot.digest.parsing.plain_text import LOST
from bot.digest.parsing.row_reader import read_rows
from bot.digest.parsing.rows import Rows
from bot.digest.parsing.said_lines import without_said
from bot.digest.parsing.unwrapping import unwrapped
from bot.digest.profile import Profile
from bot.digest.topics.said import TopicNames
from bot.model import Issue, Section


def parse(
    text: str, *, slug: str, profile: Profile, name: str = "", names: TopicNames | None = None
) -> Issue:
    """The issue that ``text`` holds, without topics.

    ``slug`` names it, ``name`` is the path of its file below the folder, where that is known. What
    they say of day and number counts where neither title nor front matter does. Without the ``names`` of
    topics, a line that says some is text.
    """
    notes = Notes()
    front, rows = front_and_rows(text, profile.front_matter, notes)
    rows, said = without_said(rows, profile.labels.topics, names, notes)
    parts = lay_out(raised(rows, profile.issues), profile, notes)
    head = read_head(parts.title, parts.head, front, facts_of(name or slug, profile), profile, notes)
    marks = marks_of(row for section in parts.sections for row in section.rows)
    items = ItemReader(profile, notes, _labels(parts, profile), marks)
    sections = tuple(
        Section(slug=rows.slug, heading=rows.heading, items=items.read(rows), above=rows.above)
        for rows in parts.sections
    )
    _note_unshown(sections, parts, notes)
    flash, sections = said.given(head.flash, sections, notes)
    return Issue(
        slug=slug,
        title=head.title,
        date=head.day.date if head.day else None,
        day_known=head.day is None or head.day.known,
        highlights=head.highlights,
        tagline=head.tagline,
        lead=head.lead,
        flash=flash,
        sections=sections,
        warnings=notes.warnings,
        left_out=notes.left_out,
    )


def _note_unshown(sections: Sequence[Section], parts: Outline, notes: Notes) -> None:
    """Note the headings above empty sections that no section next to these shows."""
    for depth in range(max((len(section.above) for section in sections), default=0)):
        placed = zip(sections, parts.sections, strict=True)
        for path, run in groupby(placed, key=lambda one: (*one[0].above, one[0].heading)[: depth + 1]):
            below = [(section, rows.line) for section, rows in run]
            above = [line for section, line in below if len(section.above) > depth]
            if above and not any(section.items for section, _ in below):
                notes.leave_out(above[0], path[-1], "empty-section")


def _labels(parts: Outline, profile: Profile) -> Labels:
    """The labels of the digest; where it has any of summaries, with those that the issue has of its own."""
    labels = Labels(profile.labels)
    rows = chain.from_iterable(section.rows for section in parts.sections)
    own = summary_labels(rows, labels) if profile.labels.summary else ()
    return Labels(profile.labels, own) if own else labels


def front_and_rows(text: str, habit: FrontMatterHabit, notes: Notes) -> tuple[FrontMatter, Rows]:
    """The front matter of a text, and its rows with the footnotes where they are spoken of."""
    front, text = split_front_matter(text, habit, notes)
    rows = read_rows(text, notes)
    for row in rows if LOST in text else ():
        if LOST in row.text:
            notes.add("damaged-text", row.number, about=row.text[:40])
    return front, tuple(with_footnotes(rows, notes))


def raised(rows: Rows, habit: IssuesHabit) -> Rows:
    """The rows of an issue as if its own heading were of level 1, also where its file holds several."""
    by = habit.level - 1 if habit.each == "heading" else 0
    if not by:
        return rows
    return tuple(row._replace(level=max(row.level - by, 1)) if row.level else row for row in rows)


def lay_out(rows: Rows, profile: Profile, notes: Notes) -> Outline:
    """The parts of an issue, before its items are told apart."""
    found = Notes()
    parts = outline(rows, profile, found)
    flat = restored(rows, profile, notes) if not parts.sections else None
    if flat is None:
        notes.take(found)
    parts = flat or parts
    if profile.flash is None:
        parts = undivided(parts, profile)
    if profile.wrapped:
        labels = Labels(profile.labels)
        parts = parts.changed(lambda part: unwrapped(part, labels))
    return with_base(parts, profile.base_url, notes)

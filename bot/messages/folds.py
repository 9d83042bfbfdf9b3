"""The sections of an issue as titles: what stands in one message until a section is unfolded."""

from collections.abc import Iterator

from bot.messages.markup import Marked, join, visible
from bot.messages.one_message import Fold
from bot.messages.section_chapters import SectionChapters, before_flash
from bot.messages.templating import clipped
from bot.messages.titles import is_plain
from bot.model import Flash, Issue, Section

_SUBJECTS = 200  # characters of whom the flash news are about


def folds_of(issue: Issue, made: SectionChapters) -> Iterator[Fold]:
    """Each chapter with its titles, in the issue's order; none of those that nothing is in."""
    sections: list[Section | None] = list(issue.sections)
    sections.insert(before_flash(issue), None)
    for section, chapter in zip(sections, made.of(issue), strict=True):
        if not chapter.blocks:
            continue
        if section is None:
            titles = _subjects(issue.flash)
            count = len(issue.flash)
        else:
            titles = list(made.titles(section))
            count = sum(not is_plain(item) for item in section.items)
        head = made.header(chapter.heading, above=chapter.above)
        yield Fold(chapter=chapter, titles=join("\n", (head, *titles)), count=count)


def _subjects(flash: tuple[Flash, ...]) -> list[Marked]:
    subjects = filter(visible, dict.fromkeys(one.subject or "" for one in flash))
    line = clipped(" · ".join(subjects), _SUBJECTS)
    return [Marked(line)] if line else []

"""What of an issue a cut selects, and how much that leaves out."""

from dataclasses import dataclass, replace

from bot.messages.titles import is_plain
from bot.model import FLASH, Cut, Entry, Flash, Interests, Issue, Item, searchable_text
from bot.words.keywords import mentioned


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """An issue reduced to what a cut selects (empty sections left out), beside the whole one."""

    issue: Issue
    whole: Issue

    @property
    def shown(self) -> int:
        """How many entries were selected: items and flash news alike, but for paragraphs alone."""
        return _count(self.issue)

    @property
    def total(self) -> int:
        """How many entries the whole issue has."""
        return _count(self.whole)

    @property
    def rest(self) -> int:
        """How many were left out."""
        return self.total - self.shown

    @property
    def leaves_out(self) -> bool:
        """Whether anything was left out, paragraphs too."""
        return len(self.issue.items) < len(self.whole.items) or len(self.issue.flash) < len(self.whole.flash)

    @property
    def empty(self) -> bool:
        """Whether nothing was selected though there was something."""
        something = self.whole.items or self.whole.flash
        return bool(something) and not self.issue.items and not self.issue.flash


def select(issue: Issue, cut: Cut) -> Selection:
    """What ``cut`` selects: of its sections what it follows, without what it leaves out.

    An entry is followed for one topic or keyword of many, and left out for one. ``rest`` turns
    it round. Flash news count as a section of their own, named "flash".
    """
    flash = tuple(bullet for bullet in issue.flash if _selected(FLASH, bullet, cut))
    sections = (
        replace(section, items=tuple(item for item in section.items if _selected(section.slug, item, cut)))
        for section in issue.sections
    )
    kept = tuple(section for section in sections if section.items)
    return Selection(issue=replace(issue, flash=flash, sections=kept), whole=issue)


def _count(issue: Issue) -> int:
    return len(issue.flash) + sum(not is_plain(item) for item in issue.items)


def selects(cut: Cut, entry: Entry) -> bool:
    """Whether ``cut`` selects an entry of any issue."""
    return _selected(entry.section_slug, entry, cut)


def _selected(section: str, entry: Entry | Item | Flash, cut: Cut) -> bool:
    by_section = not cut.sections or section in cut.sections
    followed = not cut.followed or _touches(entry, cut.followed)
    return (by_section and followed and not _touches(entry, cut.excluded)) is not cut.rest


def _touches(entry: Entry | Item | Flash, interests: Interests) -> bool:
    if any(topic.slug in interests.topics for topic in entry.topics):
        return True
    return bool(interests.keywords) and mentioned(interests.keywords, searchable_text(entry)) is not None

"""An issue of the digest as its reader understands it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import takewhile

from bot.model.days import written
from bot.model.text import RichText, first_picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A labelled extra link of an item: 论文, 代码, 原文 …

    ``name`` are the words of the link itself, where it has some besides its label: ``论文：[A name](…)``.
    """

    label: str
    url: str
    name: str = ""

    @property
    def words(self) -> str:
        """What readers see of it."""
        return f"{self.label}：{self.name}" if self.name else self.label


class Place(StrEnum):
    """Where a word stands in an item or a flash."""

    TITLE = "title"
    TAGS = "tags"
    SUBJECT = "subject"  #: whom a flash is about
    OPENING = "opening"  #: the first sentence
    BODY = "body"  #: all after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A word that speaks for a topic, as it first stands in the place, and how often it stands there."""

    term: str
    place: Place
    count: int = 1


class GivenBy(StrEnum):
    """Who says that an item has a topic."""

    WORDS = "words"  #: the words of the item
    EDITOR = "editor"  #: its editor, whatever the words say


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMatch:
    """A topic and why: ``matched`` is the strongest term, as it stands in the text, shown to readers.

    ``reasons`` are all words that speak for the topic, in reading order; ``score`` is what they weigh,
    and ``probability`` how probable that makes it. One that is given ``by`` the editor is certain, and has
    no ``matched`` where no word speaks for it.
    """

    slug: str
    matched: str
    score: float = 0.0
    probability: float = 0.0
    reasons: tuple[Reason, ...] = ()
    by: GivenBy = GivenBy.WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidTopics:
    """What the editor says of the topics of an item, in his own words, and on which ``line``.

    ``file`` is the name of the file beside that of the issue where he says it; empty for the issue's own.
    """

    words: str
    line: int
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseWarning:
    """What is missing or broken in an issue; ``code`` never changes.

    ``line`` counts from 1 in the file, ``column`` from 1 in characters of that line.
    """

    line: int
    code: str
    message: str
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A line that readers do not get, as written, and the rule of the reader or the profile that says so."""

    line: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flash:
    """One bullet of the flash news; ``subject`` is whom it is about, where the bullet says so."""

    subject: str | None
    text: RichText
    topics: tuple[TopicMatch, ...] = ()
    line: int = 0
    said: tuple[SaidTopics, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a section.

    ``id`` is unique in its issue and stays when the item's text is corrected.
    ``url`` is the main link as written; None if the editor left it out.
    ``number`` is the editor's own, as ``12``.
    ``groups`` are the headings between that of its section and the item, outermost first.
    ``said`` is what the editor says of its topics, where he does.
    """

    id: str
    title: str | None
    url: str | None
    source: str | None
    tags: tuple[str, ...]
    links: tuple[Link, ...]
    summary: RichText
    line: int
    topics: tuple[TopicMatch, ...] = ()
    groups: tuple[str, ...] = ()
    number: str | None = None
    said: tuple[SaidTopics, ...] = ()

    @property
    def picture(self) -> str | None:
        """The address of the picture that stands for the item: the first in its summary."""
        return first_picture(self.summary)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of an issue. ``slug`` is the same in every issue, ``heading`` is as written.

    ``above`` are the headings of the parts that it stands in, outermost first.
    """

    slug: str
    heading: str
    items: tuple[Item, ...]
    above: tuple[str, ...] = ()

    def above_behind(self, before: "Section | None") -> tuple[str, ...]:
        """The headings to show above its own, where ``before`` was shown last: those not shown yet."""
        shown = (*before.above, before.heading) if before else ()
        shared = takewhile(lambda pair: pair[0] == pair[1], zip(self.above, shown, strict=False))
        return self.above[sum(1 for _ in shared) :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue, whole. ``slug`` comes from the file name and names the issue everywhere.

    Every line of its file is either told in one of the other fields, or is in ``left_out``.
    Where the editor wrote a month alone, ``date`` is its first, and the day is not known.
    """

    slug: str
    title: str | None
    date: date | None
    highlights: tuple[str, ...]
    tagline: str | None
    lead: RichText
    flash: tuple[Flash, ...]
    sections: tuple[Section, ...]
    warnings: tuple[ParseWarning, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    day_known: bool = True

    @property
    def when(self) -> str:
        """Its day as ``2026-03-02``, or its month as ``2026-03``; empty if it has neither."""
        return written(self.date, known=self.day_known)

    @property
    def picture(self) -> str | None:
        """The address of the picture that stands for the issue: the first in its lead."""
        return first_picture(self.lead)

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in reading order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def things(self) -> "tuple[Flash | Item, ...]":
        """All that has topics: the flash news and the items, in reading order."""
        return (*self.flash, *self.items)

    @property
    def as_seen(self) -> "Issue":
        """What readers can see of it, to compare: no places in the file, nothing for its editor alone."""
        sections = tuple(
            replace(one, items=tuple(replace(item, line=0, said=()) for item in one.items))
            for one in self.sections
        )
        flash = tuple(replace(one, line=0, said=()) for one in self.flash)
        return replace(self, flash=flash, sections=sections, warnings=(), left_out=())

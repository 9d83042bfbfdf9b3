"""An entry: an item or a bullet of the flash news by itself, as it is listed, opened and searched for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from bot.model.cut import FLASH
from bot.model.days import written
from bot.model.issue import Flash, Issue, Item, Section, TopicMatch
from bot.model.text import plain
from bot.words.addresses import fold_address


class EntryKind(StrEnum):
    """What an entry is in its issue."""

    ITEM = "item"
    FLASH = "flash"


ToldItem = tuple[str, str, str]  #: title, address and summary of an item, each perhaps empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of an issue. ``position`` counts from 0 in reading order; ``item_id`` is unique in the issue.

    Of a bullet of the flash news, ``title`` is whom it is about, and ``section_slug`` is FLASH.
    ``summary`` is without markup, and ``addresses`` are the item's own and its labelled ones, as
    :func:`bot.words.addresses.fold_address` makes them, sorted.
    """

    issue_slug: str
    position: int
    item_id: str
    kind: EntryKind
    section_slug: str
    section_heading: str
    groups: tuple[str, ...]
    title: str | None
    url: str | None
    source: str | None
    tags: tuple[str, ...]
    summary: str
    date: date | None
    line: int
    topics: tuple[TopicMatch, ...] = ()
    addresses: tuple[str, ...] = ()
    day_known: bool = True

    @property
    def when(self) -> str:
        """The day of its issue as ``2026-03-02``, or its month as ``2026-03``; empty if it has neither."""
        return written(self.date, known=self.day_known)

    @property
    def ref(self) -> "ItemRef":
        """What names it among all entries."""
        return ItemRef(issue_slug=self.issue_slug, item_id=self.item_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRef:
    """An item or a flash of an issue. Its text, ``2026-03-02/1f0c3b2a4d``, stands in the data of buttons."""

    issue_slug: str
    item_id: str

    def __str__(self) -> str:
        return f"{self.issue_slug}/{self.item_id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The reference that a text is; one that names nothing if it is none."""
        issue_slug, _, item_id = text.partition("/")
        return cls(issue_slug=issue_slug, item_id=item_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedIssue:
    """What an issue puts into the index; ``fingerprint`` tells what it was made by.

    ``day_known`` is False if its month alone is known, and None if it could not be read.
    """

    entries: tuple[Entry, ...]
    fingerprint: str
    day_known: bool | None


def entries_of(issue: Issue) -> tuple[Entry, ...]:
    """The entries of an issue with its topics, in the order of their lines."""
    return tuple(entry for entry, _ in entries_with_texts(issue))


def entries_with_texts(issue: Issue) -> tuple[tuple[Entry, Item | Flash], ...]:
    """The entries of an issue, each with the item or the flash that it is made of."""
    found: list[tuple[Section | None, Item | Flash]] = [(None, flash) for flash in issue.flash]
    found += [(section, item) for section in issue.sections for item in section.items]
    found.sort(key=lambda one: one[1].line)
    return tuple(_entries(issue, found))


def _entries(
    issue: Issue, found: list[tuple[Section | None, Item | Flash]]
) -> Iterator[tuple[Entry, Item | Flash]]:
    bullets = 0
    for position, (section, one) in enumerate(found):
        if isinstance(one, Flash):
            bullets += 1
            yield _of_flash(issue, position, f"{FLASH}{bullets}", one), one
        elif section is not None:
            yield _of_item(issue, position, section, one), one


def _of_item(issue: Issue, position: int, section: Section, item: Item) -> Entry:
    return Entry(
        issue_slug=issue.slug,
        position=position,
        item_id=item.id,
        kind=EntryKind.ITEM,
        section_slug=section.slug,
        section_heading=section.heading,
        groups=item.groups,
        title=item.title,
        url=item.url,
        source=item.source,
        tags=item.tags,
        summary=plain(item.summary),
        date=issue.date,
        line=item.line,
        topics=item.topics,
        addresses=_addresses([item.url, *(link.url for link in item.links)]),
        day_known=issue.day_known,
    )


def _of_flash(issue: Issue, position: int, item_id: str, flash: Flash) -> Entry:
    links = [span.url for line in flash.text for span in line.spans]
    return Entry(
        issue_slug=issue.slug,
        position=position,
        item_id=item_id,
        kind=EntryKind.FLASH,
        section_slug=FLASH,
        section_heading="",
        groups=(),
        title=flash.subject,
        url=next(filter(None, links), None),
        source=None,
        tags=(),
        summary=plain(flash.text),
        date=issue.date,
        line=flash.line,
        topics=flash.topics,
        addresses=_addresses(links),
        day_known=issue.day_known,
    )


def _addresses(urls: list[str | None]) -> tuple[str, ...]:
    folded = {fold_address(url) for url in urls if url}
    return tuple(sorted(filter(None, folded)))

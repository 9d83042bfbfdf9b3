"""How much of what an editor wrote is told to readers, in letters and digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.digest.parsing.said_lines import RULE
from bot.model import Flash, Issue, Item, plain
from bot.words.addresses import ADDRESS

_ADDRESS = re.compile(ADDRESS)
#: Rules by which words are left out that are none for readers, or that they see in another form.
_FOR_PROGRAMS = ("front matter", "comment", "attributes", "language of code", "byline", RULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Letters and digits of an issue; addresses do not count.

    ``told`` are all that readers get, ``headings`` those of them in titles and headings, ``inside``
    those in titled items and flash news. ``left_out`` is the rest, ``unread`` what of it was for
    programs alone, or is seen in another form.
    """

    told: int
    headings: int
    inside: int
    left_out: int
    unread: int

    @property
    def share(self) -> float:
        """The share that is told; 1 for an empty issue."""
        written = self.told + self.left_out
        return self.told / written if written else 1.0

    @property
    def text(self) -> int:
        """All that was written for readers, titles and headings apart."""
        return self.told - self.headings + self.left_out - self.unread


def account_of(issue: Issue) -> Account:
    """The account of an issue as it was read."""
    headings = letters_in("".join((issue.title or "", *_headings(issue))))
    titled = sum(letters_of(item) for item in issue.items if item.title)
    untitled = sum(letters_of(item) for item in issue.items if not item.title)
    return Account(
        told=titled + untitled + headings + letters_in("".join(_above(issue))),
        headings=headings,
        inside=titled + letters_in("".join(map(_words_of, issue.flash))),
        left_out=sum(letters_in(one.text) for one in issue.left_out),
        unread=sum(letters_in(one.text) for one in issue.left_out if one.rule in _FOR_PROGRAMS),
    )


def letters_of(item: Item) -> int:
    """The letters and digits of an item."""
    labels = (link.words for link in item.links)
    words = (item.number or "", item.title or "", item.source or "", *item.tags, *labels, plain(item.summary))
    return letters_in("".join(words))


def _above(issue: Issue) -> Iterator[str]:
    """What stands above the sections."""
    yield from (issue.tagline or "", plain(issue.lead))
    yield from map(_words_of, issue.flash)


def _words_of(flash: Flash) -> str:
    return f"{flash.subject or ''}{plain(flash.text)}"


def _headings(issue: Issue) -> Iterator[str]:
    """The headings of sections and of their groups, each as often as it is shown."""
    shown = [section for section in issue.sections if section.items]
    for before, section in zip((None, *shown), shown, strict=False):
        yield from (*section.above_behind(before), section.heading)
        for groups, _ in groupby(section.items, key=lambda item: item.groups):
            yield from groups


def letters_in(text: str) -> int:
    """The letters and digits of a text, addresses apart."""
    return sum(map(str.isalnum, _ADDRESS.sub("", text) if "http" in text or "www." in text else text))

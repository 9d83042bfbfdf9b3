"""Whether two texts are one issue: a file with another name, a copy; perhaps with mended slips."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.model import Entry, EntryKind, ToldItem
from bot.words.addresses import fold_address
from bot.words.undated import undated

_MOST = 0.6  #: the share of items that must be the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The day of a new text, and those of ``others`` by their slugs. They are not compared."""

    own: date | None = None
    others: Mapping[str, date | None] = field(default_factory=dict)

    def with_other(self, slug: str) -> tuple[date | None, ...]:
        """The days of the new text and of another."""
        return self.own, self.others.get(slug)


def same_issue(
    entries: Sequence[Entry], others: Mapping[str, Sequence[ToldItem]], days: Days = Days()
) -> str | None:
    """Which of other issues, by what they tell, has most of the same items; None if none has."""
    told = [told_item(entry) for entry in entries]
    shares = {
        slug: max(_share(told, other), _undated_share(told, other, days.with_other(slug)))
        for slug, other in others.items()
    }
    best = max(shares, key=lambda slug: shares[slug], default=None)
    return best if best is not None and shares[best] >= _MOST else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """An issue of which another has ``same`` of its ``items``."""

    slug: str
    same: int
    items: int

    def __str__(self) -> str:
        return f"most of its items ({self.same} of {self.items}) stand in issue {self.slug} too"


def copied(entries: Sequence[Entry], others: Mapping[str, Collection[ToldItem]]) -> Copied | None:
    """Which of other issues has more than half of its items; None if none has.

    An item is the same if its address is, whatever else was mended. Without one that it has alone in its
    issue, its title must be the same; of flash news, which have but names for titles, all words. Items
    without either are notices that issue after issue may have, and count only where there are no others.
    """
    times = Counter(map(_address, entries))
    named = [one for one in entries if one.title or one.url]
    told = [_sign(one, is_own=times[_address(one)] == 1) for one in named or entries]
    same = {slug: _count(told, other) for slug, other in others.items()}
    best = max(same, key=lambda slug: same[slug], default=None)
    if best is None or 2 * same[best] <= len(told):
        return None
    return Copied(slug=best, same=same[best], items=len(told))


def _sign(entry: Entry, *, is_own: bool) -> ToldItem:
    """What tells an item from others; ``is_own``: no other of its issue has its address."""
    address, title = _address(entry), entry.title or ""
    if address and is_own:
        return "", address, ""
    if title and entry.kind is not EntryKind.FLASH:
        return title, address, ""
    return title, address, entry.summary


def _count(told: Sequence[ToldItem], other: Collection[ToldItem]) -> int:
    """How many of the signs another issue has."""
    signs = set(other)
    for title, url, summary in other:
        address = _folded(url)
        signs |= {(title, address, ""), (title, address, summary), ("", address, "")}
    return sum(one in signs for one in told)


def _address(entry: Entry) -> str:
    return _folded(entry.url or "")


def _folded(url: str) -> str:
    """As it is compared; what is no address of the web is one all the same."""
    return fold_address(url) or url if url else ""


def signs_of(entries: Sequence[Entry]) -> tuple[frozenset[str], frozenset[str]]:
    """The addresses of items, and the titles of those without: the same issue has one of them at least."""
    addresses = frozenset(fold_address(one.url) for one in entries if one.url)
    return addresses, frozenset(one.title for one in entries if one.title and not one.url)


def same_lines(text: str, other: str, days: Sequence[date | None] = ()) -> bool:
    """Whether most lines of two texts, which have no items, are the same but for headings and ``days``."""
    lines, others = (
        {
            line.strip()
            for line in undated(one, days).splitlines()
            if line.strip() and not line.startswith("#")
        }
        for one in (text, other)
    )
    return len(lines & others) >= _MOST * max(len(lines), len(others), 1)


def _share(told: Sequence[ToldItem], other: Sequence[ToldItem]) -> float:
    """How much of the longer one is in both; an item of which only the title is counts half."""
    whole = {_identity(one) for one in other}
    titles = {title for title, _, _ in other if title}
    alike = sum(1.0 if _identity(one) in whole else 0.5 * (one[0] in titles) for one in told)
    return alike / max(len(told), len(other), 1)


def _undated_share(told: Sequence[ToldItem], other: Sequence[ToldItem], days: Sequence[date | None]) -> float:
    """The same but for the days. All else of an item must be the same: each day may have its page."""
    whole = {_undated(one, days) for one in other}
    return sum(_undated(one, days) in whole for one in told) / max(len(told), len(other), 1)


def told_item(entry: Entry) -> ToldItem:
    """What an item tells."""
    return entry.title or "", entry.url or "", entry.summary


def _undated(one: ToldItem, days: Sequence[date | None]) -> ToldItem:
    title, url, summary = one
    return undated(title, days), undated(fold_address(url), days) if url else "", undated(summary, days)


def _identity(one: ToldItem) -> ToldItem:
    """An item is the same if its address is, whatever else was mended; without one, if its words are."""
    title, url, summary = one
    return ("", fold_address(url), "") if url else (title, "", summary)

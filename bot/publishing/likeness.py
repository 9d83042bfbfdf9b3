"""Whether two texts are one issue: that of a file that has another name now, perhaps with mended slips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.model import Entry, ToldItem
from bot.words.addresses import fold_address
from bot.words.undated import undated

_MOST = 0.6  #: the share of items that must be the same
_NEARLY_ALL = 0.9  #: of the words of items, in a copy


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
    told = [_told(entry) for entry in entries]
    shares = {
        slug: max(_share(told, other), _undated_share(told, other, days.with_other(slug)))
        for slug, other in others.items()
    }
    best = max(shares, key=lambda slug: shares[slug], default=None)
    return best if best is not None and shares[best] >= _MOST else None


def copied(entries: Sequence[Entry], others: Mapping[str, Sequence[ToldItem]]) -> str | None:
    """Which of other issues tells nearly all of it in the same words; None if none does."""
    told = {_told(entry) for entry in entries}
    enough = max(1, _NEARLY_ALL * len(told))
    return next((slug for slug, other in others.items() if len(told.intersection(other)) >= enough), None)


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


def _told(entry: Entry) -> ToldItem:
    return entry.title or "", entry.url or "", entry.summary


def _undated(one: ToldItem, days: Sequence[date | None]) -> ToldItem:
    title, url, summary = one
    return undated(title, days), undated(fold_address(url), days) if url else "", undated(summary, days)


def _identity(one: ToldItem) -> ToldItem:
    """An item is the same if its address is, whatever else was mended; without one, if its words are."""
    title, url, summary = one
    return ("", fold_address(url), "") if url else (title, "", summary)

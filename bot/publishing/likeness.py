"""Whether two texts are one issue: that of a file that has another name now, perhaps with mended slips."""

from collections.abc import Mapping, Sequence

from bot.model import Entry, ToldItem
from bot.words.addresses import fold_address

_MOST = 0.6  #: the share of items that must be the same
_NEARLY_ALL = 0.9  #: of the words of items, in a copy


def same_issue(entries: Sequence[Entry], others: Mapping[str, Sequence[ToldItem]]) -> str | None:
    """Which of other issues, by what they tell, has most of the same items; None if none has."""
    told = [(entry.title or "", entry.url or "", entry.summary) for entry in entries]
    shares = {slug: _share(told, other) for slug, other in others.items()}
    best = max(shares, key=lambda slug: shares[slug], default=None)
    return best if best is not None and shares[best] >= _MOST else None


def copied(entries: Sequence[Entry], others: Mapping[str, Sequence[ToldItem]]) -> str | None:
    """Which of other issues tells nearly all of it in the same words; None if none does."""
    told = {(entry.title or "", entry.url or "", entry.summary) for entry in entries}
    enough = max(1, _NEARLY_ALL * len(told))
    return next((slug for slug, other in others.items() if len(told.intersection(other)) >= enough), None)


def signs_of(entries: Sequence[Entry]) -> tuple[frozenset[str], frozenset[str]]:
    """The addresses of items, and the titles of those without: the same issue has one of them at least."""
    addresses = frozenset(fold_address(one.url) for one in entries if one.url)
    return addresses, frozenset(one.title for one in entries if one.title and not one.url)


def same_lines(text: str, other: str) -> bool:
    """Whether most lines of two texts are the same but for headings, where neither has items."""
    lines, others = (
        {line.strip() for line in one.splitlines() if line.strip() and not line.startswith("#")}
        for one in (text, other)
    )
    return len(lines & others) >= _MOST * max(len(lines), len(others), 1)


def _share(told: Sequence[ToldItem], other: Sequence[ToldItem]) -> float:
    """How much of the longer one is in both; an item of which only the title is counts half."""
    whole = {_identity(one) for one in other}
    titles = {title for title, _, _ in other if title}
    alike = sum(1.0 if _identity(one) in whole else 0.5 * (one[0] in titles) for one in told)
    return alike / max(len(told), len(other), 1)


def _identity(one: ToldItem) -> ToldItem:
    """An item is the same if its address is, whatever else was mended; without one, if its words are."""
    title, url, summary = one
    return ("", fold_address(url), "") if url else (title, "", summary)

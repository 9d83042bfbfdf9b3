"""Labels of summaries that an issue has of its own: ``简评：`` where the digest says ``摘要：``."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from bot.digest.parsing.labels import Labels
from bot.digest.parsing.leading_label import leading_label
from bot.digest.parsing.rows import Row

_LONGEST = 4  # characters of such a label, where scripts run on
_TIMES = 2  # as often at least
_SHARE = 0.6  # of the lines below a linked one
_SENTENCE = 15  # characters behind it, usually: a name or a day is no summary


def summary_labels(rows: Iterable[Row], labels: Labels) -> frozenset[str]:
    """The words that lead most lines below a linked one, where no label of the digest does; none if none do.

    What follows one is usually a sentence, and never an address.
    """
    rows = tuple(rows)
    if any(map(labels.is_summary, _below_linked(rows))):
        return frozenset()
    below = tuple(_below_linked(rows))
    led: dict[str, list[str]] = {}
    for word, rest in _led(below):
        if labels.name_a_link(word.casefold()):
            continue
        led.setdefault(word, []).append(rest)
    return frozenset(word for word, rests in led.items() if _leads_summaries(rests, len(below)))


def _below_linked(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for before, row in pairwise(rows) if any(span.url for span in before.spans))


def _led(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """The short label of each row that has one, and what follows it."""
    for row in rows:
        text = row.text
        found = leading_label(text)
        if found and len(found[0]) <= _LONGEST and found[0].isalpha():
            yield found[0], text[found[1] :].strip()


def _leads_summaries(rests: Sequence[str], lines: int) -> bool:
    often = len(rests) >= max(_TIMES, _SHARE * lines)
    return (
        often and not any(rest.startswith("http") for rest in rests) and median(map(len, rests)) >= _SENTENCE
    )

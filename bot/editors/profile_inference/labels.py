"""The words that begin lines of items, by what follows their colon."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.digest.habits import ItemStart, LabelHabit
from bot.digest.parsing.labelled import bare_urls
from bot.digest.parsing.leading_label import leading_label
from bot.digest.parsing.outline import SectionRows
from bot.digest.parsing.rows import Row, Rows
from bot.digest.parsing.starts import starts_of

_URL = re.compile(r"(?:https?://|www\.)\S+")
_MOST_WORDS = 3  # of a label; more are a sentence's beginning
_LONGEST = 16  # characters of one
_FEWEST = 3  # times that a label comes
_SUMMED_UP = 0.3  # of the items have a line with the label of summaries
_LONG = 20  # letters of a summary's first line
_SHORT = 12  # letters beside the links of a labelled line

Parts = Sequence[Sequence[SectionRows]]


def labels_of(parts: Parts, begin: Sequence[ItemStart]) -> LabelHabit:
    """Labels of links and of summaries, the most frequent first."""
    links: Counter[str] = Counter()
    summaries: Counter[str] = Counter()
    items = 0
    for part in (part for issue in parts for part in issue):
        places = starts_of(part.rows, begin).places
        items += len(places)
        links.update(_before_link(part.rows, places))
        summaries.update(_before_text(part.rows, places))
    return LabelHabit(
        summary=tuple(_frequent(summaries, max(_FEWEST, _SUMMED_UP * items))),
        links=tuple(_frequent(links, _FEWEST)),
    )


def label_of(row: Row) -> tuple[str, str] | None:
    """What stands before the first colon of a row, if it may be a label, and what behind it."""
    found = leading_label(row.text)
    if found is None or len(found[0].split()) > _MOST_WORDS or len(found[0]) > _LONGEST:
        return None
    label, end = found
    return label, row.text[end:].lstrip()


def _before_link(rows: Rows, places: frozenset[int]) -> Iterator[str]:
    below = ((place, row) for place, row in enumerate(rows) if place not in places)
    following = dict(pairwise(range(len(rows))))
    for place, row in below:
        label, rest = label_of(row) or ("", "")
        linked = sum(len(span.text) for span in row.spans if span.url)
        beside = len(_URL.sub("", rest)) - linked
        has_link = bool(linked or _URL.search(rest))
        if not rest and place in following:
            has_link = bool(bare_urls(rows[following[place]]))
        if label and has_link and beside <= _SHORT:
            yield label


def _before_text(rows: Rows, places: frozenset[int]) -> Iterator[str]:
    for place, row in enumerate(rows):
        label, rest = label_of(row) or ("", "")
        if place not in places and label and len(_URL.sub("", rest)) >= _LONG:
            yield label


def _frequent(labels: Counter[str], fewest: float) -> Iterator[str]:
    return (label for label, times in labels.most_common() if times >= fewest)

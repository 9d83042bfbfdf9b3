"""The links of a line, and what stands between them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from operator import attrgetter
from typing import NamedTuple

from bot.digest.parsing.edges import Spans, text_of
from bot.model import Link, Span

#: What stands between two titles of one item; anything else sets a further link apart.
_JOINS = ("、", "与", "和", "及", "以及", "and", "&", "+")

_url = attrgetter("url")


class Run(NamedTuple):
    """Neighbouring spans with one address (or none)."""

    url: str | None
    spans: Spans

    @property
    def text(self) -> str:
        """Its text, outer blanks off."""
        return text_of(self.spans).strip()


def runs_of(spans: Iterable[Span]) -> Iterator[Run]:
    """The spans in runs."""
    for url, run in groupby(spans, key=_url):
        yield Run(url=url, spans=tuple(run))


def before_links(runs: Sequence[Run]) -> tuple[str, Sequence[Run]]:
    """The words before the first link, and the runs from that on."""
    before = tuple(takewhile(lambda run: run.url is None, runs))
    return "".join(run.text for run in before), runs[len(before) :]


def links_of(runs: Iterable[Run]) -> tuple[Link, ...]:
    """The links, each called by its words."""
    return tuple(Link(label=run.text, url=run.url) for run in runs if run.url)


def first_link(runs: Sequence[Run]) -> tuple[Span, Spans]:
    """The first link as one span, and all behind it."""
    first, *others = runs
    return Span(text=first.text, url=first.url), tuple(span for run in others for span in run.spans)


def joined(runs: Sequence[Run], labels: Collection[str]) -> int:
    """How many runs are linked titles, each joined to the next by a word for and; ``labels`` are none.

    It is one where words go on behind them: the links stand in a sentence.
    """
    if len(runs) < 3:  # two titles, and a word between them
        return 1
    end = 1
    while end + 1 < len(runs) and runs[end].url is None and runs[end].text in _JOINS:
        following = runs[end + 1].text
        if not following or following.casefold() in labels:
            break
        end += 2
    goes_on = end < len(runs) and runs[end].text[:1].isalnum()
    return 1 if goes_on else end

"""A first line that begins with its title in bold: ``**Title**: what it is about. [Read](…)``."""

from itertools import takewhile
from typing import NamedTuple

from bot.digest.parsing.bare_links import further_addresses, named_by_link, named_in
from bot.digest.parsing.edges import Spans, stripped, text_of, without_start
from bot.digest.parsing.marks import is_sign
from bot.digest.parsing.rows import bold_words
from bot.digest.parsing.runs import before_links, first_link, links_of, runs_of
from bot.model import Link, Span, Style

_MARKS = " \t:：.。-–—|｜"
_ASKS = "?？!！"  # which end a title too, and stay in it


class BoldTitle(NamedTuple):
    """The title, its address if that stands right behind it, the links behind all else, and the rest."""

    title: str
    url: str | None
    links: tuple[Link, ...]
    rest: Spans


def signs_before_bold(spans: Spans) -> tuple[tuple[str, ...], Spans]:
    """The signs such as 🔥 that stand before bold words, if nothing else does; and the rest."""
    if not spans or not is_sign(spans[0].text[:1] or "."):
        return (), spans
    lead = text_of(tuple(takewhile(lambda span: not span.url and Style.BOLD not in span.styles, spans)))
    signs = lead.strip()
    if not signs or len(lead) == len(text_of(spans)) or not all(map(is_sign, signs)):
        return (), spans
    return (signs,), without_start(spans, len(lead))


def bold_title(spans: Spans) -> BoldTitle | None:
    """The title and what stands behind it; None where the bold words are in a sentence, or are all."""
    title = text_of(tuple(takewhile(_is_bold_text, spans)))
    behind = text_of(spans)[len(title) :]
    words = behind.lstrip(_MARKS)
    if not any(map(str.isalnum, title)) or not words or _goes_on(title, behind, words):
        return None
    rest = stripped(without_start(spans, len(title) + len(behind) - len(words)))
    return _with_address(title.strip(_MARKS), rest) or _with_links(title.strip(_MARKS), rest)


def goes_on_from_bold(spans: Spans) -> bool:
    """Whether a sentence that begins with bold words, linked or not, goes on in a new word."""
    title = bold_words(spans)
    behind = text_of(spans)[len(title) :]
    words = behind.lstrip(_MARKS)
    parted = behind[:1].isspace() or title[-1:].isspace()
    return parted and any(map(str.isalnum, title)) and bool(words) and _goes_on(title, behind, words)


def _goes_on(title: str, behind: str, words: str) -> bool:
    """Whether a sentence that begins in bold goes on: no mark ends the title, and no new word begins big."""
    marks = _MARKS.strip()
    parted = title.rstrip()[-1] in marks + _ASKS or behind.lstrip()[0] in marks
    return not parted and (words[0].islower() or not (behind[0].isspace() or title[-1].isspace()))


def _with_address(title: str, rest: Spans) -> BoldTitle | None:
    lead, linked = before_links(tuple(runs_of(rest)))
    if not linked:
        named = named_in(f"{title}：{lead}")
    elif any(map(str.isalnum, lead)):
        return None
    else:
        named = named_by_link(f"{title}：{lead}", *first_link(linked))
    if named is None or named.name.strip(_MARKS) != title:
        return None
    links, words = further_addresses(named.rest)
    return BoldTitle(title, named.url, links, words)


def _with_links(title: str, rest: Spans) -> BoldTitle:
    """The links at the end stand by themselves, called by their words, unless the text ends with them."""
    runs = [run for run in runs_of(rest) if run.text]
    links = [*takewhile(lambda run: run.url, reversed(runs))][::-1]
    text = runs[: len(runs) - len(links)]
    if text and text[-1].text[-1].isalnum():
        return BoldTitle(title, None, (), rest)
    words = stripped(tuple(span for run in text for span in run.spans))
    return BoldTitle(title, None, links_of(links), words)


def _is_bold_text(span: Span) -> bool:
    return not span.url and Style.BOLD in span.styles

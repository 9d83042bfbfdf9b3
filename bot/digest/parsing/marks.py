"""What stands around titles and is none of their words: tags in brackets, signs such as 🔥, quotes."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.digest.parsing.edges import Spans, stripped, text_of, without_end, without_start
from bot.digest.parsing.runs import Run, runs_of
from bot.model import Link

#: Brackets right before an address are no tag but what is left of a link.
_TAGS = re.compile(r"\s*(?:\[[^\[\]]+\](?!\s*[(（]https?://)\s*)+")
_TAG = re.compile(r"\[([^\[\]]+)\]")
_BRACKETED = re.compile(r"[【\[(（]([^【】\[\]()（）]+)[】\])）]")
#: What may stand beside a title and is nothing to show; 🔥 is.
_NOTHING = " \t[]【】()（）：:|｜，,、;；.。*•·–—－●◦▪-《》〈〉「」『』“”‘’«»„\"'"
_SIGNS = ("So", "Sk", "Mn", "Cf", "No")  # of Unicode: emoji and what belongs to them
#: Signs that end a title, and what may part them from the text behind it.
_BEHIND = re.compile(r"(?P<signs>[^\w,.;:!?，。；：！？、|｜()（）\[\]【】–—-]+)(?=$|[,.;:，。；：|｜–—-])")
_APART = " \t[]【】()（）、,，;；/|｜"  # what sets links apart
_BRACKETS = {"[": "]", "［": "］", "【": "】", "(": ")", "（": "）"}
_QUOTES = {
    **dict(zip("《〈「『«", "》〉」』»", strict=True)),
    '"': '"',
    "\u201c": "\u201d",
    "\u2018": "\u2019",
    "\u201e": "\u201c",
}


def is_sign(char: str) -> bool:
    """Whether a character is an emoji or another sign, or a blank between such."""
    return char.isspace() or unicodedata.category(char) in _SIGNS


def is_around_link(char: str) -> bool:
    """Whether a character may stand before a link that begins its line: a sign, or an opening quote."""
    return char in _QUOTES or is_sign(char)


def without_tags(text: str) -> str:
    """A text without the tags in square brackets or 【】."""
    return _BRACKETED.sub(lambda found: found[0] if found[0][0] in "(（" else "", text)


def leading_tags(spans: Spans) -> tuple[tuple[str, ...], Spans]:
    """The tags in brackets that stand before all else; never all there is."""
    found = _TAGS.match(spans[0].text) if spans else None
    if found is None or not text_of(spans)[found.end() :].strip():
        return (), spans
    return tuple(tag.strip() for tag in _TAG.findall(found.group())), without_start(spans, found.end())


def marks_in(lead: str) -> tuple[str, ...] | None:
    """The tags and signs of what stands before a title; None where it has words outside of brackets."""
    pieces = _BRACKETED.split(lead)
    if any(char.isalnum() and not is_sign(char) for char in "".join(pieces[::2])):
        return None
    return tuple(filter(None, (piece.strip(_NOTHING) for piece in pieces)))


def signs_behind(spans: Spans) -> tuple[tuple[str, ...], Spans]:
    """The signs right behind a title, if no words follow but behind a mark; and the rest."""
    text = text_of(spans)
    found = _BEHIND.match(text)
    signs = found["signs"].strip() if found else ""
    if not found or not signs or not all(map(is_sign, signs)):
        return (), spans
    return (signs,), without_start(spans, found.end())


def bare(text: str, marks: str = " \t、,，;；/|｜") -> str:
    """A text without the marks around it, and the brackets around all of it or that its other half lacks."""
    text = text.strip(marks)
    for opening, closing in _BRACKETS.items():
        if text.startswith(opening) and text.find(closing) in (-1, len(text) - 1):
            return bare(text[1:].removesuffix(closing), marks)
        if text.endswith(opening) or (text.endswith(closing) and opening not in text):
            return bare(text[:-1], marks)
        if text.startswith(closing):
            return bare(text[1:], marks)
    return text


def with_quotes(spans: Spans) -> Spans:
    """The spans, each pair of quotes around a link taken into its text."""
    if len(spans) < 3:  # what stands before a link, it, and what stands behind
        return spans
    runs = list(runs_of(spans))
    for at in range(1, len(runs) - 1):
        before, link, behind = runs[at - 1 : at + 2]
        opening, closing = before.spans[-1].text[-1:], behind.spans[0].text[:1]
        if link.text and before.url is behind.url is None and _QUOTES.get(opening) == closing:
            runs[at - 1] = before._replace(spans=without_end(before.spans, 1))
            runs[at] = _between(opening, link, closing)
            runs[at + 1] = behind._replace(spans=without_start(behind.spans, 1))
    return tuple(span for run in runs for span in run.spans)


def _between(opening: str, link: Run, closing: str) -> Run:
    first, *further = link.spans
    *spans, last = replace(first, text=opening + first.text), *further
    return link._replace(spans=(*spans, replace(last, text=last.text + closing)))


def quoted(title: str, source: str) -> tuple[str, str]:
    """A title and its source; a quote that opens before the first and closes behind both is its own."""
    if source and _QUOTES.get(title[:1]) == source[-1] and source[-1] not in title[1:]:
        return title + source[-1], source[:-1].rstrip()
    return title, source


class Behind(NamedTuple):
    """What stands behind a title: signs, links, and text that is neither."""

    signs: tuple[str, ...]
    links: tuple[Link, ...]
    rest: Spans


def behind_title(runs: Sequence[Run]) -> Behind:
    """Links that nothing but brackets and signs set apart are labelled links; any other text is whole."""
    words = "".join(run.text for run in runs if run.url is None).strip(_APART)
    if not all(is_sign(char) or char in _APART for char in words):
        signs, rest = signs_behind(stripped(tuple(span for run in runs for span in run.spans)))
        return Behind(signs, (), stripped(rest))
    links = tuple(Link(label=bare(run.text), url=run.url) for run in runs if run.url)
    return Behind((words,) if words else (), links, ())

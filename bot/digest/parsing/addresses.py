"""Addresses made whole: what is relative belongs to the digest's site."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter
from urllib.parse import urljoin

from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import Outline
from bot.digest.parsing.rows import Row, RowKind
from bot.model import Span

#: ``https:``, ``mailto:`` and the like, and ``//host``, which has the scheme of the page it stands on.
_WHOLE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
#: Words before an address: ``[title](项目地址：https://…)``.
_LED = re.compile(r"[^?#&=]*[^\x00-\x7f]\s*(?=https?://)")
_BRACKETED = re.compile(r"\(https?://[^()\s]+\)")
_url = attrgetter("url")


def with_base(outline: Outline, base: str | None, notes: Notes) -> Outline:
    """The outline with relative addresses joined to ``base``; without one, relative pictures are left out."""
    return outline.changed(lambda rows: _whole(rows, base, notes))


def is_relative(url: str) -> bool:
    """Whether an address says nothing without the page it stands on."""
    return not _WHOLE.match(url) and not url.startswith(("#", "www."))


def _whole(rows: Iterable[Row], base: str | None, notes: Notes) -> Iterator[Row]:
    for row in rows:
        told = _with_whole_urls(row, base, notes) if any(map(_url, row.spans)) else row
        if told is not None:
            yield told


def _with_whole_urls(row: Row, base: str | None, notes: Notes) -> Row | None:
    """The row with its addresses made whole; None for a picture without a base."""
    row = _without_words(_without_brackets(row), notes)
    if not any(map(is_relative, _urls(row))):
        return row
    if base is not None:
        return row._replace(spans=tuple(_joined(span, base) for span in row.spans))
    if row.kind is not RowKind.PICTURE:
        return row
    notes.add("relative-picture", row.number, about=row.spans[0].url or "")
    notes.leave_out(row.number, row.spans, "relative-picture")
    return None


def _without_brackets(row: Row) -> Row:
    """The row, ``((https://…))`` read as if its brackets stood once."""
    if not any(map(_BRACKETED.fullmatch, _urls(row))):
        return row
    inner = (
        replace(span, url=span.url[1:-1]) if span.url and _BRACKETED.fullmatch(span.url) else span
        for span in row.spans
    )
    return row._replace(spans=tuple(inner))


def _without_words(row: Row, notes: Notes) -> Row:
    """The row, words that stand before an address in the brackets of a link taken off."""
    urls = _urls(row)
    if all(map(str.isascii, urls)) or not any(map(_LED.match, urls)):
        return row
    for words in dict.fromkeys(found[0] for url in urls if (found := _LED.match(url))):
        notes.leave_out(row.number, words, "words in an address")
    spans = (replace(span, url=_LED.sub("", span.url)) if span.url else span for span in row.spans)
    return row._replace(spans=tuple(spans))


def _urls(row: Row) -> list[str]:
    return [span.url for span in row.spans if span.url]


def joined(base: str, url: str) -> str:
    """The address as seen from ``base``; as written where it is none that can be read."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def _joined(span: Span, base: str) -> Span:
    return replace(span, url=joined(base, span.url)) if span.url and is_relative(span.url) else span

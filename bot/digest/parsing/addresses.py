"""Addresses made whole: what is relative belongs to the digest's site."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin

from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import Outline
from bot.digest.parsing.rows import Row, RowKind
from bot.model import Span

#: An address in a text: it ends before Chinese, full-width marks, a final stop or a bracket without its half.
ADDRESS = (
    r"(?:https?://|www\.)(?:[!#-'*-;=?-_a-z|~]|\([!#-'*-;=?-_a-z|~]*\))*"
    r"(?:[#$%&+\-/0-9=@A-Z_a-z~|]|\([!#-'*-;=?-_a-z|~]*\))"
)
#: ``https:``, ``mailto:`` and the like, and ``//host``, which has the scheme of the page it stands on.
_WHOLE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def with_base(outline: Outline, base: str | None, notes: Notes) -> Outline:
    """The outline with relative addresses joined to ``base``; without one, relative pictures are left out."""
    return outline.changed(lambda rows: _whole(rows, base, notes))


def is_relative(url: str) -> bool:
    """Whether an address says nothing without the page it stands on."""
    return not _WHOLE.match(url) and not url.startswith(("#", "www."))


def _whole(rows: Iterable[Row], base: str | None, notes: Notes) -> Iterator[Row]:
    for row in rows:
        if not any(span.url and is_relative(span.url) for span in row.spans):
            yield row
        elif base is not None:
            yield row._replace(spans=tuple(_joined(span, base) for span in row.spans))
        elif row.kind is not RowKind.PICTURE:
            yield row
        else:
            notes.add("relative-picture", row.number, about=row.spans[0].url or "")
            notes.leave_out(row.number, row.spans, "relative-picture")


def joined(base: str, url: str) -> str:
    """The address as seen from ``base``; as written where it is none that can be read."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def _joined(span: Span, base: str) -> Span:
    return replace(span, url=joined(base, span.url)) if span.url and is_relative(span.url) else span

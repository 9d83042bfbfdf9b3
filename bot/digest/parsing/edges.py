"""Cutting the ends of a line of spans without losing what they look like."""

import re
from collections.abc import Sequence

from bot.model import Span

Spans = tuple[Span, ...]

_BOX = re.compile(r"\s*\[[ xX]\]\s+")


def text_of(spans: Sequence[Span]) -> str:
    """The text of all spans, as it stands."""
    return spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])


def without_start(spans: Sequence[Span], count: int) -> Spans:
    """The spans without their first ``count`` characters."""
    if count <= 0:
        return tuple(spans)
    kept: list[Span] = []
    for span in spans:
        dropped = min(count, len(span.text))
        count -= dropped
        if not dropped and (span.text or span.url):
            kept.append(span)
        elif dropped < len(span.text):
            kept.append(Span(text=span.text[dropped:], styles=span.styles, url=span.url))
    return tuple(kept)


def without_box(spans: Sequence[Span]) -> Spans:
    """The spans without the box of a task, ``[x]``: it is a mark as the dash before it is, and no text."""
    box = _BOX.match(text_of(spans))
    return without_start(spans, box.end() if box else 0)


def without_end(spans: Sequence[Span], count: int) -> Spans:
    """The spans without their last ``count`` characters."""
    if count <= 0:
        return tuple(spans)
    keep = len(text_of(spans)) - count
    kept: list[Span] = []
    for span in spans:
        if keep > 0 and (span.text or span.url):
            whole = keep >= len(span.text)
            kept.append(span if whole else Span(text=span.text[:keep], styles=span.styles, url=span.url))
        keep -= len(span.text)
    return tuple(kept)


def cut_at(spans: Sequence[Span], count: int) -> tuple[Spans, Spans]:
    """The first ``count`` characters, and what stands behind; a link without words is on one side alone."""
    before = without_end(spans, len(text_of(spans)) - count)
    bare = sum(not span.text for span in before)
    return before, without_start(spans, count)[bare:]


def stripped(spans: Sequence[Span]) -> Spans:
    """The spans without the white space at their ends."""
    text = text_of(spans)
    bare = text.strip()
    if len(bare) == len(text):
        return tuple(spans) if bare else ()
    left = len(text) - len(text.lstrip())
    return without_end(without_start(spans, left), len(text) - left - len(bare)) if bare else ()


def after(pattern: re.Pattern[str], spans: Sequence[Span]) -> Spans | None:
    """What follows a match at the beginning, stripped; None where there is no match."""
    found = pattern.match(text_of(spans))
    return stripped(without_start(spans, found.end())) if found else None

"""Cutting the ends of a line of spans without losing what they look like."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.model import Span

Spans = tuple[Span, ...]


def text_of(spans: Sequence[Span]) -> str:
    """The text of all spans, as it stands."""
    return "".join(span.text for span in spans)


def without_start(spans: Sequence[Span], count: int) -> Spans:
    """The spans without their first ``count`` characters."""
    kept: list[Span] = []
    for span in spans:
        dropped = min(count, len(span.text))
        count -= dropped
        if dropped < len(span.text):
            kept.append(replace(span, text=span.text[dropped:]))
    return tuple(kept)


def without_end(spans: Sequence[Span], count: int) -> Spans:
    """The spans without their last ``count`` characters."""
    keep = len(text_of(spans)) - count
    kept: list[Span] = []
    for span in spans:
        if keep > 0 and span.text:
            kept.append(replace(span, text=span.text[:keep]))
        keep -= len(span.text)
    return tuple(kept)


def stripped(spans: Sequence[Span]) -> Spans:
    """The spans without the white space at their ends."""
    text = text_of(spans)
    left, right = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    return without_end(without_start(spans, left), right) if text.strip() else ()


def after(pattern: re.Pattern[str], spans: Sequence[Span]) -> Spans | None:
    """What follows a match at the beginning, stripped; None where there is no match."""
    found = pattern.match(text_of(spans))
    return stripped(without_start(spans, found.end())) if found else None

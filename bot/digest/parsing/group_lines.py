"""Lines that head what stands below them without being headings."""

import re

from bot.digest.heading_names import may_head
from bot.digest.parsing.marks import is_sign
from bot.digest.parsing.opening_lines import begins_paragraph, begins_with_link, stands_out
from bot.digest.parsing.rows import Row, RowKind, Rows, is_bold
from bot.model import Style

#: Marks that a heading has none of.
_WITHIN_SENTENCE = re.compile(r"[，。；！？]|[,.;!?:：]\s")
_SENTENCE = re.compile(r"[。；！？]|[.;!?]\s")
_BRACKETS = {"【": "】", "「": "」", "《": "》", "[": "]"}


def is_subheading(row: Row) -> bool:
    """Whether a line may head what stands below it without being a heading: bold, short, no sentence."""
    return begins_paragraph(row) and is_bold_name(row)


def is_bold_name(row: Row) -> bool:
    """Whether a line of text at the margin is a few bold words, no link and no sentence."""
    if row.kind is not RowKind.TEXT or row.indent or row.quote:
        return False
    return is_bold(row) and may_head(row.text) and not any(span.url for span in row.spans)


def announces(row: Row) -> bool:
    """Whether a few words on a line of their own announce what stands below: they end with a colon."""
    return begins_paragraph(row) and says_what_follows(row)


def says_what_follows(row: Row) -> bool:
    """Whether a row is a few words that end with a colon, and no sentence or link."""
    words = row.text.rstrip()
    if not words.endswith((":", "：")) or stands_out(row):
        return False
    return may_head(words) and _WITHIN_SENTENCE.search(words) is None


def stands_apart(rows: Rows, place: int) -> bool:
    """Whether a line below a blank one at the margin is set off as what heads the items below it.

    It is no sentence, and is bold or in italics, in brackets or behind a sign; or it ends with a colon
    above another blank line, and then may have commas: a colon says that it goes on below.
    """
    row = rows[place]
    below = rows[place + 1] if place + 1 < len(rows) else None
    if not begins_paragraph(row) or row.indent or below is None:
        return False
    if not may_head(row.text) or begins_with_link(row) or "://" in row.text:
        return False
    announces_below = row.text.endswith((":", "：")) and below.number > row.number + 1
    return _is_marked(row) or (announces_below and not any(span.url for span in row.spans))


def _is_marked(row: Row) -> bool:
    """Whether a line is marked from end to end, or by what it begins with."""
    text, words = row.text, [span for span in row.spans if span.text.strip()]
    if _SENTENCE.search(text):
        return False
    styled = any(all(style in span.styles for span in words) for style in (Style.BOLD, Style.ITALIC))
    bracketed = text[0] in _BRACKETS and text.find(_BRACKETS[text[0]]) == len(text) - 1
    signed = is_sign(text[0]) and any(map(str.isalnum, text)) and not any(span.url for span in words)
    return bool(styled or bracketed or signed)

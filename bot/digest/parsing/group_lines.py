"""Lines that head what stands below them without being headings."""

import re

from bot.digest.heading_names import may_head
from bot.digest.parsing.opening_lines import begins_paragraph, stands_out
from bot.digest.parsing.rows import Row, RowKind, is_bold

#: Marks that a heading has none of.
_WITHIN_SENTENCE = re.compile(r"[，。；！？]|[,.;!?:：]\s")


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

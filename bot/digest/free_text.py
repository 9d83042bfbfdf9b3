"""Markdown that is no issue: the same rows and lines, and no profile."""

from bot.digest.parsing.footnotes import with_footnotes
from bot.digest.parsing.lines import as_lines
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.plain_text import plain_text
from bot.digest.parsing.row_reader import read_rows
from bot.digest.parsing.rows import as_text
from bot.model import RichText


def free_text(markdown: str) -> RichText:
    """All that is written; a heading is a bold line."""
    rows = read_rows(plain_text(markdown), Notes())
    return as_lines(as_text(row) for row in with_footnotes(rows, Notes()))

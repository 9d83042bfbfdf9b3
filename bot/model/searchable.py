"""The text of an entry in which readers' keywords are searched for."""

from bot.model.entry import Entry
from bot.model.issue import Flash, Item
from bot.model.text import plain
from bot.words.folding import fold_text


def searchable_text(entry: Entry | Item | Flash) -> str:
    """An item's title, tags, source and summary, or all of a flash, folded; a line each."""
    if isinstance(entry, Flash):
        parts = [entry.subject, plain(entry.text)]
    else:
        summary = entry.summary if isinstance(entry, Entry) else plain(entry.summary)
        parts = [entry.title, *entry.tags, entry.source, summary]
    return "\n".join(fold_text(part) for part in parts if part)

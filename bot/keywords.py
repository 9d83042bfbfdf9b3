"""Keywords: words that no topic has, sought in the text of an item as it was written."""

import unicodedata
from collections.abc import Iterable

from bot.model import Flash, Item, folded, plain
from bot.words import places

#: Characters of a keyword.
LONGEST = 40

_QUOTES = '"“”„'  # a keyword stands between them where it is told
_NOT_SHOWN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def read_keyword(text: str) -> str | None:
    """The keyword that somebody wrote; None for one without a letter or digit, or with over forty characters.

    Width is evened out; a leading #, spaces around it, quotation marks and what nobody sees are left off.
    """
    seen = (char for char in unicodedata.normalize("NFKC", text) if _shows(char))
    word = " ".join("".join(seen).lstrip("# ").split())
    return word if len(word) <= LONGEST and any(map(str.isalnum, word)) else None


def searched(entry: Item | Flash) -> str:
    """The text, folded, in which keywords are sought: title, tags, source, summary; of flash news all."""
    if isinstance(entry, Flash):
        parts = [entry.subject, plain(entry.text)]
    else:
        parts = [entry.title, *entry.tags, entry.source, plain(entry.summary)]
    return "\n".join(folded(part) for part in parts if part)


def mentioned(keywords: Iterable[str], text: str) -> str | None:
    """The first of the keywords that stands in a text that :func:`searched` made."""
    return next((word for word in keywords if next(places(folded(word), text), None) is not None), None)


def _shows(char: str) -> bool:
    return char.isspace() or not (char in _QUOTES or unicodedata.category(char) in _NOT_SHOWN)

"""Keywords: words that no topic has, as a reader wrote them, and whether a text mentions them."""

import unicodedata
from collections.abc import Iterable

from bot.words.finding import find_word
from bot.words.folding import fold_keyword

#: Characters of a keyword.
LONGEST = 40

_QUOTES = '"“”„'  # a keyword stands between them where it is shown
_NOT_SHOWN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def read_keyword(text: str) -> str | None:
    """The keyword that somebody wrote; None for one without a letter or digit, or longer than LONGEST.

    Full-width characters become narrow; a leading #, outer spaces, quotation marks and invisible
    characters are left off.
    """
    seen = (char for char in unicodedata.normalize("NFKC", text) if _shows(char))
    word = " ".join(unicodedata.normalize("NFKC", "".join(seen)).split()).lstrip("# ")
    return word if len(word) <= LONGEST and any(map(str.isalnum, word)) else None


def mentioned(keywords: Iterable[str], text: str) -> str | None:
    """The first of the keywords that stands in ``text``, which is folded; None where none does."""
    return next(
        (word for word in keywords if next(find_word(fold_keyword(word), text), None) is not None), None
    )


def _shows(char: str) -> bool:
    return char.isspace() or not (char in _QUOTES or unicodedata.category(char) in _NOT_SHOWN)

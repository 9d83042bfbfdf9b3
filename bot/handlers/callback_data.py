"""Interests as the data of a button: slugs, and keywords with a quotation mark before them."""

from urllib.parse import unquote

from bot.digest.topics.vocabulary import Topics
from bot.messages.limits import MAX_CALLBACK_BYTES
from bot.model import Interests
from bot.words.keywords import read_keyword

_KEYWORD = '"'
_BETWEEN = ","
_ESCAPES = str.maketrans({"%": "%25", ",": "%2C", ":": "%3A"})


def write_refs(interests: Interests) -> str:
    """The interests as text without a colon, which :func:`read_refs` reads."""
    keywords = (_KEYWORD + word.translate(_ESCAPES) for word in interests.keywords)
    return _BETWEEN.join((*interests.topics, *keywords))


def read_refs(data: str, topics: Topics) -> Interests:
    """The interests in the data; topics that no longer exist are left out, as a button may be years old."""
    refs = data.split(_BETWEEN)
    words = (read_keyword(unquote(ref.removeprefix(_KEYWORD))) for ref in refs if ref.startswith(_KEYWORD))
    return Interests(
        topics=tuple(ref for ref in refs if ref in topics.topics), keywords=tuple(filter(None, words))
    )


def fits(data: str) -> bool:
    """Whether Telegram accepts it as the data of a button: a long Chinese keyword is too long."""
    return len(data.encode()) <= MAX_CALLBACK_BYTES

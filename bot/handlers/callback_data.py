"""What the data of a button holds: interests, and texts of any length.

Interests are slugs, and keywords with a quotation mark before them. A text that is too long stands there
by its name, with a tilde before it.
"""

from urllib.parse import unquote

import structlog

from bot.digest.topics.vocabulary import Topics
from bot.errors import StoreError
from bot.messages.limits import MAX_CALLBACK_BYTES
from bot.model import Interests
from bot.readers.requests import NamedTexts
from bot.words.keywords import read_keyword

log = structlog.get_logger()

_KEYWORD = '"'
_BETWEEN = ","
_NAMED = "~"
_LONGEST = 20  # bytes of a text, so that there is room for an item, its place and a verb
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


class LongTexts:
    """Texts as the data of buttons, however long; ``texts`` keeps those that are too long.

    Where it cannot, a reader does without the button and gets the rest.
    """

    def __init__(self, texts: NamedTexts) -> None:
        self._texts = texts

    async def short(self, text: str) -> str | None:
        """The text, or what stands for it where it is too long for a list; :meth:`whole` reads either.

        None if it cannot be kept now.
        """
        if len(text.encode()) <= _LONGEST and not text.startswith(_NAMED):
            return text
        try:
            return f"{_NAMED}{await self._texts.note(text)}"
        except StoreError as error:
            log.warning("text_not_kept", reason=str(error))
            return None

    async def data(self, before: str, text: str, behind: str = "") -> str | None:
        """The data of a button in which the text stands, as :meth:`short` has it if it is too long there.

        None if it cannot be kept now.
        """
        whole = f"{before}{text}{behind}"
        if fits(whole) and not text.startswith(_NAMED):
            return whole
        short = await self.short(text)
        return None if short is None else f"{before}{short}{behind}"

    async def whole(self, short: str) -> str | None:
        """The text that :meth:`short` was given; None if it is no longer known."""
        return await self._texts.get(short[len(_NAMED) :]) if short.startswith(_NAMED) else short

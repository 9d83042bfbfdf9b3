"""Messages whose markup Telegram cannot parse, and the plain text that is sent instead."""

from dataclasses import dataclass
from html.parser import HTMLParser

from bot.telegram_api.payloads import Sendable

LONGEST_TEXT = 4096  # code points


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """``message`` without its markup: each link is followed by its address, and a long text is cut off."""

    message: Sendable

    def params(self) -> dict[str, object]:
        """The parameters of the message, without ``parse_mode``."""
        params = self.message.params()
        bare = {name: value for name, value in params.items() if name != "parse_mode"}
        return bare | {"text": _text(str(params["text"]))[:LONGEST_TEXT]}


class RejectedMarkup:
    """Messages whose markup was refused: at most ``most``; the oldest is forgotten first."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._messages: dict[Sendable, None] = {}

    def __contains__(self, message: Sendable) -> bool:
        return message in self._messages

    def add(self, message: Sendable) -> bool:
        """Remember a message; returns whether it is new."""
        if message in self._messages:
            return False
        self._messages[message] = None
        if len(self._messages) > self._most:
            del self._messages[next(iter(self._messages))]
        return True


def _text(html: str) -> str:
    reader = _BareText()
    reader.feed(html)
    reader.close()
    return "".join(reader.pieces)


class _BareText(HTMLParser):
    """The text of Telegram HTML, each link followed by its address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._links: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append(dict(attrs).get("href"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links and (url := self._links.pop()):
            self.pieces.append(f" ({url})")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

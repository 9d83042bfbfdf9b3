"""The log of requests: what the bot asked and what it was told."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.sandbox.state import Json

KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request. ``answer`` is the body of the answer; None if the connection was broken instead.

    ``unknown`` names parameters that the Bot API does not have: misspelt ones, most likely. ``host`` is what
    the sender called this server (``127.0.0.1:8765``, ``localhost:8765``): two senders that call it
    differently can be told apart by it.
    """

    method: str
    chat_id: int | None
    params: Json
    unknown: tuple[str, ...]
    at: datetime
    code: int
    answer: Json | None
    host: str

    def as_json(self) -> Json:
        """One line for the page."""
        return {
            "method": self.method,
            "chat_id": self.chat_id,
            "params": self.params,
            "unknown": self.unknown,
            "at": self.at.isoformat(timespec="milliseconds"),
            "code": self.code,
            "description": (self.answer or {}).get("description", ""),
        }


class Journal:
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self._requests: deque[Request] = deque(maxlen=KEPT)

    def __iter__(self) -> Iterator[Request]:
        return iter(tuple(self._requests))

    def __len__(self) -> int:
        return len(self._requests)

    def add(self, request: Request) -> None:
        """Note a request."""
        self._requests.append(request)

    def of(self, method: str, chat_id: int | None = None) -> tuple[Request, ...]:
        """The requests to one method, and to one chat if it is given."""
        return tuple(r for r in self._requests if r.method == method and chat_id in (None, r.chat_id))

    def latest(self, count: int) -> tuple[Request, ...]:
        """The last ``count`` requests, oldest first."""
        return tuple(islice(reversed(self._requests), count))[::-1]

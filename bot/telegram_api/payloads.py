"""The bodies of requests. A message that goes to a thousand chats is made JSON once, not a thousand times."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Protocol

import orjson
from telegram.request import RequestData

MOST_KEPT = 1024  # messages; an issue makes a few dozen, however many read it
EDITABLE = frozenset({"text", "parse_mode", "link_preview_options", "reply_markup"})  # of editMessageText


class Sendable(Hashable, Protocol):
    """A message that knows its parameters of the Bot API's sendMessage. Equal ones have equal parameters."""

    def params(self) -> dict[str, object]:
        """``text``, ``parse_mode`` and what else it has; not where it goes."""


class Body(RequestData):  # type: ignore[misc]  # final to a type checker, yet ``post`` takes nothing else
    """Parameters that are JSON already. Only our own transport sends them: another finds none."""

    __slots__ = ("_json",)

    def __init__(self, json: bytes) -> None:
        super().__init__()
        self._json = json

    @property
    def json_payload(self) -> bytes:
        """The object, as UTF-8."""
        return self._json


@lru_cache(maxsize=MOST_KEPT)
def to_send(message: Sendable) -> bytes:
    """What sendMessage gets, as a JSON object, all but where it goes."""
    return orjson.dumps(message.params())


@lru_cache(maxsize=MOST_KEPT)
def to_edit(message: Sendable) -> bytes:
    """What editMessageText gets, as a JSON object, all but which message it rewrites."""
    return orjson.dumps({name: value for name, value in message.params().items() if name in EDITABLE})


def addressed(body: bytes, address: dict[str, object]) -> Body:
    """A body with where it goes put in front. Neither is empty."""
    return Body(orjson.dumps(address)[:-1] + b"," + body[1:])

"""The bodies of requests. A message to a thousand chats is converted to JSON once, not a thousand times."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Protocol

import orjson
from telegram.request import RequestData

MOST_KEPT = 1024  # messages; an issue has a few dozen, however many people read it
#: Parameters of editMessageText.
EDITABLE = frozenset({"text", "parse_mode", "link_preview_options", "rich_message", "reply_markup"})


class Sendable(Hashable, Protocol):
    """A message that knows its parameters of sendMessage. Equal messages have equal parameters."""

    def params(self) -> dict[str, object]:
        """``text``, ``parse_mode`` and so on, without the chat."""


class Body(RequestData):  # type: ignore[misc]  # final to a type checker, yet ``post`` takes nothing else
    """Parameters that are JSON already. Only our own transport can send them."""

    __slots__ = ("_json",)

    def __init__(self, json: bytes) -> None:
        super().__init__()
        self._json = json

    @property
    def json_payload(self) -> bytes:
        """The JSON object as UTF-8."""
        return self._json


@lru_cache(maxsize=MOST_KEPT)
def is_rich(message: Sendable) -> bool:
    """Whether it is a rich message, for which sendMessage has no parameter."""
    return "rich_message" in message.params()


@lru_cache(maxsize=MOST_KEPT)
def to_send(message: Sendable) -> bytes:
    """The parameters of sendMessage as a JSON object, without the chat."""
    return orjson.dumps(message.params())


@lru_cache(maxsize=MOST_KEPT)
def to_edit(message: Sendable) -> bytes:
    """The parameters of editMessageText as a JSON object, without the chat and the message's id."""
    return orjson.dumps({name: value for name, value in message.params().items() if name in EDITABLE})


def addressed(body: bytes, address: dict[str, object]) -> Body:
    """The body with the address put in front. Neither is empty."""
    return Body(orjson.dumps(address)[:-1] + b"," + body[1:])

"""The little of HTTP/1.1 that clients of the Bot API need."""

from binascii import a2b_qp
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length:"
_FORM = b"application/x-www-form-urlencoded"
_REASONS = {200: b"OK", 400: b"Bad Request", 404: b"Not Found", 429: b"Too Many Requests"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request; ``target`` is the path with its query."""

    target: str
    is_form: bool
    body: bytes

    def parameters(self) -> dict[str, Any]:
        """What the body says, empty if it cannot be read; the values of a form are text."""
        if self.is_form:
            return dict(_fields(self.body))
        try:
            found = orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return {}
        return found if isinstance(found, dict) else {}


def take_request(buffer: bytearray) -> Request | None:
    """Take the first whole request out of the bytes that came in; None while there is none.

    A body has a Content-Length; chunks are not understood.
    """
    head_ends = buffer.find(_END_OF_HEAD)
    if head_ends < 0:
        return None
    head = bytes(buffer[:head_ends])
    words = head.lower()
    body_starts = head_ends + len(_END_OF_HEAD)
    body_ends = body_starts + _length(words)
    if len(buffer) < body_ends:
        return None
    body = bytes(buffer[body_starts:body_ends])
    del buffer[:body_ends]
    return Request(head.split(b" ", 2)[1].decode("latin-1"), _FORM in words, body)


def _length(words: bytes) -> int:
    starts = words.find(_LENGTH)
    if starts < 0:
        return 0
    return int(words[starts + len(_LENGTH) :].split(b"\r\n", 1)[0])


def _fields(form: bytes) -> Iterator[tuple[str, str]]:
    """Names and values. Quoted-printable differs by one sign, and is decoded ten times as quickly."""
    for field in form.split(b"&"):
        name, _, value = field.partition(b"=")
        quoted = value.replace(b"=", b"%3D").replace(b"+", b" ").replace(b"%", b"=")
        yield name.decode("ascii", "replace"), a2b_qp(quoted).decode("utf-8", "replace")


def answer(status: int, body: bytes) -> bytes:
    """An answer with a body of JSON."""
    head = b"HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % (status, _REASONS[status], len(body)) + body

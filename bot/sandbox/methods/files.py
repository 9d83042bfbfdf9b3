"""Files in requests: uploaded, named by the id of one that was sent before, or by an address."""

import mimetypes
from collections.abc import Iterator

from bot.sandbox import tdlib
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Call
from bot.sandbox.params import Upload
from bot.sandbox.state import Document, Message, Photo

_ADDRESSES = ("http://", "https://")


def photo(call: Call) -> Photo:
    """The picture of the request, or Telegram's 400."""
    file_id = f"AgACAgIAAxk{call.world.random.getrandbits(160):040x}"
    if upload := _upload(call, "photo"):
        return Photo(file_id=file_id, content=upload.content, content_type=upload.content_type)
    given = _named(call, "photo")
    known = (message.photo for message in _messages(call))
    if found := next((photo for photo in known if photo and photo.file_id == given), None):
        return found
    _check_address(given)
    return Photo(file_id=file_id, url=given)


def document(call: Call) -> Document:
    """The file of the request, or Telegram's 400. An address is never fetched, so it is refused."""
    if upload := _upload(call, "document"):
        kind, _ = mimetypes.guess_type(upload.name)
        return Document(
            file_id=f"BQACAgIAAxk{call.world.random.getrandbits(160):040x}",
            name=upload.name,
            mime_type=kind or "application/octet-stream",
            data=upload.content,
        )
    given = _named(call, "document")
    known = (message.document for message in _messages(call))
    if found := next((document for document in known if document and document.file_id == given), None):
        return found
    _check_address(given)
    raise bad_request("failed to get HTTP URL content")


def _upload(call: Call, name: str) -> Upload | None:
    upload = call.given.file(name)
    if upload and not upload.content:
        raise bad_request("file must be non-empty")
    return upload


def _named(call: Call, name: str) -> str:
    given = call.given.text(name)
    if not given:
        raise bad_request(f"there is no {name} in the request")
    return given


def _check_address(given: str) -> None:
    if "://" not in given:
        raise bad_request("wrong remote file identifier specified: Wrong character in the string")
    if not given.startswith(_ADDRESSES) or not tdlib.accepts_link(given):
        raise bad_request("wrong HTTP URL specified")


def _messages(call: Call) -> Iterator[Message]:
    return (message for chat in call.world.chats.values() for message in chat.messages)

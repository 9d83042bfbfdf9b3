"""The preview of a link that a text message asks for, looked at as Telegram does."""

from dataclasses import replace
from typing import Any

from bot.sandbox import tdlib
from bot.sandbox.errors import bad_request
from bot.sandbox.state import Json, Preview

_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def checked(options: Any) -> Preview | None:
    """The ``LinkPreviewOptions`` as they are kept, or Telegram's 400. None and ``{}`` are no options.

    An address that is none costs the preview, never the message. Only an address named here is
    previewed: the first link of a text, which Telegram takes if none is named, would have to be fetched.
    """
    if options is None or options == "":
        return None
    if isinstance(options, str):
        raise bad_request("can't parse link preview options JSON object")
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    return _kept(_read(options))


def _read(options: Json) -> Preview:
    for name in _FLAGS:
        if not isinstance(options.get(name, False), bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    url = options.get("url", "")
    if not isinstance(url, str):
        raise bad_request('field "url" must be of type String')
    return Preview(url=url.strip(), **{name: options.get(name, False) for name in _FLAGS})


def _kept(preview: Preview) -> Preview | None:
    if preview.is_disabled or not tdlib.accepts_link(preview.url):
        preview = replace(preview, url="")
    if not preview.url:
        preview = replace(preview, prefer_small_media=False, prefer_large_media=False)
    return preview if preview.as_json() else None

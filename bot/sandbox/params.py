"""The parameters of a Bot API request, however they came: query, JSON, form or multipart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from bot.sandbox.errors import bad_request
from bot.sandbox.state import Entity, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file in a multipart request."""

    name: str
    content: bytes
    content_type: str


class Params:
    """Read-only access to the parameters by type, with Telegram's 400 for what does not fit."""

    def __init__(self, given: Mapping[str, Any], files: Mapping[str, Upload] | None = None) -> None:
        self._given = given
        self._files = files or {}

    def as_json(self) -> Json:
        """The parameters for the log: without the content of files and without secrets."""
        files = {name: f"<{len(file.content)} bytes>" for name, file in self._files.items()}
        shown = {name: self.value(name) for name in self._given} | files
        return shown | ({"secret_token": "…"} if "secret_token" in shown else {})

    def text(self, name: str) -> str:
        """A string; empty if there is none."""
        value = self._given.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else orjson.dumps(value).decode()

    def number(self, name: str) -> int | None:
        """An integer; None if there is none."""
        value = self.text(name)
        if not value:
            return None
        try:
            return int(value)
        except ValueError:
            raise bad_request(f"{name} must be an integer") from None

    def chat_id(self) -> int | None:
        """Which chat is meant; None if none is named. Names of channels (``@name``) are nobody's here."""
        if self.text("chat_id").startswith("@"):
            raise bad_request("chat not found")
        return self.number("chat_id")

    def flag(self, name: str) -> bool:
        """A truth value; false if there is none."""
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def value(self, name: str) -> Any:
        """An array or object, decoded if it came as text; other text stays as it is."""
        value = self._given.get(name)
        if not isinstance(value, str) or value[:1] not in ("[", "{"):
            return value
        try:
            return orjson.loads(value)
        except ValueError:
            return value

    def mapping(self, name: str) -> Json:
        """An object; empty if there is none."""
        value = self.value(name)
        if value is None or value == "":
            return {}
        if not isinstance(value, dict):
            raise bad_request(f"can't parse {name} JSON object")
        return value

    def sequence(self, name: str) -> list[Any] | None:
        """An array; None if there is none."""
        value = self.value(name)
        if value is None or value == "":
            return None
        if not isinstance(value, list):
            raise bad_request(f"can't parse {name} JSON object: expected an Array")
        return value

    def file(self, name: str) -> Upload | None:
        """An uploaded file, given directly or as ``attach://<field>``."""
        return self._files.get(self.text(name).removeprefix("attach://")) or self._files.get(name)

    def entities(self, name: str) -> tuple[Entity, ...]:
        """An array of ``MessageEntity``."""
        return entities_of(self.sequence(name))


async def read_params(request: web.Request) -> Params:
    """All parameters of a request; those in the body win over those in the query."""
    given: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        given |= _json_body(await request.read())
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(
                    name=value.filename, content=value.file.read(), content_type=value.content_type
                )
            else:
                given[name] = value if isinstance(value, str) else bytes(value).decode("utf-8", "replace")
    return Params(given, files)


def entities_of(given: Any) -> tuple[Entity, ...]:
    """The entities of an array of ``MessageEntity``; none of None."""
    if not isinstance(given, list | None):
        raise bad_request("can't parse entities JSON object: expected an Array")
    return tuple(_entity(entity) for entity in given or ())


def _json_body(body: bytes) -> Json:
    try:
        given = orjson.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(given, dict):
        raise bad_request("can't parse request JSON object")
    return given


def _entity(given: Any) -> Entity:
    try:
        return Entity(
            kind=given["type"],
            offset=int(given["offset"]),
            length=int(given["length"]),
            url=given.get("url"),
            language=given.get("language"),
            user_id=given["user"]["id"] if "user" in given else None,
            custom_emoji_id=given.get("custom_emoji_id"),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise bad_request("can't parse MessageEntity") from None

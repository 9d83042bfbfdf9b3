"""TDLib, the parser that Telegram's own server uses, asked synchronously and offline.

It comes with the extra ``demo``; only the stand-in needs it.
"""

import sys
from functools import cache
from html import escape
from typing import Any

import orjson

from bot.errors import BadInput
from bot.sandbox.errors import bad_request
from bot.sandbox.state import Entity, Json

_PARSE_MODES: dict[str, Json] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
# TDLib's entity types by the Bot API's names; those that are missing here have no Bot API name
_KINDS = {
    "BlockQuote": "blockquote",
    "Bold": "bold",
    "BotCommand": "bot_command",
    "Cashtag": "cashtag",
    "Code": "code",
    "CustomEmoji": "custom_emoji",
    "EmailAddress": "email",
    "ExpandableBlockQuote": "expandable_blockquote",
    "Hashtag": "hashtag",
    "Italic": "italic",
    "Mention": "mention",
    "MentionName": "text_mention",
    "PhoneNumber": "phone_number",
    "Pre": "pre",
    "PreCode": "pre",
    "Spoiler": "spoiler",
    "Strikethrough": "strikethrough",
    "TextUrl": "text_link",
    "Underline": "underline",
    "Url": "url",
}


def parse(text: str, parse_mode: str) -> tuple[str, tuple[Entity, ...]]:
    """The text without its markup and the entities that the markup made, or Telegram's 400."""
    mode = _PARSE_MODES.get(parse_mode.lower())
    if mode is None:
        raise bad_request("unsupported parse_mode")
    answer = _ask({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    if answer["@type"] == "error":
        message = answer["message"]
        raise bad_request(message[:1].lower() + message[1:])
    return answer["text"], _entities(answer)


def detect(text: str) -> tuple[Entity, ...]:
    """What is recognised in a plain text: links, hashtags, commands, mentions and the like."""
    return _entities(_ask({"@type": "getTextEntities", "text": text}))


@cache
def accepts_link(url: str) -> bool:
    """Whether Telegram takes an address for a link."""
    _, entities = parse(f'<a href="{escape(url)}">x</a>', "html")
    return bool(entities)


def require() -> None:
    """Load TDLib and silence its log; BadInput if it is not installed."""
    _tdjson()


@cache
def _tdjson() -> Any:
    try:
        import tdjson  # noqa: PLC0415  # only the extra brings it; importing this module must not need it
    except ImportError:
        raise BadInput(
            "the stand-in needs TDLib (the package tdjson), which an installation for a server leaves out."
            f" Add it: {sys.executable} -m pip install tdjson; or take the checkout's: make demo"
        ) from None
    for silence in (
        {"@type": "setLogVerbosityLevel", "new_verbosity_level": 0},
        {"@type": "setLogStream", "log_stream": {"@type": "logStreamEmpty"}},
    ):
        tdjson.td_execute(orjson.dumps(silence))
    return tdjson


def _ask(question: Json) -> Json:
    answer: Json = orjson.loads(_tdjson().td_execute(orjson.dumps(question)))
    return answer


def _entities(answer: Json) -> tuple[Entity, ...]:
    read = (_entity(entity) for entity in answer["entities"])
    return tuple(entity for entity in read if entity)


def _entity(given: Json) -> Entity | None:
    detail = given["type"]
    kind = _KINDS.get(detail["@type"].removeprefix("textEntityType"))
    if kind is None:
        return None
    return Entity(
        kind=kind,
        offset=given["offset"],
        length=given["length"],
        url=detail.get("url"),
        language=detail.get("language"),
        user_id=detail.get("user_id"),
        custom_emoji_id=detail.get("custom_emoji_id"),
    )

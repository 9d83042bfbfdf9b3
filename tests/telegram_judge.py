"""TDLib, the very parser of Telegram's servers, as the judge of our messages. Offline, without login."""

import json
import re
from typing import Any, cast

import tdjson

from bot.messages import Message
from bot.messages.limits import size
from bot.messages.markup import Kind, Marked, parse

_NAMES = {
    Kind.BOLD: "Bold",
    Kind.ITALIC: "Italic",
    Kind.UNDERLINE: "Underline",
    Kind.STRIKE: "Strikethrough",
    Kind.SPOILER: "Spoiler",
    Kind.CODE: "Code",
    Kind.PRE: "Pre",
    Kind.LINK: "TextUrl",
    Kind.QUOTE: "BlockQuote",
    Kind.FOLDED: "ExpandableBlockQuote",
}

_NEVER_SPLIT = (Kind.LINK, Kind.CODE, Kind.PRE, Kind.QUOTE, Kind.FOLDED)

Found = tuple[str, int, int, str]
"""An entity as Telegram counts: type, offset and length in UTF-16 units, url."""


def execute(request: str, **fields: object) -> dict[str, Any]:
    """TDLib's answer to a request that needs no login."""
    answer = tdjson.td_execute(json.dumps({"@type": request, **fields}).encode())
    return cast("dict[str, Any]", json.loads(answer or b"{}"))


execute("setLogVerbosityLevel", new_verbosity_level=0)


def telegram_parse(html: str) -> dict[str, Any]:
    """What Telegram makes of the HTML: a formattedText or an error."""
    return execute("parseTextEntities", text=html, parse_mode={"@type": "textParseModeHTML"})


def detected(text: str) -> int:
    """How many entities Telegram finds by itself in a text."""
    return len(execute("getTextEntities", text=text)["entities"])


def settled(formatted: dict[str, Any]) -> dict[str, Any]:
    """The text as Telegram stores it, after it has split, merged and dropped entities that overlap.

    No offline request does only that; parsing Markdown ends with it, so what would be Markdown is blanked.
    """
    blanked = re.sub(r"[\[\]()*_~`|]", "x", formatted["text"])
    return execute("parseMarkdown", text={**formatted, "text": blanked})


def judge(message: Message) -> None:
    """Fails where Telegram would refuse the message, change it, or read it otherwise than we do."""
    judge_html(message.html)
    marked = parse(message.html).strip()
    assert len(marked) <= 4096
    theirs = telegram_parse(message.html)
    kept = settled(theirs)
    for kind in _NEVER_SPLIT:
        assert _covered(theirs, kind) == _covered(kept, kind)
    assert len(kept["entities"]) + detected(theirs["text"]) <= size(marked).entities
    assert len(message.html.encode()) <= 32_768


def judge_html(html: str) -> None:
    """Fails where Telegram reads the HTML otherwise than :func:`bot.messages.markup.parse`."""
    theirs = telegram_parse(html)
    assert theirs["@type"] == "formattedText", theirs.get("message")
    ours = parse(html)
    assert theirs["text"] == ours.text
    assert sorted(map(_found, theirs["entities"])) == _expected(ours)
    assert len(theirs["entities"]) + detected(theirs["text"]) <= 100
    assert _size(theirs["entities"]) <= 9500


def _covered(formatted: dict[str, Any], kind: Kind) -> set[int]:
    spans = [_found(entity) for entity in formatted["entities"]]
    return {
        at for name, start, length, _ in spans if name == _NAMES[kind] for at in range(start, start + length)
    }


def _found(entity: dict[str, Any]) -> Found:
    kind = entity["type"]
    name = kind["@type"].removeprefix("textEntityType")
    return name, entity["offset"], entity["length"], kind.get("url", "")


def _expected(marked: Marked) -> list[Found]:
    found = []
    for entity in marked.entities:
        start, stop = _units(marked.text[: entity.start]), _units(marked.text[: entity.stop])
        found.append((_NAMES[entity.kind], start, stop - start, _normal(entity.url)))
    return sorted(found)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _normal(url: str) -> str:
    """The address as Telegram keeps it."""
    if not url:
        return ""
    href = url.replace("&", "&amp;").replace('"', "&quot;")
    return str(telegram_parse(f'<a href="{href}">x</a>')["entities"][0]["type"]["url"])


def _size(entities: list[dict[str, Any]]) -> int:
    return sum(12 + len(entity["type"].get("url", "").encode()) for entity in entities)

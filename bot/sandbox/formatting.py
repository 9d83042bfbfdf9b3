"""From the text in a request to the text in a chat, in the order of Telegram's server.

====== =========================================== ==========================
step   what                                        refusal
====== =========================================== ==========================
read   at most 32,768 bytes                        text is too long
       parsed by TDLib                             can't parse entities: …
finish control characters become spaces; trimmed
       4096 code points (captions 1024)            message is too long
       links and hashtags found; 100 entities kept (the rest vanishes)
       the entities' size                          ENTITIES_TOO_LONG
====== =========================================== ==========================

Whether there may be no text at all is the method's own question, before ``read`` and after ``finish``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.sandbox import tdlib
from bot.sandbox.errors import bad_request
from bot.sandbox.limits import Limits
from bot.sandbox.state import Entity

_REMEMBERED = 256  # texts: an issue goes to many chats
_REMOVED = re.compile("[\r\u2028-\u202e]")
_BLANKED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_QUOTES = {"blockquote", "expandable_blockquote"}
_MERGED = {"bold", "italic", "underline", "strikethrough", "spoiler"}
# nothing is recognised inside these
_OPAQUE = {"text_link", "text_mention", "code", "pre", "custom_emoji"}
_OUTERMOST = ("blockquote", "expandable_blockquote", "text_link", "text_mention")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # quickly found in the cache of ``finish``
class Formatted:
    """A text with its entities; ``source`` is how it was written in the request. Equal only to itself."""

    text: str
    entities: tuple[Entity, ...]
    source: str


@lru_cache(maxsize=_REMEMBERED)
def read(source: str, *, parse_mode: str, entities: tuple[Entity, ...], limits: Limits) -> Formatted:
    """The first step: what the markup says. ``entities`` count if there is no parse mode."""
    if len(source.encode("utf-8", "replace")) > limits.raw_bytes:
        raise bad_request("text is too long")
    if not parse_mode:
        return Formatted(text=source, entities=entities, source=source)
    text, parsed = tdlib.parse(source, parse_mode)
    return Formatted(text=text, entities=parsed, source=source)


@lru_cache(maxsize=_REMEMBERED)
def finish(given: Formatted, *, longest: int, limits: Limits) -> Formatted:
    """The second step: what stands in the chat, which may be nothing."""
    text, entities = _trimmed(*_cleaned(given.text, given.entities))
    if len(text) > longest:
        what = "message caption" if longest == limits.caption else "message"
        raise bad_request(f"{what} is too long")
    kept = _with_detected(text, _tidied(text, entities))[: limits.entities]
    if sum(_size(entity) for entity in kept) > limits.entity_bytes:
        raise bad_request("ENTITIES_TOO_LONG")
    return replace(given, text=text, entities=kept)


def utf16(text: str) -> int:
    """The length of a text in the unit of entity offsets."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cleaned(text: str, entities: tuple[Entity, ...]) -> tuple[str, tuple[Entity, ...]]:
    text = _BLANKED.sub(" ", text)
    gone = [utf16(text[: found.start()]) for found in _REMOVED.finditer(text)]
    if not gone:
        return text, entities

    def moved(at: int) -> int:
        return at - sum(position < at for position in gone)

    return _REMOVED.sub("", text), tuple(_between(e, moved(e.offset), moved(e.end)) for e in entities)


def _trimmed(text: str, entities: tuple[Entity, ...]) -> tuple[str, tuple[Entity, ...]]:
    body = text.rstrip(" \n")
    end = utf16(body)
    lead = min([len(body) - len(body.lstrip(" \n")), *(entity.offset for entity in entities)])
    shifted = (_between(e, e.offset - lead, min(e.end, end) - lead) for e in entities)
    return body[lead:], tuple(entity for entity in shifted if entity.length > 0)


def _tidied(text: str, entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Without blank entities and inner quotes, neighbours of one kind joined; in Telegram's order."""
    units = text.encode("utf-16-le", "surrogatepass")
    kept: list[Entity] = []
    latest: dict[str, int] = {}
    quoted_to = 0
    for entity in sorted(entities, key=_order):
        before = latest.get(entity.kind)
        if not units[entity.offset * 2 : entity.end * 2].decode("utf-16-le", "replace").strip():
            continue
        if entity.kind in _QUOTES:
            if entity.offset < quoted_to:
                continue
            quoted_to = entity.end
        if entity.kind in _MERGED and before is not None and entity.offset <= kept[before].end:
            kept[before] = _between(kept[before], kept[before].offset, max(kept[before].end, entity.end))
            continue
        latest[entity.kind] = len(kept)
        kept.append(entity)
    return tuple(kept)


def _with_detected(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    taken = bytearray(utf16(text))
    for entity in entities:
        if entity.kind in _OPAQUE:
            taken[entity.offset : entity.end] = b"\1" * entity.length
    found = (entity for entity in tdlib.detect(text) if 1 not in taken[entity.offset : entity.end])
    return tuple(sorted((*entities, *found), key=_order))


def _order(entity: Entity) -> tuple[int, int, bool]:
    return entity.offset, -entity.length, entity.kind not in _OUTERMOST


def _between(entity: Entity, start: int, end: int) -> Entity:
    if (entity.offset, entity.end) == (start, end):
        return entity
    return replace(entity, offset=start, length=end - start)


def _size(entity: Entity) -> int:
    """Its bytes on Telegram's wire: type, offset and length, and the strings padded to words of four."""
    strings = (entity.url, entity.language)
    return 12 + sum((len(value.encode()) + 7) // 4 * 4 for value in strings if value is not None)

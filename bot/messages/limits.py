"""Telegram's budgets for one message, and how much of each a text takes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.messages.markup import Entity, Kind, Marked, escape

# What Telegram finds by itself and counts as entities: hashtags, cashtags, mentions, commands,
# addresses, card numbers, time marks. Rather one too many than one too few.
_DETECTED = re.compile(
    r"""[#@$/:.0-9](?:
          (?<=[#@$])(?=[\w·\u200c\U00010000-\U0010ffff])  # Telegram may know letters that Python does not
        | (?<=/)(?<!\w/)(?=\w)
        | (?<=:)(?=//)
        | (?<=[^\s.]\.)(?=[^\W\d_]{2})
        | (?<=[0-9])(?::(?=[0-9]{2})|[0-9]*\.[0-9]+\.[0-9]+\.[0-9]+|(?:[ -]{0,31}[0-9]){12,})
    )""",
    re.VERBOSE,
)
_ESCAPED = tuple((char, len(escape(char)) - 1) for char in '&<>"')
_PLAIN_BYTES = 12  # an entity in Telegram's own encoding: type, offset, length


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What a text takes of each budget, or what there is of it.

    ``length`` counts code points of the parsed text, ``entities`` includes those Telegram will
    detect, ``entity_bytes`` is their size in its encoding, ``raw_bytes`` the HTML as UTF-8.
    """

    length: int = 0
    entities: int = 0
    entity_bytes: int = 0
    raw_bytes: int = 0

    def __add__(self, other: "Size") -> "Size":
        return Size(
            length=self.length + other.length,
            entities=self.entities + other.entities,
            entity_bytes=self.entity_bytes + other.entity_bytes,
            raw_bytes=self.raw_bytes + other.raw_bytes,
        )

    def __sub__(self, other: "Size") -> "Size":
        return Size(
            length=self.length - other.length,
            entities=self.entities - other.entities,
            entity_bytes=self.entity_bytes - other.entity_bytes,
            raw_bytes=self.raw_bytes - other.raw_bytes,
        )

    def fits(self, room: "Size") -> bool:
        """Whether no budget is exceeded."""
        return (
            self.length <= room.length
            and self.entities <= room.entities
            and self.entity_bytes <= room.entity_bytes
            and self.raw_bytes <= room.raw_bytes
        )


#: One message: 4096 and 32,768 are Telegram's own; of its 100 entities and about 9,500 bytes some stay spare.
MESSAGE = Size(length=4096, entities=90, entity_bytes=9000, raw_bytes=32_768)

MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 8
MAX_CALLBACK_BYTES = 64
MAX_KEYBOARD_BYTES = 10_000


def size(marked: Marked) -> Size:
    """What a text takes of each budget; sizes of parts add up to that of the whole."""
    detected = len(_DETECTED.findall(marked.text))
    urls = sum(_string_bytes(entity.url) for entity in marked.entities if entity.url)
    count = _segments(marked.entities) + detected
    return Size(
        length=len(marked.text),
        entities=count,
        entity_bytes=count * _PLAIN_BYTES + urls,
        raw_bytes=_html_bytes(marked),
    )


def _segments(entities: tuple[Entity, ...]) -> int:
    """How many Telegram makes of them: it splits a style where another entity in it begins or ends."""
    count = len(entities)
    if count < 2:  # it takes two to stand in each other
        return count
    for index, outer in enumerate(entities):
        if outer.kind in (Kind.QUOTE, Kind.FOLDED):
            continue
        edges = {edge for entity in _inside(entities, index) for edge in (entity.start, entity.stop)}
        count += len(edges - {outer.start, outer.stop})
    return count


def _inside(entities: tuple[Entity, ...], index: int) -> Iterator[Entity]:
    """Those that opened later and stand in the one at ``index``."""
    for later in range(index + 1, len(entities)):
        if not entities[index].encloses(entities[later]):
            return
        yield entities[later]


def _html_bytes(marked: Marked) -> int:
    """How long the text is as HTML in UTF-8, without making it."""
    tags = sum(len(entity.opening.encode()) + len(entity.closing) for entity in marked.entities)
    escapes = sum(marked.text.count(char) * more for char, more in _ESCAPED)
    return tags + len(marked.text.encode()) + escapes


def _string_bytes(text: str) -> int:
    """A string in Telegram's encoding: a length of one byte or four, padded to a multiple of four."""
    bare = len(text.encode()) + 1  # one for the slash that Telegram adds to a bare host
    return (bare + (1 if bare < 254 else 4) + 3) // 4 * 4

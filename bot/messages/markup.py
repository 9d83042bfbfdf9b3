"""Text with entities, and the one place where it becomes Telegram's HTML or comes from it.

``parse(html)`` reads what Telegram's own parser reads, only stricter: what that
would drop or change without a word (a comment, an attribute it ignores, a quote
in a quote, anything inside code) is an :class:`InvalidMessage` here. Offsets are
code points, the unit of Telegram's length limits; Telegram's own entity offsets
are UTF-16 units.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import InvalidMessage
from bot.messages.links import accepted


class Kind(StrEnum):
    """What an entity does to its text; the value is the tag that opens it."""

    BOLD = "b"
    ITALIC = "i"
    UNDERLINE = "u"
    STRIKE = "s"
    SPOILER = "tg-spoiler"
    CODE = "code"
    PRE = "pre"
    LINK = "a"
    QUOTE = "blockquote"
    FOLDED = "blockquote expandable"


_ALIASES = {"strong": "b", "em": "i", "ins": "u", "strike": "s", "del": "s"}
_KINDS = {kind.value: kind for kind in Kind if kind is not Kind.LINK}
_TAGS = {kind: (f"<{kind.value}>", f"</{kind.value.partition(' ')[0]}>") for kind in Kind}
_VERBATIM = frozenset({Kind.CODE, Kind.PRE})
_QUOTES = frozenset({Kind.QUOTE, Kind.FOLDED})
_REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_TOKEN = re.compile(r"<(?P<tag>[^<>]*)>|&(?P<reference>#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]+);?|<")
_ANCHOR = re.compile(r'a\s+href="([^"]*)"')
_REFUSED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
# The three marks in front stand above and below characters; Telegram takes them off.
_GONE = re.compile("[\u030a\u0333\u033f\r\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """Without what Telegram drops or refuses: control characters, direction overrides and the like.

    Tabs become spaces.
    """
    return _REFUSED.sub(" ", _GONE.sub("", text))


def escape(text: str) -> str:
    """Text as it stands in HTML, between tags or in a quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@dataclass(frozen=True, slots=True)
class Entity:
    """``kind`` from ``start`` up to ``stop``, in code points; ``url`` only of a link."""

    kind: Kind
    start: int
    stop: int
    url: str = ""

    @property
    def opening(self) -> str:
        """The start tag."""
        return f'<a href="{escape(self.url)}">' if self.kind is Kind.LINK else _TAGS[self.kind][0]

    @property
    def closing(self) -> str:
        """The end tag."""
        return _TAGS[self.kind][1]

    def encloses(self, later: "Entity") -> bool:
        """Whether an entity that opened later is inside this one."""
        return later.start < self.stop

    def moved(self, by: int) -> "Entity":
        """The same entity further on."""
        return Entity(self.kind, self.start + by, self.stop + by, self.url)

    def ending(self, stop: int) -> "Entity":
        """The same entity with its end."""
        return Entity(self.kind, self.start, stop, self.url)


@dataclass(frozen=True, slots=True)
class Marked:
    """Text with entities that nest properly, none empty, in the order they open (outer first)."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, stop: int | None = None) -> "Marked":
        """The part from ``start`` up to ``stop``; an entity that reaches beyond is shortened."""
        end = len(self.text) if stop is None else min(stop, len(self.text))
        if start == 0 and end == len(self.text):
            return self
        return Marked(self.text[start:end], between(self.entities, start, end))

    def strip(self, chars: str = " \n") -> "Marked":
        """Without the characters at either end; Telegram trims spaces and line breaks."""
        lead = len(self.text) - len(self.text.lstrip(chars))
        return self.cut(lead, max(lead, len(self.text.rstrip(chars))))

    def within(self, kind: Kind) -> "Marked":
        """All of it in one more entity, outside the others; blank text stays as it is."""
        if not visible(self.text):
            return self
        return Marked(self.text, (Entity(kind, 0, len(self.text)), *self.entities))

    def html(self, tags: Mapping[Kind, tuple[str, str]] | None = None) -> str:
        """Telegram's HTML; ``tags`` replaces the start and end tag of some kinds."""
        given = tags or {}
        out: list[str] = []
        at = 0
        stack: list[Entity] = []
        for entity in (*self.entities, Entity(Kind.BOLD, len(self.text), len(self.text))):
            while stack and stack[-1].stop <= entity.start:
                last = stack.pop()
                out += (escape(self.text[at : last.stop]), given.get(last.kind, ("", last.closing))[1])
                at = last.stop
            out.append(escape(self.text[at : entity.start]))
            at = entity.start
            if entity.stop > entity.start:
                out.append(given[entity.kind][0] if entity.kind in given else entity.opening)
                stack.append(entity)
        return "".join(out)


def between(entities: Iterable[Entity], start: int, stop: int) -> tuple[Entity, ...]:
    """What of the entities stands between two places, as counted from the first of these."""
    return tuple(
        Entity(entity.kind, max(entity.start, start) - start, min(entity.stop, stop) - start, entity.url)
        for entity in entities
        if entity.start < stop and entity.stop > start
    )


def join(separator: str, parts: Iterable[Marked]) -> Marked:
    """The parts in a row with plain text between them."""
    texts: list[str] = []
    entities: list[Entity] = []
    at = 0
    for part in parts:
        at += len(separator) if texts else 0
        entities += (entity.moved(at) for entity in part.entities) if at else part.entities
        texts.append(part.text)
        at += len(part.text)
    return Marked(separator.join(texts), tuple(entities))


def visible(text: str) -> bool:
    """Whether a reader sees anything: Telegram calls a text of blanks empty and drops blank entities."""
    return any(char.isprintable() and not char.isspace() and char not in _BLANK for char in text)


_BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def parse(html: str) -> Marked:
    """Telegram's HTML as text and entities, untrimmed; InvalidMessage where Telegram would balk."""
    _refuse_controls(html)
    reader = _Reader()
    at = 0
    for token in _TOKEN.finditer(html):
        start, end = token.span()
        if start > at:
            reader.text(html[at:start])
        at = end
        if tag := token["tag"]:
            reader.tag(tag)
        elif token["reference"]:
            reader.text(_refuse_controls(_dereference(token)))
        else:
            raise InvalidMessage(f"a bare '<' in the text: {html[start:][:40]!r}")
    reader.text(html[at:])
    return reader.result()


def _refuse_controls(text: str) -> str:
    if found := _REFUSED.search(text):
        raise InvalidMessage(f"a control character U+{ord(found[0]):04X} in the text")
    return text


def _dereference(token: re.Match[str]) -> str:
    name = token["reference"]
    if not name.startswith("#"):
        return _REFERENCES.get(name, token[0])
    code = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    return chr(code) if 0 < code < 0x10FFFF else token[0]


class _Reader:
    """The state of :func:`parse`: text so far, and the entities by the order they opened."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._length = 0
        self._entities: list[Entity] = []
        self._open: list[int] = []

    def text(self, text: str) -> None:
        self._texts.append(text)
        self._length += len(text)

    def tag(self, tag: str) -> None:
        if tag.startswith("/"):
            self._close(tag[1:].strip().lower())
        else:
            self._begin(_entity(tag, self._length))

    def _begin(self, entity: Entity) -> None:
        if self._open:
            self._check_nesting(entity, {self._entities[index].kind for index in self._open})
        self._open.append(len(self._entities))
        self._entities.append(entity)

    def _check_nesting(self, entity: Entity, around: set[Kind]) -> None:
        if around & _VERBATIM:
            raise InvalidMessage(f"<{entity.kind}> inside code: Telegram drops it")
        if entity.kind in _QUOTES and around & _QUOTES:
            raise InvalidMessage("a quote inside a quote: Telegram drops the inner one")
        if Kind.LINK in around and entity.kind in _VERBATIM | _QUOTES | {Kind.LINK}:
            raise InvalidMessage(f"<{entity.kind}> inside a link: Telegram drops one of them")

    def _close(self, name: str) -> None:
        if not self._open:
            raise InvalidMessage(f"</{name}> closes nothing")
        index = self._open.pop()
        entity = self._entities[index]
        if entity.closing != f"</{_ALIASES.get(name, name)}>":
            raise InvalidMessage(f"</{name}> where {entity.closing} is due")
        self._entities[index] = entity.ending(self._length)

    def result(self) -> Marked:
        if self._open:
            raise InvalidMessage(f"{self._entities[self._open[-1]].opening} is never closed")
        kept = tuple(entity for entity in self._entities if entity.stop > entity.start)
        return Marked("".join(self._texts), kept)


def _entity(tag: str, start: int) -> Entity:
    if kind := _KINDS.get(tag):
        return Entity(kind, start, start)
    if anchor := _ANCHOR.fullmatch(tag):
        url = _TOKEN.sub(_dereference, anchor[1])
        if accepted(url) != url:
            raise InvalidMessage(f"a link that Telegram drops: {url[:80]!r}")
        return Entity(Kind.LINK, start, start, url)
    name = " ".join(tag.lower().split())
    kind = _KINDS.get(_ALIASES.get(name, name))
    if kind is None:
        raise InvalidMessage(f"<{tag[:40]}> is not a tag that Telegram knows")
    return Entity(kind, start, start)

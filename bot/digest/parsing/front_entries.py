"""The entries of a front matter, YAML or TOML: one that cannot be read costs itself alone."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import yaml

from bot.digest.parsing.notes import Notes

#: ``key:`` at the margin, quoted or not; a web address is none.
_YAML_KEY = re.compile(r"""(?P<key>[A-Za-z_][\w .-]{0,40}?|"[^"\n]{1,40}"|'[^'\n]{1,40}')\s*:(?:[ \t]+|$)""")
_TOML_KEY = re.compile(r"""(?P<key>[\w.-]{1,40}|"[^"\n]{1,40}")\s*=|\[""")
#: A key whose blank behind the colon was forgotten, or whose colon is full width; a web address is none.
_GLUED = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,30})(?:[ \t]*：[ \t]*|:(?=[^\s/]))")
#: A key in another script than Latin, which is none of YAML without a known one.
_WORDED = re.compile(r"(?P<key>[^\W\dA-Za-z_][\w ]{0,20}?)[ \t]*(?:：[ \t]*|:(?:[ \t]+|$|(?=[^\s/])))")
#: What goes on with the entry above it, or says nothing.
_FURTHER = re.compile(r"\s|#|-(?:\s|$)|[\]}]|$")
_WORD = re.compile(r"\s*(?P<word>[A-Za-z_][\w-]*)")
#: What opens a value of YAML that may go on in further lines, and what closes it.
_OPENED = {"[": "]", "{": "}", '"': '"', "'": "'"}
_BLOCKS = ("|", ">", "&", "!")
#: What is a reference in YAML and a character in a title, and what is a comment in it and an issue's number.
_REFERENCE = re.compile(r"[&*][^\[{]*$")
_NUMBER = re.compile(r"[^\s\"'\[{|>&*!#][^#]*\s#\d")
_LONG_QUOTES = ('"""', "'''")
_QUOTES = ('"', "'")

#: A line of YAML in which nothing means anything else.
_PLAIN = re.compile(r"(?P<key>[A-Za-z_][\w-]*): +(?P<value>[^\W_](?:[\w /.,()+-]*[\w).+])?)")

_MOST_LOADED = 10_000  # characters that a parser is given at once; front matter has some hundred
_DEEPEST = 50  # brackets inside brackets
_BRACKET = re.compile(r"[\[\]{}]")
Values = dict[str, Any]
#: A key may be there twice.
Pairs = list[tuple[str, Any]]


def spaced(lines: Sequence[str], known: Collection[str]) -> Sequence[str]:
    """The lines, each ``Key:value`` and ``键：值`` as YAML has it, if one of their keys is ``known``."""
    found = [_GLUED.match(line) or _WORDED.match(line) for line in lines]
    keys = (one or _YAML_KEY.match(line) for one, line in zip(found, lines, strict=True))
    if not any(one and one["key"].casefold() in known for one in keys):
        return lines
    return [
        f"{_as_key(one['key'])}: {line[one.end() :]}" if one else line
        for one, line in zip(found, lines, strict=True)
    ]


def _as_key(key: str) -> str:
    return key if key.isascii() else f'"{key}"'


def is_yaml(lines: Sequence[str]) -> bool:
    """Whether lines between two rules are YAML: keys begin, and most lines at the margin have one."""
    at_margin = [line for line in lines if not _FURTHER.match(line)]
    keyed = [line for line in at_margin if _YAML_KEY.match(line)]
    return bool(keyed) and len(keyed) * 2 >= len(at_margin)


def is_toml(lines: Sequence[str]) -> bool:
    """Whether lines between two ``+++`` are TOML."""
    return any(_TOML_KEY.match(line) for line in lines)


def read_yaml(lines: Sequence[str], notes: Notes, first: int) -> Pairs:
    """The keys and their values as text, as written; ``first`` is the number of their first line."""
    return _read(lines, _YAML_KEY, notes, first)


def read_toml(lines: Sequence[str], notes: Notes, first: int) -> Pairs:
    """The keys with their values; ``first`` is the number of their first line."""
    return _read(lines, _TOML_KEY, notes, first)


def _read(lines: Sequence[str], key: re.Pattern[str], notes: Notes, first: int) -> Pairs:
    entries = list(_entries(lines, key))
    by_entry = _repeats(entries, key) or (key is _YAML_KEY and any(map(_means_text, entries)))
    values = None if by_entry else _loaded(lines, key)
    if values is not None:
        return list(values.items())
    pairs: Pairs = []
    for place, entry in entries:
        found = None if _means_text((place, entry)) else _loaded([entry[0].lstrip(), *entry[1:]], key)
        text, whole = (found, True) if found is not None else _as_meant(entry, key)
        if not whole:
            notes.add("front-matter", first + place, about=entry[0].strip()[:40])
        pairs += text.items()
    return pairs


def _repeats(entries: Sequence[tuple[int, Sequence[str]]], key: re.Pattern[str]) -> bool:
    """Whether a key is there twice, of which the parsers tell the last or nothing."""
    found = (key.match(entry[0]) for _, entry in entries)
    names = [one["key"].strip("\"'") for one in found if one and one["key"]]
    return len(set(names)) < len(names)


def _loaded(lines: Sequence[str], key: re.Pattern[str]) -> Values | None:
    """What the lines say by the rules of their format; None where they break them, or are too many.

    The parsers take minutes for what no person writes, such as a key of a thousand parts.
    """
    source = "\n".join(lines)
    if len(source) > _MOST_LOADED or _is_deep(source):
        return None
    if key is _YAML_KEY and all(
        map(_PLAIN.fullmatch, lines)
    ):  # its parser takes longer than an issue's title
        return {found["key"]: found["value"] for line in lines if (found := _PLAIN.fullmatch(line))}
    load = _yaml if key is _YAML_KEY else tomllib.loads
    try:
        return dict(load(source))
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _is_deep(source: str) -> bool:
    """Whether more brackets are open than a person opens: YAML's parser looks at all for each mark."""
    depth = 0
    for found in _BRACKET.finditer(source):
        depth = depth + 1 if found[0] in "[{" else max(depth - 1, 0)
        if depth > _DEEPEST:
            return True
    return False


def _means_text(placed: tuple[int, Sequence[str]]) -> bool:
    """Whether YAML takes an entry for what its editor did not mean: a reference, a comment, a part."""
    _, entry = placed
    value = _value(entry[0], _YAML_KEY)
    return entry[0][:1].isspace() or (
        len(entry) == 1 and (_REFERENCE.match(value) or _NUMBER.match(value)) is not None
    )


def _value(line: str, key: re.Pattern[str]) -> str:
    found = key.match(line)
    return line[found.end() :].strip() if found else ""


def _entries(lines: Sequence[str], key: re.Pattern[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Each key with the lines that belong to it, a table with its keys; what has no key stands alone."""
    keys = {found["key"].casefold() for line in lines if (found := key.match(line)) and found["key"]}
    entry: list[str] = []
    first = 0
    for place, line in enumerate(lines):
        if not entry or not _belongs(line, entry[0], key, keys):
            if any(map(str.strip, entry)):
                yield first, entry
            entry, first = [], place
        entry.append(line)
    if any(map(str.strip, entry)):
        yield first, entry


def _belongs(line: str, above: str, key: re.Pattern[str], keys: Collection[str]) -> bool:
    """Whether a line goes on with the entry whose first line stands above."""
    if not line.strip() or line.startswith("#"):
        return True
    if key is _TOML_KEY and above.startswith("["):  # a table
        return not line.startswith("[")
    value = _value(above, key)
    if not value or value[0] in _BLOCKS or _is_open(value):
        further = _FURTHER.match(line) is not None or value.startswith(_LONG_QUOTES)
        return further and key.match(above) is not None
    word = _WORD.match(line)
    named = word is not None and word["word"].casefold() in keys
    return line[0].isspace() and not named and not key.match(line.lstrip())


def _is_open(value: str) -> bool:
    mark = value[:3] if value.startswith(_LONG_QUOTES) else value[0]
    closing = _OPENED.get(mark, mark if len(mark) > 1 else None)
    return closing is not None and closing not in value[len(mark) :]


def _as_meant(entry: Sequence[str], key: re.Pattern[str]) -> tuple[Values, bool]:
    """What stands behind the key of an entry that breaks the rules, and whether nothing is amiss.

    ``title: one: two`` is text that YAML refuses; ``title: "one`` was left open.
    """
    found = key.match(entry[0].lstrip())
    value = entry[0].lstrip()[found.end() :].strip() if found else ""
    alone = bool(value) and not any(map(str.strip, entry[1:]))
    if found is None or not found["key"] or not alone or (value[0] in "&*" and not _REFERENCE.match(value)):
        return {}, False
    quoted = key is _TOML_KEY or _is_open(value)
    text = value.strip("\"'") if quoted and value[0] in _QUOTES else value
    return {found["key"].strip("\"'"): text}, key is _YAML_KEY and not _is_open(value)


class _PlainLoader(yaml.BaseLoader):
    """YAML whose values are text as written, and without aliases: a few bytes can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read here")
        return super().compose_node(parent, index)


def _yaml(source: str) -> Mapping[str, Any]:
    found = yaml.load(source, Loader=_PlainLoader)  # noqa: S506  # BaseLoader makes nothing but text
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise yaml.YAMLError("no keys")
    return {str(key): value for key, value in found.items()}

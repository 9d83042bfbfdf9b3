"""The entries of a front matter, YAML or TOML: one that cannot be read costs itself alone."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from bot.digest.parsing.notes import Notes

#: ``key:`` at the margin, quoted or not; a web address is none.
_YAML_KEY = re.compile(r"""(?P<key>[A-Za-z_][\w .-]{0,40}?|"[^"\n]{1,40}"|'[^'\n]{1,40}')\s*:(?:[ \t]+|$)""")
_TOML_KEY = re.compile(r"""(?P<key>[\w.-]{1,40}|"[^"\n]{1,40}")\s*=|\[""")
#: What goes on with the entry above it, or says nothing.
_FURTHER = re.compile(r"\s|#|-(?:\s|$)|[\]}]|$")
#: What opens a value of YAML that is more than a line of text, and what closes it.
_OPENED = {"[": "]", "{": "}", '"': '"', "'": "'", "&": None, "*": None, "!": None, "|": None, ">": None}

Values = dict[str, Any]


def is_yaml(lines: Sequence[str]) -> bool:
    """Whether lines between two rules are YAML: keys begin, and most lines at the margin have one."""
    at_margin = [line for line in lines if not _FURTHER.match(line)]
    keyed = [line for line in at_margin if _YAML_KEY.match(line)]
    return bool(keyed) and len(keyed) * 2 >= len(at_margin)


def is_toml(lines: Sequence[str]) -> bool:
    """Whether lines between two ``+++`` are TOML."""
    return any(_TOML_KEY.match(line) for line in lines)


def read_yaml(lines: Sequence[str], notes: Notes) -> Values:
    """The values as text, as written; the first line stands below the mark."""
    return _read(lines, _YAML_KEY, _yaml, notes)


def read_toml(lines: Sequence[str], notes: Notes) -> Values:
    """The values; the first line stands below the mark."""
    return _read(lines, _TOML_KEY, tomllib.loads, notes)


def _read(
    lines: Sequence[str], key: re.Pattern[str], load: Callable[[str], Mapping[str, Any]], notes: Notes
) -> Values:
    try:
        return dict(load("\n".join(lines)))
    except (yaml.YAMLError, ValueError, RecursionError):
        pass
    values: Values = {}
    for first, entry in _entries(lines, key):
        try:
            values |= load("\n".join(entry))
        except (yaml.YAMLError, ValueError, RecursionError):
            text = _as_meant(entry) if key is _YAML_KEY else None
            if text is None:
                notes.add("front-matter", first + 2, about=entry[0][:40])
            else:
                values |= text
    return values


def _entries(lines: Sequence[str], key: re.Pattern[str]) -> Iterator[tuple[int, list[str]]]:
    """Each key with the lines that belong to it, a table with its keys; what has no key stands alone."""
    entry: list[str] = []
    first = 0
    for place, line in enumerate(lines):
        in_table = bool(entry) and key is _TOML_KEY and entry[0].startswith("[") and not line.startswith("[")
        if not entry or not (in_table or _FURTHER.match(line)):
            if any(map(str.strip, entry)):
                yield first, entry
            entry, first = [], place
        entry.append(line)
    if any(map(str.strip, entry)):
        yield first, entry


def _as_meant(entry: Sequence[str]) -> Values | None:
    """``title: one: two``, which YAML refuses, as the text it is; None where something was left open."""
    found = _YAML_KEY.match(entry[0])
    value = entry[0][found.end() :].strip() if found else ""
    if found is None or not value or any(map(str.strip, entry[1:])):
        return None
    closing = _OPENED.get(value[0], "")
    if closing is None or closing not in value[1:]:
        return None
    return {found["key"].strip("\"'"): value}


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

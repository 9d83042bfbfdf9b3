"""Configuration files written for people to go on with."""

from collections.abc import Iterator, Mapping
from textwrap import indent, wrap
from typing import Any

import yaml

_WIDEST = 110
_STEP = "  "


def as_yaml(values: Mapping[str, Any], *, head: str, comments: Mapping[str, str]) -> str:
    """The values as YAML, each key below its comment; ``head`` stands above all, its lines as they are.

    ``comments`` are by key, by ``section.key`` for a key in a section.
    """
    above = "".join(f"# {line}".rstrip() + "\n" for line in head.splitlines())
    return "\n".join((above, *_parts(values, comments)))


def _parts(values: Mapping[str, Any], comments: Mapping[str, str], section: str = "") -> Iterator[str]:
    for key, value in values.items():
        name = f"{section}{key}"
        comment = "".join(f"# {line}\n" for line in wrap(comments.get(name, ""), _WIDEST - 2 - len(_STEP)))
        if isinstance(value, Mapping) and any(one.startswith(f"{name}.") for one in comments):
            inside = "".join(_parts(value, comments, f"{name}."))
            yield f"{comment}{key}:\n{indent(inside, _STEP)}"
        else:
            yield comment + _dumped(key, value)


def _dumped(key: str, value: Any) -> str:
    return yaml.safe_dump(
        {key: value},
        allow_unicode=True,
        sort_keys=False,
        width=_WIDEST,
        # Lists and pairs at the end of a branch stand on one line; a single value has no branches.
        default_flow_style=None if isinstance(value, dict | list) else False,
    )

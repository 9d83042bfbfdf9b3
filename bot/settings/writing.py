"""Configuration files written for people to go on with."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

_WIDEST = 110


def as_yaml(values: Mapping[str, Any], *, head: str, comments: Mapping[str, str]) -> str:
    """The values as YAML, each key below its comment; ``head`` stands above all."""
    return "\n".join((*_commented(head), "", *_parts(values, comments)))


def _parts(values: Mapping[str, Any], comments: Mapping[str, str]) -> Iterator[str]:
    for key, value in values.items():
        if key in comments:
            yield from _commented(comments[key])
        yield yaml.safe_dump(
            {key: value},
            allow_unicode=True,
            sort_keys=False,
            width=_WIDEST,
            # Lists and pairs at the end of a branch stand on one line; a single value has no branches.
            default_flow_style=None if isinstance(value, dict | list) else False,
        )


def _commented(text: str) -> Iterator[str]:
    return (f"# {line}".rstrip() for line in text.splitlines())

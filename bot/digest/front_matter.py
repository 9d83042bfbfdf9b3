"""The front matter of an issue: a few plain keys, read without trust."""

from collections.abc import Mapping
from typing import Any

import yaml


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases: a few bytes of them can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read here")
        return super().compose_node(parent, index)


def read_front_matter(source: str) -> Mapping[str, Any] | None:
    """Its keys and values; empty where there is none, None where it cannot be read."""
    if not source.strip():
        return {}
    try:
        # Built on SafeLoader, so nothing but plain values comes out.
        found = yaml.load(source, Loader=_PlainLoader)  # noqa: S506  # a SafeLoader underneath
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None

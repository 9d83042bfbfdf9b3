"""What was learned of topics, written into a topics file; all else in it stays as it stands, remarks too."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from bot.digest.topics.probability import Fitted
from bot.errors import BadInput

_KEY = "fitted"


class _Lines(NamedTuple):
    """Where a topic's learned weights stand or would: lines ``first`` to before ``end``, so far in."""

    first: int
    end: int
    column: int


def with_weights(text: str, fitted: Mapping[str, Fitted], *, where: str) -> str:
    """The file's text with these weights, above the terms of each topic, in place of earlier ones.

    Raises BadInput, which names ``where`` it lies and the topic, for one that is written in braces.
    """
    lines = text.splitlines(keepends=True)
    places = {slug: _place(topic, where=f"{where}: topics.{slug}") for slug, topic in _topics(text)}
    for slug, place in sorted(places.items(), key=lambda one: one[1].first, reverse=True):
        new = f"{' ' * place.column}{_KEY}: {_in_braces(fitted[slug])}\n" if slug in fitted else ""
        lines[place.first : place.end] = [new] if new else lines[place.first : place.end]
    written = "".join(lines)
    _check(text, written, fitted, where=where)
    return written


def _in_braces(fitted: Fitted) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in fitted.model_dump().items()) + "}"


def _topics(text: str) -> list[tuple[str, yaml.MappingNode]]:
    top: Any = yaml.compose(text, yaml.SafeLoader)  # a mapping: the file was read as topics
    topics = next(value for key, value in top.value if key.value == "topics")
    return [(str(key.value), value) for key, value in topics.value]


def _place(topic: yaml.MappingNode, *, where: str) -> _Lines:
    if topic.flow_style:
        raise BadInput("stands in braces; give each of its keys a line of its own", where=where)
    keys = {key.value: (key.start_mark, value) for key, value in topic.value}
    terms, _ = keys["terms"]
    if _KEY not in keys:
        return _Lines(terms.line, terms.line, terms.column)
    start, value = keys[_KEY]
    return _Lines(start.line, _last_line(value) + 1, start.column)


def _last_line(node: yaml.Node) -> int:
    """A mapping by lines ends where its last value does; what YAML calls its end may lie beyond remarks."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        return _last_line(node.value[-1][1])
    return int(node.end_mark.line)


def _check(before: str, after: str, fitted: Mapping[str, Fitted], *, where: str) -> None:
    """Nothing but the weights may differ, however the file was written."""
    wanted: Any = yaml.safe_load(before)
    wanted["topics"] = {
        slug: topic | ({_KEY: fitted[slug].model_dump()} if slug in fitted else {})
        for slug, topic in wanted["topics"].items()
    }
    if yaml.safe_load(after) != wanted:
        raise BadInput("the weights cannot be written into it; take them from --format json", where=where)

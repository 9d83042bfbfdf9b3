"""JSON Schema as far as our schemas go; a keyword that is not known here is a failure, not a pass."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

Schema = Mapping[str, Any] | Literal[False]

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
#: Each keyword that says something of a value by itself.
_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "type": lambda value, kind: (
        isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))
    ),
    "enum": lambda value, values: value in values,
    "minimum": lambda value, least: value >= least,
    "exclusiveMinimum": lambda value, above: value > above,
    "exclusiveMaximum": lambda value, below: value < below,
    "maximum": lambda value, most: value <= most,
    "minLength": lambda value, least: len(value) >= least,
    "maxLength": lambda value, most: len(value) <= most,
    "pattern": lambda value, pattern: bool(re.search(pattern, value)),
    "required": lambda value, keys: all(key in value for key in keys),
}
#: What says nothing of a value, and what is looked at with what a value holds.
_SILENT = {"$schema", "$defs", "title", "description", "default", "format", "writeOnly"}
_INSIDE = {"items", "propertyNames", "properties", "patternProperties", "additionalProperties"}


def faults(value: Any, schema: Schema, root: Mapping[str, Any] | None = None, at: str = "$") -> Iterator[str]:
    """What is wrong with a value, as its place and the keyword that it breaks."""
    if schema is False:
        yield f"{at}: additionalProperties"
        return
    root = root or schema
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    if "anyOf" in schema and all(any(faults(value, one, root, at)) for one in schema["anyOf"]):
        yield f"{at}: anyOf"
    for keyword in schema.keys() - _SILENT - _INSIDE - {"$ref", "anyOf"}:
        if not _HOLDS[keyword](value, schema[keyword]):
            yield f"{at}: {keyword}"
    for inner, said, where in _inside(value, schema, at):
        yield from faults(inner, said, root, where)


def _inside(value: Any, schema: Mapping[str, Any], at: str) -> Iterator[tuple[Any, Any, str]]:
    """What a value holds, each with what is said of it and its place."""
    if isinstance(value, list) and "items" in schema:
        yield from ((one, schema["items"], f"{at}[{place}]") for place, one in enumerate(value))
    for key, one in value.items() if isinstance(value, dict) else ():
        yield key, schema.get("propertyNames", {}), f"{at}.{key}"
        patterns = schema.get("patternProperties", {}).items()
        said = [schema["properties"][key]] if key in schema.get("properties", {}) else []
        said += [what for name, what in patterns if re.search(name, key)]
        yield from ((one, what, f"{at}.{key}") for what in said or [schema.get("additionalProperties", {})])

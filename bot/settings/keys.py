"""The keys of a configuration file, as its JSON Schema says them: meaning, limits, default."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key. ``default`` is None if there is none; ``section`` says that it has keys of its own."""

    path: tuple[str, ...]
    meaning: str
    limits: str
    default: Any
    section: bool

    @property
    def name(self) -> str:
        """Its path with dots, as in ``delivery.rate``."""
        return ".".join(self.path)


def keys_of(schema: Mapping[str, Any]) -> Iterator[Key]:
    """All keys whose names are known, in order, each section before its keys."""
    return _keys(schema["properties"], schema.get("$defs", {}), (), {})


def _keys(
    properties: Mapping[str, Any], parts: Mapping[str, Any], above: tuple[str, ...], given: Mapping[str, Any]
) -> Iterator[Key]:
    for name, own in properties.items():
        target = _target(own, parts)
        path, default = (*above, name), given.get(name, own.get("default"))
        meaning = own.get("description") or target.get("description", "")
        inside = target.get("properties", {})
        yield Key(
            path=path,
            meaning=" ".join(meaning.split()),
            limits=_limits(target),
            default=_plain(default),
            section=bool(inside),
        )
        yield from _keys(inside, parts, path, default or {})


def _target(own: Mapping[str, Any], parts: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a key holds where it holds anything: behind a reference, beside null."""
    variants = [one for one in own.get("anyOf", ()) if one.get("type") != "null"]
    found: Mapping[str, Any] = variants[0] if variants else own
    return parts[found["$ref"].rsplit("/", 1)[-1]] if "$ref" in found else found


def _limits(target: Mapping[str, Any]) -> str:
    """What a value may be, in words; empty if anything of its kind will do."""
    if values := target.get("enum"):
        *others, last = map(str, values)
        return f"{', '.join(others)} or {last}"
    if target.get("type") == "boolean":
        return "true or false"
    above, least, most = (target.get(key) for key in ("exclusiveMinimum", "minimum", "maximum"))
    if above is not None:
        return f"more than {_plain(above)}" + ("" if most is None else f", at most {_plain(most)}")
    if least is not None:
        return f"at least {_plain(least)}" if most is None else f"{_plain(least)} to {_plain(most)}"
    return ""


def _plain(value: Any) -> Any:
    """A default as a person writes it: whole numbers without a point, and nothing that is null."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value

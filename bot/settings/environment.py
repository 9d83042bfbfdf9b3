"""The variables of the environment that are meant for us: ``JIANBAO_…``."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from bot.errors import BadInput

PREFIX = "JIANBAO_"
#: What bot.yml may not say: where it lies itself, and what no file that is passed around should hold.
ENVIRONMENT_ALONE = ("config", "token", "token_file")
_BETWEEN = "__"
_NEAR = 0.9  # so near that it is a slip and not somebody else's variable


def check(environment: Mapping[str, str], settings: type[BaseModel]) -> None:
    """BadInput for a variable that would do nothing: a misspelt one, or a section in place of its keys.

    Others may begin with our name too (a cluster sets ``JIANBAO_PORT`` for a service called jianbao);
    what is neither near to a setting nor has a section is left alone.
    """
    known = tuple(map(variable, _paths(settings)))
    for given in sorted(environment):
        name = given.upper()
        if not name.startswith(PREFIX) or name in known or not environment[given]:
            continue
        inside = [variable for variable in known if variable.startswith(name + _BETWEEN)]
        if inside:
            raise BadInput(f"is a section; set one of its keys, such as {inside[0]}", where=given)
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.6 if _BETWEEN in name else _NEAR)
        if near or _BETWEEN in name:
            hint = f"; did you mean {near[0]}?" if near else ""
            raise BadInput(f"no such setting{hint}", where=given)


def with_variables(
    values: Mapping[str, Any], environment: Mapping[str, str], settings: type[BaseModel]
) -> dict[str, Any]:
    """The values of a file, and over them those that variables give; an empty variable gives none.

    A section of the file that holds no keys stays as it is: it is for ``settings`` to refuse.
    """
    given = {name.upper(): text for name, text in environment.items() if text}
    merged = dict(values)
    for path in _paths(settings):
        if (text := given.get(variable(path))) is not None:
            _put(merged, path, text)
    return merged


def _put(values: dict[str, Any], path: Sequence[str], text: str) -> None:
    first, *rest = path
    inside = values.get(first) or {}
    if not rest:
        values[first] = text
    elif isinstance(inside, Mapping):
        values[first] = dict(inside)
        _put(values[first], rest, text)


def source(environment: Mapping[str, str], path: tuple[int | str, ...]) -> str | None:
    """The variable that gives the key at ``path``, or one inside it; None if none does."""
    name = variable([str(part) for part in path])
    for given in sorted(environment):
        if given.upper() == name or given.upper().startswith(name + _BETWEEN):
            return given
    return None


def variable(path: Sequence[str]) -> str:
    """The variable that gives the key at ``path``."""
    return PREFIX + _BETWEEN.join(path).upper()


def _paths(model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key that holds a value, below its sections."""
    for name, field in model.model_fields.items():
        path = (*above, name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _paths(field.annotation, path)
        else:
            yield path

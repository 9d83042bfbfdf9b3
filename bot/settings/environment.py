"""The variables of the environment that are meant for us: ``JIANBAO_…``."""

import difflib
from collections.abc import Iterator, Mapping, Sequence

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
    known = tuple(_variables(settings, PREFIX))
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
            raise BadInput(f"there is no such setting{hint}", where=given)


def source(environment: Mapping[str, str], path: tuple[int | str, ...]) -> str | None:
    """The variable that gives the key at ``path``, or one inside it; None where none does."""
    name = variable([str(part) for part in path])
    for given in sorted(environment):
        if given.upper() == name or given.upper().startswith(name + _BETWEEN):
            return given
    return None


def variable(path: Sequence[str]) -> str:
    """The variable that gives the key at ``path``."""
    return PREFIX + _BETWEEN.join(path).upper()


def _variables(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _variables(field.annotation, f"{prefix}{name.upper()}{_BETWEEN}")
        else:
            yield prefix + name.upper()

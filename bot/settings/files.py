"""Configuration files: YAML in, checked values out, or an error of one clear line."""

import difflib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import BadInput

M = TypeVar("M", bound=BaseModel)
Location = tuple[int | str, ...]  #: the keys that lead to a value

#: libyaml's parser is eight times as fast, and not in every build of PyYAML. Only for the operator's own
#: files: one nested a hundred thousand deep would end the process.
_SafeLoader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class _OnceLoader(_SafeLoader):  # type: ignore[misc, valid-type]  # chosen above, and either will do
    """YAML that refuses a key that occurs twice; plain YAML silently takes the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  # the signature is yaml's
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {name} occurs twice", problem_mark=key.start_mark
                )
            seen.add(name)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002  # the signature is yaml's
        try:
            return super().construct_object(node, deep=deep)
        except ValueError as error:  # a date such as 2026-03-99
            raise yaml.MarkedYAMLError(problem=str(error), problem_mark=node.start_mark) from None


def read_yaml(path: Path) -> dict[str, Any]:
    """The keys and values of a file. Raises BadInput, which names file and line, if it cannot be read."""
    return _values(path, _text(path))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise BadInput("no such file", where=str(path)) from None
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise BadInput("is not UTF-8 text", where=str(path)) from error


def _values(path: Path, text: str) -> dict[str, Any]:
    try:
        found = yaml.load(text, Loader=_OnceLoader)  # noqa: S506  # a SafeLoader underneath
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise BadInput(f"invalid YAML: {getattr(error, 'problem', None) or error}", where=where) from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise BadInput("must consist of keys and values", where=str(path))
    return found


def read_secret(path: Path, where: str) -> str:
    """What a file holds, without white space around it. Raises BadInput, which quotes nothing of it."""
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot be read: {getattr(error, 'strerror', 'not text')}", where=where) from None


def read_model(model: type[M], path: Path) -> M:
    """The file as a ``model``. Raises BadInput, which names file, key and reason, if it is invalid.

    A model is not made anew from a file that says the same as before, so it must be frozen.
    """
    return cast("M", _model(model, path, _text(path)))


@lru_cache(maxsize=4)  # errors are not kept
def _model(model: type[BaseModel], path: Path, text: str) -> BaseModel:
    values = _values(path, text)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise explained(error, model, str(path)) from None


def explained(
    error: ValidationError,
    model: type[BaseModel],
    where: str,
    source: Callable[[Location], str | None] = lambda _: None,
) -> BadInput:
    """Every mistake, a line each: of a key from ``source`` with that, of the others with ``where``.

    Values are not repeated: one of them may be a secret.
    """
    found = _mistakes(error, model)
    first, *others = (_explained(one, model, source(one["loc"]) or where) for one in found)
    return BadInput("\n".join((first.reason, *map(str, others))), where=first.where)


def _explained(mistake: ErrorDetails, model: type[BaseModel], where: str) -> BadInput:
    key = ".".join(map(str, mistake["loc"]))
    match mistake["type"]:
        case "extra_forbidden":
            meant = _meant(mistake, model)
            reason = f"no such key; did you mean {meant[-1]}?" if meant else "no such key"
        case "path_type":
            reason = "must be one path, written as a text such as /srv/digest/issues"
        case "model_type":
            reason = "is a section, so keys of its own stand below it"
        case _:
            reason = str(mistake["msg"]).removeprefix("Value error, ")
    return BadInput(reason, where=f"{where}: {key}" if key else where)


def _mistakes(error: ValidationError, model: type[BaseModel]) -> list[ErrorDetails]:
    """All mistakes; misspelt keys first, and what is missing only because it is misspelt left out."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    misspelt = [mistake for mistake in found if mistake["type"] == "extra_forbidden"]
    meant = [_meant(mistake, model) for mistake in misspelt]
    return [*misspelt, *(one for one in found if one not in misspelt and one["loc"] not in meant)]


def _meant(mistake: ErrorDetails, model: type[BaseModel]) -> Location:
    """The place of the key that an unknown one is nearest to; empty if it is near none."""
    *section, key = mistake["loc"]
    close = difflib.get_close_matches(str(key), _keys(model, tuple(section)), n=1)
    return (*section, *close) if close else ()


def _keys(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    kind: Any = model
    for part in path:
        known: Mapping[str, Any] = getattr(kind, "model_fields", {})
        kind = known[str(part)].annotation if part in known else (get_args(kind) or (None,))[-1]
    fields: Mapping[str, Any] = getattr(kind, "model_fields", {})
    return [field.alias or name for name, field in fields.items()]

"""Paths that ``bot.yml`` says count from its own folder, so that each command means the same by them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from bot.sources import plain_path

#: SQLAlchemy's form of a file that is named from here: three strokes, where a fourth would begin at the root.
_FROM_HERE = re.compile(r"(sqlite(?:\+\w+)?:///)(?!/|:memory:|file:)(.+)", re.DOTALL)


def beside(values: Mapping[str, Any], folder: Path, model: type[BaseModel]) -> dict[str, Any]:
    """The values of a file in ``folder``; paths in them, by the fields of the model, from the root.

    A section whose keys are all commented out is left out, and so is as by default.
    """
    return {
        key: _value(value, _kind(model, key), folder)
        for key, value in values.items()
        if not (value is None and _is_section(_kind(model, key)))
    }


def _value(value: Any, kind: Any, folder: Path) -> Any:
    if isinstance(value, Mapping) and _is_section(kind):
        return beside(value, folder, kind)
    if not isinstance(value, str) or not value.strip():
        return value
    if Path in (kind, *get_args(kind)):
        return str(plain_path(folder / Path(value).expanduser()))
    if found := _FROM_HERE.fullmatch(value):
        return f"{found[1]}{plain_path(folder / Path(found[2]).expanduser())}"
    return value


def _kind(model: type[BaseModel], key: str) -> Any:
    field = model.model_fields.get(key)
    return field.annotation if field else None


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)

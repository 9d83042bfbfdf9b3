"""What all that a configuration file says is checked by."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator


class Checked(BaseModel):
    """Unknown keys are errors, and so is what is no number where one is meant; values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _true_is_no_number(cls, value: Any, info: ValidationInfo) -> Any:
        """Python counts true as 1, and YAML takes yes and on for true."""
        field = cls.model_fields[str(info.field_name)]
        if _holds_boolean(value) and not _may_be(field.annotation):
            raise ValueError("cannot be true or false; a word such as yes or on needs quotation marks")
        return value


def _holds_boolean(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_holds_boolean, (*value, *value.values())))
    if isinstance(value, list | tuple):
        return any(map(_holds_boolean, value))
    return isinstance(value, bool)


def _may_be(kind: Any) -> bool:
    """Whether a boolean may stand there, or keys that are checked by themselves."""
    if isinstance(kind, type) and issubclass(kind, bool | BaseModel):
        return True
    inside: Iterable[Any] = get_args(kind)
    return kind is Any or any(map(_may_be, inside))

"""What all sections of the settings have in common."""

from typing import Any

from pydantic import field_validator

from bot.digest.checked import Checked


class Section(Checked):
    """Settings that belong together. None of them may be a text of nothing: it would mean anything."""

    @field_validator("*", mode="before")
    @classmethod
    def _not_empty(cls, value: Any) -> Any:
        if isinstance(value, str) and not value.strip():
            raise ValueError("is empty; leave the key out, or give it a value")
        return value

"""What a careful reader found in an issue, read from JSON: what topics an item should have.

A reading may tell more than its topics (links, summaries); what is not named here is passed over.
One that is only a list of items, each with its ``section``, ``title`` and ``topics``, is of these
items alone, in the issue that is called as its own file.
"""

from collections import defaultdict
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, model_validator

from bot.errors import BadInput


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class FlashReading(_Model):
    """A flash: its first characters and its topics."""

    subject: str | None = None
    text_start: str = ""
    topics: tuple[str, ...]


class ItemReading(_Model):
    """An item: its title, None if the editor left it out, and its topics."""

    title: str | None
    topics: tuple[str, ...]


class _Placed(_Model):
    section: str


class SectionReading(_Model):
    """A section and its items in order."""

    slug: str
    items: tuple[ItemReading, ...]


class Reading(_Model):
    """An issue; ``file`` is the name of the file that was read.

    Nobody read more of one that is not ``whole``.
    """

    file: str
    flash: tuple[FlashReading, ...] = ()
    sections: tuple[SectionReading, ...]
    whole: bool = True

    @model_validator(mode="before")
    @classmethod
    def _of_some_items(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, list):
            return value
        sections: dict[str, list[object]] = defaultdict(list)
        for item in value:
            sections[_Placed.model_validate(item).section].append(item)
        read = [{"slug": slug, "items": items} for slug, items in sections.items()]
        return {"file": info.context, "sections": read, "whole": False}


def reading(text: str, *, where: str) -> Reading:
    """A reading from its JSON; BadInput names ``where`` it lies, the key and the reason."""
    try:
        return Reading.model_validate_json(text, context=f"{PurePath(where).stem}.md")
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BadInput(first["msg"], where=f"{where}: {key}" if key else where) from None

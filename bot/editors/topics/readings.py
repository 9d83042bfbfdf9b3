"""What a careful reader found in an issue, read from JSON: what topics an item should have.

A reading may tell more than its topics (links, summaries); what is not named here is passed over.
"""

from pydantic import BaseModel, ConfigDict, ValidationError

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


class SectionReading(_Model):
    """A section and its items in order."""

    slug: str
    items: tuple[ItemReading, ...]


class Reading(_Model):
    """An issue; ``file`` is the name of the file that was read."""

    file: str
    flash: tuple[FlashReading, ...] = ()
    sections: tuple[SectionReading, ...]


def reading(text: str, *, where: str) -> Reading:
    """A reading from its JSON; BadInput names ``where`` it lies, the key and the reason."""
    try:
        return Reading.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BadInput(first["msg"], where=f"{where}: {key}" if key else where) from None

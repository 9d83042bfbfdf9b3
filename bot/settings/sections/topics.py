"""Who is asked about topics beside the words and the editor."""

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from bot.settings.sections.section import Section
from bot.words.addresses import is_this_machine, web_address


class ReaderSettings(Section):
    """A language model that is asked about the uncertain topics of an issue; what it says are proposals.

    It is off without `url`. It gets the text of items and the names of topics, never anything of readers.
    """

    url: Annotated[str, AfterValidator(web_address)] | None = Field(
        default=None,
        description="The server, which speaks the chat API of OpenAI: what stands before /chat/completions,"
        " such as http://127.0.0.1:11434/v1. A proxy is that of HTTPS_PROXY, ALL_PROXY and NO_PROXY.",
    )
    model: str | None = Field(default=None, max_length=200, description="The model, as the server calls it.")
    key_file: Path | None = Field(
        default=None,
        description="A file with the key that the server wants, if it wants one; that needs https://.",
    )
    timeout: float = Field(default=60.0, ge=1, le=600, description="Seconds to wait for an answer.")
    temperature: float | None = Field(
        default=None,
        ge=0,
        le=2,
        description="How freely it answers: 0 is steadiest. Without it the server decides; some let nobody"
        " else.",
    )
    questions: int = Field(
        default=12, ge=1, le=100, description="The most questions about an issue, the most telling first."
    )
    requests_a_month: int = Field(
        default=200,
        ge=1,
        le=100_000,
        description="The most requests in a month (of UTC), each of up to 12 questions. They are counted in"
        " the database, so that a restart begins no new month.",
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """A server has a model, and a key goes to it over HTTPS alone, but on this machine."""
        if self.url is None:
            if self.model or self.key_file:
                raise ValueError("url: is missing; name the server, or leave the section out")
            return self
        if self.model is None:
            raise ValueError("model: is missing; name it as the server does")
        parts = urlsplit(self.url)
        if self.key_file and parts.scheme == "http" and not is_this_machine(parts.hostname or ""):
            raise ValueError("key_file: over http:// anybody on the way could read the key; use https://")
        return self


class TopicsSettings(Section):
    """Which help there is with topics; docs/topics.md."""

    reader: ReaderSettings = ReaderSettings()

"""What the messages have to know of a digest's names."""

from typing import Protocol

from bot.model import Language


class Names(Protocol):
    """How topics and sections are called by readers."""

    def topic(self, slug: str, language: Language) -> str:
        """A topic's display name; the slug itself if it is unknown."""
        ...

    def has_topic(self, slug: str) -> bool:
        """Whether there is such a topic still."""
        ...

    def section(self, slug: str, language: Language) -> str | None:
        """A section's display name ("flash": the flash news); None leaves the issue's own heading."""
        ...

    def listed(self, slug: str, language: Language) -> str:
        """What to call a section where no issue shows its heading."""
        ...

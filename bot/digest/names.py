"""What readers call topics and sections."""

from bot.digest.profile import Profile
from bot.digest.topics.vocabulary import Topics
from bot.model import FLASH, Language


class DigestNames:
    """The display names of one digest."""

    def __init__(self, profile: Profile, topics: Topics) -> None:
        self._topics = topics
        self._sections = {slug: section.names for slug, section in profile.sections.items()}
        if profile.flash is not None:
            self._sections[FLASH] = profile.flash.names

    @property
    def sections(self) -> tuple[str, ...]:
        """The slugs of all sections, in the order of the profile; flash news last."""
        return tuple(self._sections)

    def topic(self, slug: str, language: Language) -> str:
        """A topic's name; the slug itself if it is unknown."""
        return self._topics.name(slug, language)

    def section(self, slug: str, language: Language) -> str | None:
        """A section's name; None if the digest has no such section."""
        return self._sections.get(slug, {}).get(language)

"""What readers call topics and sections."""

from bot.digest.profile import Profile
from bot.digest.topics.vocabulary import Topics
from bot.model import FLASH, Language, text_language


class DigestNames:
    """The display names of one digest."""

    def __init__(self, profile: Profile, topics: Topics) -> None:
        self._topics = topics
        self._sections = {slug: section.names for slug, section in profile.sections.items()}
        self._headings = {slug: section.headings for slug, section in profile.sections.items()}
        if profile.flash is not None:
            self._sections[FLASH] = profile.flash.names

    @property
    def sections(self) -> tuple[str, ...]:
        """The slugs of all sections, in the order of the profile; flash news last."""
        return tuple(self._sections)

    def topic(self, slug: str, language: Language) -> str:
        """A topic's name; the slug itself if it is unknown."""
        return self._topics.name(slug, language)

    def has_topic(self, slug: str) -> bool:
        """Whether there is such a topic."""
        return slug in self._topics.topics

    def section(self, slug: str, language: Language) -> str | None:
        """What a section is called on purpose; None leaves the issue's own heading."""
        return self._sections.get(slug, {}).get(text_language(language))

    def listed(self, slug: str, language: Language) -> str:
        """What to call a section where no issue shows its heading; the slug if nothing else is known."""
        names = self._sections.get(slug, {})
        known = names.get(text_language(language)) or next(iter(self._headings.get(slug, ())), None)
        return known or next(iter(names.values()), slug)

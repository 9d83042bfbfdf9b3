"""From Markdown to an issue with topics: the whole of what the bot understands."""

from hashlib import sha256

from bot import __version__
from bot.digest.division import IssueText, divided, placed
from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.vocabulary import Topics
from bot.model import Issue

_FINGERPRINT = 16  # characters


def fingerprint_of(profile: Profile, topics: Topics) -> str:
    """Another for another profile, other topics or another version: then issues may be read otherwise."""
    shaped_by = (__version__, profile.model_dump_json(), topics.model_dump_json())
    return sha256("\0".join(shaped_by).encode()).hexdigest()[:_FINGERPRINT]


class IssueReader:
    """Reads issues of one digest."""

    def __init__(self, profile: Profile, topics: Topics) -> None:
        self._profile = profile
        self._classifier = Classifier(topics)

    def read(self, text: str, *, slug: str, name: str = "") -> Issue:
        """The issue, every item with its topics. Whatever the text, there is an issue.

        ``name`` is the path of its file below the folder of issues, where that is known.
        """
        return self._classifier.classify(parse(text, slug=slug, profile=self._profile, name=name))

    def divided(self, text: str, *, slug: str) -> tuple[IssueText, ...]:
        """The texts of the issues in a file that has this slug: one, or one below each heading."""
        return divided(text, slug=slug, profile=self._profile)

    def issues(self, text: str, *, slug: str, name: str) -> tuple[Issue, ...]:
        """All issues in a file, in its order, their lines those of the file."""
        texts = self.divided(text, slug=slug)
        return tuple(placed(self.read(one.whole, slug=one.slug, name=name), one) for one in texts)

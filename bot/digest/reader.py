"""From Markdown to an issue with topics: the whole of what the bot understands."""

from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.vocabulary import Topics
from bot.model import Issue


class IssueReader:
    """Reads issues of one digest."""

    def __init__(self, profile: Profile, topics: Topics) -> None:
        self._profile = profile
        self._classifier = Classifier(topics)

    def read(self, text: str, *, slug: str) -> Issue:
        """The issue, every item with its topics. Whatever the text, there is an issue."""
        return self._classifier.classify(parse(text, slug=slug, profile=self._profile))

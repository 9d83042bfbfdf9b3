"""From Markdown to an issue with topics: the whole of what the bot understands."""

from bot.digest.division import IssueText, divided, placed
from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.said import TopicNames
from bot.digest.topics.vocabulary import Topics
from bot.model import Issue


class IssueReader:
    """Reads issues of one digest."""

    def __init__(self, profile: Profile, topics: Topics) -> None:
        self._profile = profile
        self._names = TopicNames(topics)
        self._classifier = Classifier(topics)

    def read(self, text: str, *, slug: str, name: str = "") -> Issue:
        """The issue, every item with its topics. Whatever the text, there is an issue.

        ``name`` is the path of its file below the folder of issues, where that is known.
        """
        issue = parse(text, slug=slug, profile=self._profile, name=name, names=self._names)
        return self._classifier.classify(issue)

    def divided(self, text: str, *, slug: str) -> tuple[IssueText, ...]:
        """The texts of the issues in a file that has this slug: one, or one below each heading."""
        return divided(text, slug=slug, profile=self._profile)

    def issues(self, text: str, *, slug: str, name: str) -> tuple[Issue, ...]:
        """All issues in a file, in its order, their lines those of the file."""
        texts = self.divided(text, slug=slug)
        return tuple(placed(self.read(one.whole, slug=one.slug, name=name), one) for one in texts)

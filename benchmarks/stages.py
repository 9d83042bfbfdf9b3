"""The stages between a text and its messages, made ready to be measured."""

from collections.abc import Iterable

from benchmarks.corpora import Source
from bot.digest.names import DigestNames
from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.vocabulary import Topics
from bot.messages import Message, Renderer
from bot.model import Cut, Issue


class Stages:
    """The stages of one digest; everything that is built once is built."""

    def __init__(self, profile: Profile, topics: Topics) -> None:
        self._profile = profile
        self._classifier = Classifier(topics)
        self._renderer = Renderer(DigestNames(profile, topics), profile.messages.habit)

    def parse(self, sources: Iterable[Source]) -> tuple[Issue, ...]:
        """The issues without topics."""
        return tuple(parse(source.text, slug=source.slug, profile=self._profile) for source in sources)

    def classify(self, issues: Iterable[Issue]) -> tuple[Issue, ...]:
        """The issues with topics."""
        return tuple(map(self._classifier.classify, issues))

    def render(self, issues: Iterable[Issue], cut: Cut) -> tuple[Message, ...]:
        """The messages of all issues."""
        return tuple(message for issue in issues for message in self._renderer.issue(issue, cut))

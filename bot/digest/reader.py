"""From Markdown to an issue with topics: the whole of what the bot understands."""

from collections.abc import Callable

from bot.digest.division import IssueText, divided, placed
from bot.digest.parsing.parser import parse
from bot.digest.profile import Profile
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.kept import with_kept
from bot.digest.topics.said import TopicNames
from bot.digest.topics.sidecar import with_said
from bot.digest.topics.vocabulary import Topics
from bot.model import Beside, Issue, joined, parted


def _nothing(_: IssueText) -> None:
    """For whom nothing lies beside the file."""


class IssueReader:
    """Reads issues of one digest."""

    def __init__(self, profile: Profile, topics: Topics) -> None:
        self._profile = profile
        self._names = TopicNames(topics)
        self._classifier = Classifier(topics)

    def read(self, text: str, *, slug: str, name: str = "") -> Issue:
        """The issue, every item with its topics. Whatever the text, there is an issue.

        ``text`` is that of the file, or joined with that of the file beside it and with answers that are
        kept. ``name`` is the path of its file below the folder of issues, where that is known.
        """
        parts = parted(text)
        issue = parse(parts.own, slug=slug, profile=self._profile, name=name, names=self._names)
        if parts.beside is not None:
            issue = with_said(issue, parts.beside.text, file=parts.beside.name)
        if parts.answers:
            issue = with_kept(issue, parts.answers, self._classifier.editor)
        return self._classifier.classify(issue)

    def divided(self, text: str, *, slug: str) -> tuple[IssueText, ...]:
        """The texts of the issues in a file that has this slug: one, or one below each heading."""
        return divided(text, slug=slug, profile=self._profile)

    def issues(
        self, text: str, *, slug: str, name: str, beside: Callable[[IssueText], Beside | None] = _nothing
    ) -> tuple[Issue, ...]:
        """All issues in a file, in its order, their lines those of the file.

        ``beside`` finds the file of topics of one.
        """
        return tuple(
            placed(self.read(joined(one.whole, beside(one)), slug=one.slug, name=name), one)
            for one in self.divided(text, slug=slug)
        )

"""Which topics of an issue's items are uncertain, and what an editor's answer to each is worth.

A front end asks what :func:`questions` gives, shows :attr:`Question.title` and the words that speak for the
topic, and hands each answer to :func:`bot.editors.topics.sidecar_text.answered`, which writes it into the
file of topics beside the issue.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.sidecar import called, key_of
from bot.model import Flash, Issue, Item, TopicMatch

MOST = 12  # questions about an issue, where nobody says otherwise

#: F1 where nobody answers, as readings of issues measured it: what an answer is worth depends on it little.
_F1 = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whether an item or a flash is about a topic.

    ``match`` has the words that speak for the topic, ``has`` says whether it counts as the item's today.
    ``gain`` is what an answer is worth, ``proposed`` what the second reader says, None if nothing.
    """

    thing: Item | Flash
    match: TopicMatch
    has: bool
    gain: float
    proposed: bool | None = None

    @property
    def contradicted(self) -> bool:
        """Whether the second reader says what the words do not."""
        return self.proposed is not None and self.proposed != self.has

    @property
    def topic(self) -> str:
        """The topic's slug."""
        return self.match.slug

    @property
    def title(self) -> str:
        """What the item is called."""
        return called(self.thing)

    @property
    def key(self) -> str:
        """What an entry of it is called in the file of topics."""
        return key_of(self.thing)

    @property
    def line(self) -> int:
        """Where it stands in the issue's file."""
        return self.thing.line


def questions(issue: Issue, classifier: Classifier, most: int = MOST) -> tuple[Question, ...]:
    """What an editor should be asked about an issue with its topics, the most telling question first.

    Where he has said something of a topic, nothing is asked.
    """
    found = [question for thing in issue.things for question in _questions(thing, classifier)]
    found.sort(key=lambda one: -one.gain)
    return tuple(found[:most])


def gain(probability: float, *, has: bool) -> float:
    """By how much an answer is expected to raise F1, in units of one over the number of topics in question.

    F1 is twice what is right, divided by what is given and what is wanted together. A topic taken away that
    was wrong makes the divisor smaller by one; one given that was missing makes the dividend larger by two
    and the divisor by one. So a missing one tells more, at the same doubt.
    """
    return (1 - probability) * _F1 if has else probability * (2 - _F1)


def _questions(thing: Item | Flash, classifier: Classifier) -> Iterator[Question]:
    has, said = {match.slug for match in thing.topics}, classifier.editor.verdict(thing)
    for match in classifier.candidates(thing):
        if match.probability and not said.decides(match.slug):
            given = match.slug in has
            worth = gain(match.probability, has=given)
            yield Question(thing=thing, match=match, has=given, gain=worth)

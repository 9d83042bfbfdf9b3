"""Questions about the topics of an issue, and which of them an editor was asked last."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.model import Beside

_MOST = 50  # rounds that are remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicQuestion:
    """Whether the entry with this ``title`` is about a topic.

    ``key`` tells the entry from others, ``words`` speak for the topic, ``probability`` is that it is so, and
    ``has`` says whether it counts as its topic today. ``proposed`` is what the second reader says; None if
    nothing.
    """

    key: str
    title: str
    topic: str
    words: tuple[str, ...]
    probability: float
    has: bool
    proposed: bool | None = None

    @property
    def percent(self) -> int:
        """The probability in a hundred."""
        return round(self.probability * 100)


class Questions(Protocol):
    """Finds what to ask, and keeps the answers."""

    async def of(self, slug: str) -> Sequence[TopicQuestion]:
        """What to ask about an issue, the most telling question first."""

    async def answer(self, slug: str, question: TopicQuestion, *, yes: bool) -> None:
        """Keep an answer. Raises BadInput, which says why, if it cannot be kept."""

    async def sidecar(self, slug: str) -> Beside | None:
        """The file of topics to commit, with the answers that the bot alone keeps; None without any.

        Raises BadInput, which says why, if there can be none.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The questions about an issue that are asked one after the other; so many were ``answered``."""

    slug: str
    questions: tuple[TopicQuestion, ...]
    answered: int = 0


class Rounds:
    """The rounds that are going on, in this process alone; ``name`` makes a new name for one."""

    def __init__(self, name: Callable[[], str]) -> None:
        self._name = name
        self._kept: OrderedDict[str, Round] = OrderedDict()

    def begin(self, slug: str, questions: Sequence[TopicQuestion]) -> str:
        """The name of a new round."""
        name = self._name()
        self._kept[name] = Round(slug=slug, questions=tuple(questions))
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return name

    def get(self, name: str) -> Round | None:
        """The round of this name; None if it is not known any more."""
        return self._kept.get(name)

    def note_answer(self, name: str) -> None:
        """Count an answer."""
        if going := self._kept.get(name):
            self._kept[name] = replace(going, answered=going.answered + 1)

    def end(self, name: str) -> None:
        """Forget a round."""
        self._kept.pop(name, None)

"""Questions in, proposals out: what the second reader thinks of the topics that are uncertain."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from bot.digest.topics.vocabulary import Topics
from bot.editors.second_reader.wording import SYSTEM, message, name_of, understood
from bot.editors.topics.questions import Question

BATCH = 12  # questions in a request

Answers = Mapping[str, bool | None]  #: by what a question is called; None where it said neither


class Chat(Protocol):
    """Somebody who can be asked."""

    async def complete(self, system: str, message: str) -> str:
        """What is answered. Raises ReaderAway."""


class SecondReader:
    """Asks a model about topics. ``model`` is its name, which is part of what a question is called."""

    def __init__(self, chat: Chat, *, model: str, topics: Topics) -> None:
        self._chat = chat
        self._model = model
        self._topics = topics

    def name(self, question: Question) -> str:
        """What a question is called."""
        return name_of(question, self._topics, self._model)

    async def ask(self, questions: Sequence[Question]) -> Answers:
        """Its answers to these, in one request. Raises ReaderAway."""
        answer = await self._chat.complete(SYSTEM, message(questions, self._topics))
        names = map(self.name, questions)
        return dict(zip(names, understood(answer, questions), strict=True))


def batches(questions: Sequence[Question]) -> Iterator[Sequence[Question]]:
    """As many at once as go into a request."""
    return (questions[at : at + BATCH] for at in range(0, len(questions), BATCH))


def with_proposals(
    questions: Sequence[Question], answers: Answers, reader: SecondReader
) -> tuple[Question, ...]:
    """The same questions, each with its proposal; those first where it contradicts the words."""
    proposed = [replace(one, proposed=answers.get(reader.name(one))) for one in questions]
    return tuple(sorted(proposed, key=lambda one: not one.contradicted))

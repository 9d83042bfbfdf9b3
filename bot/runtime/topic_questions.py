"""Questions about topics for the editors' chat.

An answer goes into the file of topics beside the issue; where that is in a repository, the bot keeps it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.kept import counting
from bot.editors.topics.answers import ANSWERS, answer_to
from bot.editors.topics.questions import Question, questions
from bot.editors.topics.sidecar_text import answered, with_kept_answers
from bot.errors import BadInput, FileChanged
from bot.handlers import TopicQuestion
from bot.model import TOPICS_SUFFIX, Beside, Issue, KeptAnswer, parted
from bot.sources import SourceFile, sidecar_path
from bot.sources.saving import append, save

_MOST_KEPT = 20  # issues whose questions are known
_MOST_ASKED = 7  # at once: what an editor answers on a phone in a minute

FileOf = Callable[[str], SourceFile | None]


class Keeper(Protocol):
    """Where answers are kept that cannot lie beside the issue."""

    async def keep(self, slug: str, answer: KeptAnswer, *, words: str, now: datetime) -> None:
        """Keep an answer in place of an earlier one; ``words`` is what is learned from it."""


class TopicQuestions:
    """Asks what ``classifier`` is uncertain about; ``file_of`` gives the file of an issue.

    ``proposals`` adds what the second reader says. ``kept`` is where answers about a repository are kept.
    """

    def __init__(
        self,
        *,
        classifier: Classifier,
        read: Callable[[str], Awaitable[Issue | None]],
        file_of: FileOf,
        proposals: Callable[[Sequence[Question]], Awaitable[tuple[Question, ...]]],
        kept: Keeper,
        now: Callable[[], datetime],
    ) -> None:
        self._classifier = classifier
        self._read = read
        self._file_of = file_of
        self._proposals = proposals
        self._kept = kept
        self._now = now
        self._asked: OrderedDict[str, tuple[Question, ...]] = OrderedDict()
        self._writing = asyncio.Lock()

    def count(self, issue: Issue) -> int:
        """How many there are about an issue."""
        return len(questions(issue, self._classifier, _MOST_ASKED))

    async def of(self, slug: str) -> Sequence[TopicQuestion]:
        """What to ask about an issue, the most telling question first."""
        issue = await self._read(slug)
        found = await asyncio.to_thread(questions, issue, self._classifier, _MOST_ASKED) if issue else ()
        self._asked[slug] = found = await self._proposals(found)
        self._asked.move_to_end(slug)
        if len(self._asked) > _MOST_KEPT:
            self._asked.popitem(last=False)
        return tuple(map(_asked, found))

    async def answer(self, slug: str, question: TopicQuestion, *, yes: bool) -> None:
        """Keep an answer. Raises BadInput, which says why, if it cannot be kept."""
        found = (one for one in self._asked.get(slug, ()) if _asked(one) == question)
        asked, file = next(found, None), self._file_of(slug)
        if asked is None or file is None:
            raise BadInput(f"issue {slug} has changed meanwhile; begin with its questions again")
        if file.commit:
            answer = KeptAnswer(item=asked.key, topic=asked.topic, yes=yes)
            words = answer_to(asked, issue=slug, yes=yes, at=self._now()).line
            return await self._kept.keep(slug, answer, words=words, now=self._now())
        async with self._writing:
            return await asyncio.to_thread(self._write, file, slug, asked, yes=yes)

    async def sidecar(self, slug: str) -> Beside | None:
        """The file of topics to commit, so that the answers that the bot keeps stand in it; None without any.

        Raises BadInput if the one in the repository is broken, or changes at this moment.
        """
        issue, file = await self._read(slug), self._file_of(slug)
        if issue is None or file is None or not counting(issue):
            return None
        try:
            return await asyncio.to_thread(_sidecar, issue, file)
        except FileChanged as error:
            raise BadInput(str(error)) from None

    def _write(self, file: SourceFile, slug: str, question: Question, *, yes: bool) -> None:
        beside = sidecar_path(file.path, file.stem)
        try:
            before = beside.read_text("utf-8") if beside.exists() else ""
        except (OSError, ValueError):
            raise BadInput("cannot be read", where=str(beside)) from None
        save(beside, answered(before, question, yes=yes, where=str(beside)))
        append(beside.with_name(ANSWERS), answer_to(question, issue=slug, yes=yes, at=self._now()).line)


def _sidecar(issue: Issue, file: SourceFile) -> Beside:
    there = parted(file.text()).beside
    return with_kept_answers(there or Beside(name=f"{file.stem}{TOPICS_SUFFIX}", text=""), issue)


def _asked(question: Question) -> TopicQuestion:
    return TopicQuestion(
        key=question.key,
        title=question.title,
        topic=question.topic,
        words=tuple(dict.fromkeys(reason.term for reason in question.match.reasons)),
        probability=question.match.probability,
        has=question.has,
        proposed=question.proposed,
    )

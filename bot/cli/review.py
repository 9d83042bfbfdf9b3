"""jianbao topics review: one key for each topic that an issue's items may have."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import typer

from bot.cli.explain import percent, why
from bot.cli.issue_files import IssueFile
from bot.cli.output import read_text, say
from bot.cli.reading import sidecar_of
from bot.cli.second_opinion import with_known_proposals
from bot.digest.topics.classifier import Classifier
from bot.digest.topics.vocabulary import Topics
from bot.editors.topics.answers import ANSWERS, answer_to
from bot.editors.topics.questions import Question, questions
from bot.editors.topics.sidecar_text import answered
from bot.model import Issue
from bot.settings import Configuration
from bot.sources.saving import append, save
from bot.words.english import plural

KEYS = "y yes, n no, s skip, u undo, q quit"
_YES, _NO, _SKIP, _UNDO, _QUIT = ("y", "Y"), ("n", "N"), ("s", "S"), ("u", "U"), ("q", "Q")


#: Takes an answer back; False if that cannot be.
Undo = Callable[[], bool]


class Keeper(Protocol):
    """Where answers about one issue go."""

    def keep(self, question: Question, *, yes: bool) -> Undo:
        """Keep an answer at once. Raises BadInput if it cannot be kept."""


def ask_about(
    file: IssueFile,
    issues: Sequence[Issue],
    configuration: Configuration,
    most: int,
    key: Callable[[], str] | None = None,
) -> None:
    """Ask about the issues of a file, whoever sits there."""
    classifier = Classifier(configuration.topics)
    for issue in issues:
        sidecar = sidecar_of(file.path, file.slug(configuration.profile.file_pattern), issue.slug)
        asked = with_known_proposals(questions(issue, classifier, most), configuration)
        say(f"{issue.title or issue.slug}: {plural(len(asked), 'question')} ({KEYS})")
        review = Review(InFile(sidecar, issue.slug), configuration.topics, key=key or pressed)
        if review.ask(asked):
            say(f"jianbao: the answers are in {sidecar}")


def pressed() -> str:
    """The key that is pressed; the next one that was piped in. Ctrl-C and the end are those for quitting."""
    try:
        if sys.stdin.isatty():
            return typer.getchar()
        return next((one for one in iter(lambda: sys.stdin.read(1), "") if not one.isspace()), _QUIT[0])
    except (KeyboardInterrupt, EOFError):
        return _QUIT[0]


class Review:
    """Asks about one issue, and hands each answer to ``keeper`` as it is given; ``key`` waits for one."""

    def __init__(self, keeper: Keeper, topics: Topics, *, key: Callable[[], str]) -> None:
        self._keeper = keeper
        self._topics = topics
        self._key = key
        self._done: list[tuple[int, Undo]] = []

    def ask(self, asked: Sequence[Question]) -> int:
        """Ask these questions until the last, or until it is enough; how many were answered."""
        place = 0
        while place < len(asked):
            self._show(asked, place)
            key = self._key()
            if key in _QUIT:
                break
            if key in (*_YES, *_NO):
                self._answer(asked[place], place, yes=key in _YES)
                place += 1
            elif key in _SKIP:
                place += 1
            elif key in _UNDO:
                place = self._undone(place)
            else:
                say(f"  {KEYS}")
        return len(self._done)

    def _show(self, asked: Sequence[Question], place: int) -> None:
        question = asked[place]
        chance, has = percent(question.match.probability), "has it" if question.has else "has it not"
        topic = f"{question.topic} {self._topics.name(question.topic, 'zh')}"
        say(f"{place + 1}/{len(asked)}  {question.title}")
        say(f"  {topic}?  {chance}, {has} ({why(question.match)})")
        if question.proposed is not None:
            say(f"  the second reader says: {'yes' if question.proposed else 'no'}")

    def _answer(self, question: Question, place: int, *, yes: bool) -> None:
        self._done.append((place, self._keeper.keep(question, yes=yes)))
        say(f"  {'yes' if yes else 'no'}")

    def _undone(self, place: int) -> int:
        """The question whose answer was taken back; the present one if there is none to take back."""
        if not self._done:
            say("  nothing to undo")
            return place
        before, undo = self._done.pop()
        return before if undo() else place


class InFile:
    """Keeps answers in the file of topics beside an issue, and beside both for those who learn from them."""

    def __init__(
        self, file: Path, issue: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._file = file
        self._issue = issue
        self._now = now

    def keep(self, question: Question, *, yes: bool) -> Undo:
        """Write it into both."""
        before = self._text()
        after = answered(before, question, yes=yes, where=str(self._file))
        save(self._file, after)
        self._note(question, yes=yes)
        return lambda: self._undone(question, before, after)

    def _undone(self, question: Question, before: str, after: str) -> bool:
        if self._text() != after:
            say(f"  {self._file} was changed by somebody else; nothing is undone")
            return False
        if before:
            save(self._file, before)
        else:
            self._file.unlink()
        self._note(question, yes=None)
        return True

    def _text(self) -> str:
        return read_text(self._file) if self._file.exists() else ""

    def _note(self, question: Question, *, yes: bool | None) -> None:
        answer = answer_to(question, issue=self._issue, yes=yes, at=self._now())
        append(self._file.with_name(ANSWERS), answer.line)

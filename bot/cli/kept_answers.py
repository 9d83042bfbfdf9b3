"""Answers about issues from a repository, which the bot keeps: given and shown in the terminal."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from bot.cli.output import say, write
from bot.cli.review import KEYS, Review, Undo, pressed
from bot.cli.second_opinion import with_known_proposals
from bot.digest.topics.classifier import Classifier
from bot.editors.topics.answers import answer_to
from bot.editors.topics.questions import Question, questions
from bot.editors.topics.sidecar_text import with_kept_answers
from bot.model import (
    TOPICS_SUFFIX,
    Beside,
    FilePattern,
    Issue,
    IssueRecord,
    KeptAnswer,
    joined,
    parted,
    stem_of,
    with_answers,
)
from bot.publishing.lookup import find_issue
from bot.runtime.clock import utc_now
from bot.runtime.databases import open_storage
from bot.runtime.editorial import make_editorial
from bot.settings import Configuration, Settings
from bot.sources import slug_of
from bot.storage import Access
from bot.words.english import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An issue with all answers about it; ``beside`` is its file of topics as the repository has it."""

    issue: Issue
    beside: Beside


def ask_of_repository(
    slug: str, configuration: Configuration, most: int, key: Callable[[], str] | None = None
) -> None:
    """Ask about an issue that the bot has from a repository."""
    known = asyncio.run(_known(slug, configuration))
    asked = questions(known.issue, Classifier(configuration.topics), most)
    asked = tuple(with_known_proposals(asked, configuration))
    say(f"{known.issue.title or slug}: {plural(len(asked), 'question')} ({KEYS})")
    review = Review(WithTheBot(slug, configuration.settings), configuration.topics, key=key or pressed)
    if review.ask(asked):
        say(f"jianbao: the bot keeps the answers; jianbao topics kept {slug} prints them as a file to commit")


def show_kept(slug: str, configuration: Configuration) -> None:
    """Print the file of topics with the answers that the bot alone has."""
    known = asyncio.run(_known(slug, configuration))
    file = with_kept_answers(known.beside, known.issue)
    if file == known.beside:
        say(f"jianbao: no answer about {slug} is kept by the bot alone")
    else:
        say(f"jianbao: to commit as {file.name}, beside the issue")
        write(file.text.rstrip("\n"))


def show_lines(configuration: Configuration) -> None:
    """Print all answers as lines that jianbao topics fit learns from."""
    for line in asyncio.run(_lines(configuration)):
        write(line.rstrip("\n"))


class WithTheBot:
    """Keeps answers about an issue in the database of the bot."""

    def __init__(self, slug: str, settings: Settings) -> None:
        self._slug = slug
        self._settings = settings

    def keep(self, question: Question, *, yes: bool) -> Undo:
        """Keep it there; the running bot finds it at its next look."""
        answer = KeptAnswer(item=question.key, topic=question.topic, yes=yes)
        asyncio.run(self._keep(question, answer))

        def undo() -> bool:
            asyncio.run(self._drop(answer))
            return True

        return undo

    async def _keep(self, question: Question, answer: KeptAnswer) -> None:
        now = utc_now()
        words = answer_to(question, issue=self._slug, yes=answer.yes, at=now).line
        async with open_storage(self._settings, Access.WRITE) as storage:
            await storage.topic_answers.keep(self._slug, answer, words=words, now=now)

    async def _drop(self, answer: KeptAnswer) -> None:
        async with open_storage(self._settings, Access.WRITE) as storage:
            await storage.topic_answers.drop(self._slug, answer)


async def _known(slug: str, configuration: Configuration) -> Known:
    async with open_storage(configuration.settings, Access.READ) as storage:
        record = await find_issue(storage.issues, slug)
        parts = parted(await storage.issues.text(slug) or "")
        answers = (await storage.topic_answers.by_file()).get(record.in_folder, ())
        read = make_editorial(configuration, storage).read
    text = with_answers(joined(parts.own, parts.beside), answers)
    beside = parts.beside or Beside(
        name=f"{_stem(record, configuration.profile.file_pattern)}{TOPICS_SUFFIX}", text=""
    )
    return Known(issue=read(slug, text), beside=beside)


async def _lines(configuration: Configuration) -> tuple[str, ...]:
    async with open_storage(configuration.settings, Access.READ) as storage:
        return await storage.topic_answers.words()


def _stem(record: IssueRecord, pattern: FilePattern) -> str:
    """What the file beside that of an issue is called by; of one of several in a file, the issue itself."""
    file = record.file or ""
    is_whole = bool(file) and slug_of(file, pattern) == record.in_folder
    return PurePath(stem_of(file)).name if is_whole else record.in_folder

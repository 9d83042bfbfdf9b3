"""What the second reader said of questions, and how well it does where readings tell what is right."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.cli.output import say, write
from bot.cli.review_trial import trial_table
from bot.cli.tables import watched, write_table
from bot.digest.topics.classifier import Classifier
from bot.editors.topics.questions import Question
from bot.editors.topics.readings import Reading
from bot.editors.topics.trial import Trial, asked_about, before_and_after, tried
from bot.errors import BadInput, JianbaoError
from bot.model import Issue
from bot.settings import Configuration
from bot.words.english import plural

if TYPE_CHECKING:
    from bot.editors.second_reader.reader import Answers, SecondReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Issues as the words give their topics, and as the second reader answers; how often it was asked."""

    model: str
    trials: Sequence[Trial]
    requests: int


def with_known_proposals(asked: Sequence[Question], configuration: Configuration) -> Sequence[Question]:
    """The questions with what the bot learned from the second reader, which is not asked now."""
    if configuration.settings.topics.reader.url is None:
        return asked
    try:
        return asyncio.run(_known(asked, configuration))
    except JianbaoError as error:
        say(f"jianbao: what the second reader said is not shown: {error}")
        return asked


async def _known(asked: Sequence[Question], configuration: Configuration) -> Sequence[Question]:
    from bot.runtime.databases import open_storage  # noqa: PLC0415  # a second that few need
    from bot.runtime.second_reader import Proposals, make_second_reader  # noqa: PLC0415  # as above
    from bot.storage import Access  # noqa: PLC0415  # as above

    async with open_storage(configuration.settings, Access.READ) as storage:
        return await Proposals(storage, make_second_reader(configuration))(asked)


def measure(pairs: Sequence[tuple[Reading, Issue]], configuration: Configuration) -> Measured:
    """Ask the second reader about all these issues, and take its answers as an editor's.

    Nothing is kept, and the month's budget is not touched, but not more may be asked than a month allows.
    Raises BadInput if it is off, or JianbaoError if it does not answer.
    """
    from bot.editors.second_reader.reader import batches  # noqa: PLC0415  # a second that few need
    from bot.runtime.second_reader import make_second_reader  # noqa: PLC0415  # as above

    reader, settings = make_second_reader(configuration), configuration.settings.topics.reader
    if reader is None or settings.model is None:
        raise BadInput("is off: name its url and model in bot.yml", where="topics.reader")
    classifier = Classifier(configuration.topics)
    asked = [
        some
        for reading, issue in pairs
        for some in batches(
            tuple(asked_about(reading, classifier.classify(issue), classifier, settings.questions))
        )
    ]
    if len(asked) > settings.requests_a_month:
        few = (
            f"this takes {len(asked)} requests, more than a month may have; raise it, or measure fewer issues"
        )
        raise BadInput(few, where="topics.reader.requests_a_month")
    answers = asyncio.run(_answers(reader, asked))
    trials = tried(
        ((reading, issue, classifier) for reading, issue in pairs),
        settings.questions,
        lambda one: answers.get(reader.name(one)),
    )
    return Measured(model=settings.model, trials=tuple(trials), requests=len(asked))


async def _answers(reader: "SecondReader", asked: Sequence[Sequence[Question]]) -> "Answers":
    found: dict[str, bool | None] = {}
    for some in watched(asked, "Asking"):
        try:
            found |= await reader.ask(some)
        except JianbaoError as error:
            raise JianbaoError(f"the second reader does not answer: {error}") from None
    return found


def show_measured(found: Measured) -> None:
    """Write F1 of each issue and of all, of the words alone and with its answers."""
    write_table(trial_table(found.trials, "words alone", "with reader"))
    before, after = before_and_after(found.trials)
    write(
        f"\nF1 of all decisions {before.total.f1:.3f} by the words alone, {after.total.f1:.3f} if what"
        f" {found.model} says were the editor's word"
    )
    asked, answers, right = _sums(found.trials)
    told = f"{plural(asked, 'question')} in {plural(found.requests, 'request')}"
    write(f"{told}, {answers} answered, {right} rightly")


def measured_values(found: Measured) -> dict[str, Any]:
    """The same as values for JSON."""
    before, after = before_and_after(found.trials)
    asked, answers, right = _sums(found.trials)
    return {
        "model": found.model,
        "requests": found.requests,
        "questions": asked,
        "answers": answers,
        "right": right,
        "alone": round(before.total.f1, 3),
        "with_reader": round(after.total.f1, 3),
    }


def _sums(trials: Sequence[Trial]) -> tuple[int, int, int]:
    return (
        sum(one.asked for one in trials),
        sum(one.answers for one in trials),
        sum(one.right for one in trials),
    )

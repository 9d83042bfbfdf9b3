"""How much better the topics of issues are once their editor has answered; a reading answers for him."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.sidecar import with_said
from bot.editors.topics.evaluation import Evaluation, evaluate, pairs_of
from bot.editors.topics.questions import questions
from bot.editors.topics.readings import Reading
from bot.editors.topics.sidecar_text import answered
from bot.model import Issue

_FILE = "answers.topics.yml"
_ALL = 10_000  # questions: those about items that nobody read are none


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An issue before and after so many questions were answered."""

    reading: Reading
    before: Issue
    after: Issue
    asked: int


def tried(trials: Iterable[tuple[Reading, Issue, Classifier]], most: int) -> Iterator[Trial]:
    """Each issue, asked about and answered by its reading as an editor would be."""
    for reading, issue, classifier in trials:
        before = classifier.classify(issue)
        wanted = {id(found): one for one, found in pairs_of(reading, before) if one and found}
        asked = [one for one in questions(before, classifier, _ALL) if id(one.thing) in wanted][:most]
        text = ""
        for question in asked:
            text = answered(text, question, yes=question.topic in wanted[id(question.thing)].topics)
        after = classifier.classify(with_said(issue, text, file=_FILE))
        yield Trial(reading=reading, before=before, after=after, asked=len(asked))


def before_and_after(trials: Iterable[Trial]) -> tuple[Evaluation, Evaluation]:
    """How well the topics agree with the readings, without answers and with them."""
    found = tuple(trials)
    before = evaluate([(one.reading, one.before) for one in found], lambda _: ())
    return before, evaluate([(one.reading, one.after) for one in found], lambda _: ())

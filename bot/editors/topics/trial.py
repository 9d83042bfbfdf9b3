"""How much better the topics of issues are once their editor has answered; a reading answers for him."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.sidecar import with_said
from bot.editors.topics.evaluation import Evaluation, evaluate, pairs_of
from bot.editors.topics.questions import Question, questions
from bot.editors.topics.readings import Reading
from bot.editors.topics.sidecar_text import answered
from bot.model import Issue

_FILE = "answers.topics.yml"
_ALL = 10_000  # questions: those about items that nobody read are none

Says = Callable[[Question], bool | None]  #: None where there is no answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An issue before and after so many questions were ``asked``, of which so many got a ``right`` answer.

    ``answers`` are those that got any.
    """

    reading: Reading
    before: Issue
    after: Issue
    asked: int
    answers: int
    right: int


def tried(
    trials: Iterable[tuple[Reading, Issue, Classifier]], most: int, says: Says | None = None
) -> Iterator[Trial]:
    """Each issue, asked about and answered as by an editor: its reading, or whoever ``says``."""
    for reading, issue, classifier in trials:
        before = classifier.classify(issue)
        asked = asked_about(reading, before, classifier, most)
        given = {one: says(one) if says else is_right for one, is_right in asked.items()}
        text = ""
        for question, yes in given.items():
            if yes is not None:
                text = answered(text, question, yes=yes)
        yield Trial(
            reading=reading,
            before=before,
            after=classifier.classify(with_said(issue, text, file=_FILE)),
            asked=len(asked),
            answers=sum(yes is not None for yes in given.values()),
            right=sum(yes is asked[one] for one, yes in given.items()),
        )


def asked_about(
    reading: Reading, classified: Issue, classifier: Classifier, most: int
) -> Mapping[Question, bool]:
    """The questions about what was read of an issue, each with what the reading says."""
    wanted = {id(found): one for one, found in pairs_of(reading, classified) if one and found}
    known = [one for one in questions(classified, classifier, _ALL) if id(one.thing) in wanted][:most]
    return {one: one.topic in wanted[id(one.thing)].topics for one in known}


def before_and_after(trials: Iterable[Trial]) -> tuple[Evaluation, Evaluation]:
    """How well the topics agree with the readings, without answers and with them."""
    found = tuple(trials)
    before = evaluate([(one.reading, one.before) for one in found], lambda _: ())
    return before, evaluate([(one.reading, one.after) for one in found], lambda _: ())

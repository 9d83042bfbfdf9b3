"""Answers are kept so that topics are learned from them, also when their issue is gone."""

from datetime import UTC, datetime

import pytest

from bot.digest.topics.classifier import Classifier
from bot.editors.topics.answers import Answer, answer_to, read_answers, standing
from bot.editors.topics.fitting import examples_of
from bot.editors.topics.questions import Question, questions
from bot.editors.topics.readings import Reading
from bot.editors.topics.trial import before_and_after, tried
from bot.errors import BadInput
from tests import builders as build
from tests.editors.topics.test_questions import CLASSIFIER, ISSUE, TOPICS

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
FLASH = build.issue(build.section("news"), flash=(build.flash("某cpu公司", "后来。也说gpu。"),))


def asked(topic: str) -> Question:
    return next(one for one in questions(ISSUE, CLASSIFIER) if one.topic == topic)


def answered(topic: str, *, yes: bool | None) -> Answer:
    return answer_to(asked(topic), issue="2026-03-02", yes=yes, at=AT)


@pytest.mark.parametrize("issue", [ISSUE, FLASH], ids=["items", "flash"])
def test_an_answer_comes_back_from_its_line_with_the_words_that_the_classifier_goes_by(issue: object) -> None:
    assert issue in (ISSUE, FLASH)
    for question in questions(ISSUE if issue is ISSUE else FLASH, CLASSIFIER):
        given = answer_to(question, issue="2026-03-02", yes=True, at=AT)
        (read,) = read_answers(given.line, where="a")
        assert read == given
        assert CLASSIFIER.evidence(read.thing) == CLASSIFIER.evidence(question.thing)


def test_the_last_answer_counts_and_none_that_was_taken_back() -> None:
    first, second = answered("gpu", yes=True), answered("gpu", yes=False)
    assert standing([first, second]) == (second,)
    assert standing([first, answered("gpu", yes=None)]) == ()


def test_answers_are_examples_of_their_issue() -> None:
    (one, other) = examples_of([answered("gpu", yes=True), answered("cpu", yes=False)], CLASSIFIER)
    assert (one.issue, one.topic, one.right) == ("2026-03-02.md", "gpu", True)
    assert (other.topic, other.right) == ("cpu", False)
    assert one.evidence == CLASSIFIER.evidence(ISSUE.items[0])["gpu"]


def test_one_about_a_topic_that_no_word_speaks_for_any_more_is_none() -> None:
    words = TOPICS.topics["gpu"].model_copy(update={"terms": {}})
    without = TOPICS.model_copy(update={"topics": {**TOPICS.topics, "gpu": words}})
    assert list(examples_of([answered("gpu", yes=True)], Classifier(without))) == []


@pytest.mark.parametrize("line", ["{", "[]", '{"at": "2026-03-02"}'])
def test_a_line_that_is_no_answer_is_named(line: str) -> None:
    with pytest.raises(BadInput, match=r"^a\.jsonl:3: is no answer \(.*\); remove the line$"):
        read_answers(f"{answered('gpu', yes=True).line}\n{line}\n", where="a.jsonl")


def test_a_reading_answers_for_the_editor_no_more_than_so_often() -> None:
    topics = (("gpu",), ("soc",), ("cpu",))
    items = [{"title": item.title, "topics": own} for item, own in zip(ISSUE.items, topics, strict=True)]
    reading = Reading.model_validate(
        {"file": "2026-03-02.md", "sections": [{"slug": "news", "items": items}]}
    )
    found = [list(tried([(reading, ISSUE, CLASSIFIER)], most)) for most in (1, 12)]
    assert [one.asked for (one,) in found] == [1, 3]
    right = [[count.total.right for count in before_and_after(one)] for one in found]
    assert right == [[0, 1], [0, 2]]
    assert [len(one.topics) for one in found[1][0].after.items] == [1, 1, 0]


def test_what_nobody_read_is_not_asked_about() -> None:
    items = [{"title": ISSUE.items[1].title, "topics": ()}]
    reading = Reading.model_validate(
        {"file": "2026-03-02.md", "whole": False, "sections": [{"slug": "news", "items": items}]}
    )
    (trial,) = tried([(reading, ISSUE, CLASSIFIER)], 12)
    assert trial.asked == 1

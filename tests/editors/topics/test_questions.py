"""What an editor is asked is what his answer tells most of, and the answer is written down."""

import pytest

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.sidecar import with_said
from bot.digest.topics.vocabulary import Topics
from bot.editors.topics.questions import Question, gain, questions
from bot.editors.topics.sidecar_text import answered
from bot.errors import BadInput
from bot.model import Issue
from tests import builders as build

SLUGS = ("cpu", "gpu", "soc")
TOPICS = Topics.model_validate(
    {"topics": {slug: {"names": {"zh": slug, "en": slug}, "terms": [slug]} for slug in SLUGS}}
)
CLASSIFIER = Classifier(TOPICS)
TITLES = ("新cpu发布", "一篇文章: 上篇", "别的")
ISSUE = build.issue(
    build.section(
        "news",
        build.item(id="7d9a0b12cc", title=TITLES[0], summary=build.text("也说gpu。"), line=3),
        build.item(id="aaaaaaaaaa", title=TITLES[1], summary=build.text("先说别的。后来soc。"), line=6),
        build.item(id="bbbbbbbbbb", title=TITLES[2], line=9),
    )
)


def asked(sidecar: str = "", most: int = 12) -> list[Question]:
    return list(questions(read(sidecar), CLASSIFIER, most))


def read(sidecar: str) -> Issue:
    return CLASSIFIER.classify(with_said(ISSUE, sidecar, file="a.topics.yml"))


def topics(sidecar: str) -> list[list[str]]:
    return [[match.slug for match in item.topics] for item in read(sidecar).items]


def answer(sidecar: str, topic: str, *, yes: bool) -> str:
    (question,) = (one for one in questions(ISSUE, CLASSIFIER) if one.topic == topic)
    return answered(sidecar, question, yes=yes)


def test_only_topics_that_a_word_speaks_for_are_asked_about_the_least_certain_first() -> None:
    assert [(one.topic, one.has) for one in asked()] == [("gpu", False), ("cpu", True), ("soc", False)]
    assert [one.line for one in asked()] == [3, 3, 6]
    assert asked(most=1) == asked()[:1]


def test_an_answer_tells_more_of_what_is_less_certain_and_of_what_may_be_missing() -> None:
    assert gain(0.3, has=False) > gain(0.1, has=False)
    assert gain(0.6, has=True) > gain(0.9, has=True)
    assert gain(0.5, has=False) > gain(0.5, has=True)


@pytest.mark.parametrize("yes", [True, False])
def test_what_was_answered_counts_and_is_not_asked_again(*, yes: bool) -> None:
    sidecar = answer("", "gpu", yes=yes)
    assert ("gpu" in topics(sidecar)[0]) is yes
    assert "cpu" in topics(sidecar)[0]
    assert [one.topic for one in asked(sidecar)] == ["cpu", "soc"]


def test_of_an_item_whose_topics_are_all_said_nothing_is_asked() -> None:
    assert [one.topic for one in asked(f"{TITLES[0]}: cpu\n")] == ["soc"]


def test_answers_about_one_item_stand_in_one_entry_and_a_later_one_replaces_an_earlier() -> None:
    sidecar = answer(answer(answer("", "gpu", yes=True), "cpu", yes=True), "gpu", yes=False)
    assert sidecar.splitlines()[1:] == [f"7d9a0b12cc {TITLES[0]}: +cpu -gpu"]


def test_a_title_with_a_colon_or_a_sign_is_put_between_quotes() -> None:
    sidecar = answer("", "soc", yes=True)
    assert topics(sidecar) == [["cpu"], ["soc"], []]
    assert '"aaaaaaaaaa 一篇文章: 上篇": +soc' in sidecar


BY_HAND = """\
# what I know
别的:   gpu   # surely
"7d9a0b12cc 新cpu发布": {}   # and here
# the end"""


@pytest.mark.parametrize("value", ["+soc", '"+soc"', "'+soc'", "[+soc]", "", "\n  - +soc"])
def test_all_that_stands_there_by_hand_stays_remarks_too(value: str) -> None:
    before = BY_HAND.format(value)
    after = answer(before, "gpu", yes=True)
    assert "# what I know\n别的:   gpu   # surely\n" in after
    assert after.count("#") == 4
    assert set(topics(after)[0]) == {"cpu", "gpu", *(["soc"] if value else [])}
    assert topics(after)[2] == ["gpu"]
    assert set(topics(answer(after, "cpu", yes=False))[0]) == set(topics(after)[0]) - {"cpu"}


def test_an_answer_goes_into_no_broken_file() -> None:
    with pytest.raises(BadInput, match=r"a\.yml:1: "):
        answered("- a list", asked()[0], yes=True, where="a.yml")

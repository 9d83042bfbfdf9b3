"""An editor's answer that the bot keeps counts until the issue itself says otherwise."""

import pytest

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.kept import counting
from bot.editors.topics.questions import questions
from bot.model import Beside, Issue, KeptAnswer, joined, parted, with_answers
from tests.digest.shipped import reader, topics

KEY = "一种新的训练方法"
TEXT = f"""# 简报 (2026-03-02)

## 论文

- [{KEY} | 某站](https://example.com/1)
摘要：在GPU上用int8训练。推理也快。
"""
NAME = "2026-03-02.topics.yml"


def answer(topic: str, *, yes: bool, item: str = KEY) -> KeptAnswer:
    return KeptAnswer(item=item, topic=topic, yes=yes)


def read(text: str) -> Issue:
    return reader().read(text, slug="2026-03-02")


def slugs(text: str) -> set[str]:
    return {match.slug for match in read(text).items[0].topics}


def test_a_yes_gives_a_topic_and_a_no_takes_one_away() -> None:
    before = slugs(TEXT)
    assert "pruning" not in before
    given = next(iter(before))
    kept = (answer("pruning", yes=True), answer(given, yes=False))
    assert slugs(with_answers(TEXT, kept)) == before - {given} | {"pruning"}


def test_what_was_answered_is_not_asked_again_and_counts() -> None:
    classifier = Classifier(topics())
    asked = questions(read(TEXT), classifier)[0]
    issue = read(with_answers(TEXT, [answer(asked.topic, yes=True, item=asked.key)]))
    assert counting(issue) == (answer(asked.topic, yes=True, item=asked.key),)
    assert asked.topic not in {one.topic for one in questions(issue, classifier)}


@pytest.mark.parametrize(
    ("said", "pruned", "count"),
    [
        ("-pruning", False, 0),
        ("quantization", False, 0),  # all of its topics
        ("+pruning", True, 0),
        ("-quantization", True, 1),
    ],
)
def test_the_file_beside_the_issue_wins(said: str, *, pruned: bool, count: int) -> None:
    beside = Beside(name=NAME, text=f"{KEY}: {said}\n")
    text = with_answers(joined(TEXT, beside), [answer("pruning", yes=True)])
    assert ("pruning" in slugs(text)) is pruned
    assert len(counting(read(text))) == count


def test_the_line_of_an_item_wins() -> None:
    text = with_answers(f"{TEXT}主题：-剪枝\n", [answer("pruning", yes=True)])
    assert "pruning" not in slugs(text)
    assert counting(read(text)) == ()


@pytest.mark.parametrize(
    "lost", [answer("pruning", yes=True, item="一条已经不在的新闻"), answer("no-such-topic", yes=True)]
)
def test_an_answer_that_means_nothing_any_more_says_nothing(lost: KeptAnswer) -> None:
    text = with_answers(TEXT, [lost])
    assert (slugs(text), read(text).warnings) == (slugs(TEXT), read(TEXT).warnings)
    assert counting(read(text)) == ()


def test_a_text_is_parted_into_what_it_was_joined_of() -> None:
    beside, kept = Beside(name=NAME, text="一条: 量化\n"), (answer("pruning", yes=False, item="一条\t新闻"),)
    parts = parted(with_answers(joined(TEXT, beside), kept))
    assert (parts.own, parts.beside) == (TEXT, beside)
    assert parts.answers == (answer("pruning", yes=False, item="一条 新闻"),)
    assert parted(with_answers(TEXT, kept)).beside is None

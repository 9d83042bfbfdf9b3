"""What the second reader is asked, what of its answers counts, and how little a text can do to it."""

import json
from dataclasses import replace

import pytest

from bot.digest.topics.classifier import Classifier
from bot.editors.second_reader.reader import BATCH, SecondReader, batches, with_proposals
from bot.editors.second_reader.wording import SYSTEM, message, name_of, text_of, understood
from bot.editors.topics.questions import Question, questions
from bot.model import Item
from tests.digest.shipped import issue_of, read, topics

MODEL = "small-model"
ISSUE = issue_of(
    "- [一篇讲处理器的文章 | 某站](https://example.com/1)\n摘要：首先。后来是量化，又是int8。\n",
    "- [别的 | 某站](https://example.com/2)\n摘要：先说别的。显卡也有。\n",
)


class Says:
    """Answers everything with one text."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    async def complete(self, system: str, message: str) -> str:
        assert system == SYSTEM
        assert json.loads(message)["items"]
        return self.answer


@pytest.fixture
def asked() -> tuple[Question, ...]:
    return questions(read(ISSUE), Classifier(topics()))


def answer(asked: tuple[Question, ...], *, verdict: object = True) -> str:
    """All the same, by the numbers that the items have in the message."""
    items = json.loads(message(asked, topics()))["items"]
    return json.dumps({str(item["item"]): dict.fromkeys(item["topics"], verdict) for item in items})


def test_it_gets_the_text_of_items_and_what_topics_are_called_and_no_more(
    asked: tuple[Question, ...],
) -> None:
    sent = json.loads(message(asked, topics()))
    assert sorted(sent) == ["items", "topics"]
    assert {one.topic for one in asked} == set(sent["topics"])
    assert sent["topics"]["quantization"].startswith("量化 / Quantization: ")
    first = sent["items"][0]
    assert sorted(first) == ["item", "text", "topics"]
    assert len(sent["items"]) == len({text_of(one.thing) for one in asked})
    assert "example.com" not in json.dumps(sent)


def test_a_very_long_text_is_cut(asked: tuple[Question, ...]) -> None:
    thing = asked[0].thing
    assert isinstance(thing, Item)
    assert len(text_of(replace(thing, title="长" * 50_000))) == 2000


def test_yes_and_no_are_understood(asked: tuple[Question, ...]) -> None:
    assert set(understood(answer(asked), asked)) == {True}
    assert set(understood(f"```json\n{answer(asked, verdict=False)}\n```", asked)) == {False}


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Yes, all of them.",
        "true",
        "[true]",
        "null",
        "[" * 100_000,
        "9" * 10_000,
        '{"1": true}',
        '{"1": {"quantization": "yes"}}',
        '{"1": {"quantization": 1}}',
        '{"1": {"quantization": null}}',
        '{"1": [{"quantization": true}]}',
        '{"quantization": true}',
        '{"99": {"quantization": true}}',
        'Here it is: {"1": {"quantization": true}}',
    ],
)
def test_anything_else_is_no_answer(asked: tuple[Question, ...], said: str) -> None:
    assert set(understood(said, asked)) == {None}


def test_of_an_answer_nothing_counts_but_what_was_asked(asked: tuple[Question, ...]) -> None:
    """Whatever an item's text talked it into."""
    said = {"1": {"no-such-topic": True, "crypto": True}, "approve": True, "__class__": {}, "2": "publish"}
    assert understood(json.dumps(said), asked) == (None,) * len(asked)


def test_another_text_topic_or_model_is_another_question(asked: tuple[Question, ...]) -> None:
    first = asked[0]
    thing = first.thing
    assert isinstance(thing, Item)
    name = name_of(first, topics(), MODEL)
    assert name == name_of(replace(first, gain=9, has=not first.has), topics(), MODEL)
    elsewhere = replace(thing, url="https://example.com/moved", line=99)
    assert name == name_of(replace(first, thing=elsewhere), topics(), MODEL)
    other = {
        name_of(first, topics(), "other"),
        name_of(replace(first, thing=replace(thing, title="改")), topics(), MODEL),
        name_of(replace(first, match=replace(first.match, slug="pruning")), topics(), MODEL),
    }
    assert len(other | {name}) == 4


async def test_proposals_change_the_order_of_questions_and_nothing_else(asked: tuple[Question, ...]) -> None:
    last = asked[-1]
    reader = SecondReader(Says(answer((last,), verdict=not last.has)), model=MODEL, topics=topics())
    found = with_proposals(asked, await reader.ask((last,)), reader)
    assert found[0] == replace(last, proposed=not last.has)
    assert found[0].contradicted
    assert found[1:] == asked[:-1]


async def test_what_agrees_with_the_words_stays_where_it_is(asked: tuple[Question, ...]) -> None:
    last = asked[-1]
    reader = SecondReader(Says(answer((last,), verdict=last.has)), model=MODEL, topics=topics())
    found = with_proposals(asked, await reader.ask((last,)), reader)
    assert found == (*asked[:-1], replace(last, proposed=last.has))


def test_of_many_questions_so_many_go_at_once(asked: tuple[Question, ...]) -> None:
    many = asked * BATCH
    assert [len(some) for some in batches(many[: 2 * BATCH + 1])] == [BATCH, BATCH, 1]

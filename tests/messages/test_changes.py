"""What a reader is told of a correction: which item, by the number that they see, and what of it."""

from dataclasses import replace

import pytest

from bot.messages import Renderer
from bot.model import Cut, Issue, Item, Mode, TopicMatch
from tests import builders as build
from tests.messages.names import FixedNames

ENGLISH = Cut(language="en")
ONE = build.item(id="a", title="One", url="https://example.com/one")
TWO = build.item(id="b", title="Two", url="https://example.com/two")
THREE = build.item(id="c", title="Three", url="https://example.com/three")


def issue(*items: Item, **fields: str) -> Issue:
    return build.issue(build.section("papers", *items), **fields)


def told(old: Issue, new: Issue, cut: Cut = ENGLISH) -> str:
    return Renderer(FixedNames()).corrected(old, new, cut, most=3).html


OLD = issue(ONE, TWO, THREE)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (issue(ONE, replace(TWO, url="https://example.com/2"), THREE), "the link of item 2"),
        (issue(ONE, replace(TWO, id="z", url="https://example.com/2"), THREE), "the link of item 2"),
        (issue(ONE, replace(TWO, id="z", title="2", url=None), THREE), "the title and the link of item 2"),
        (issue(ONE, TWO), "item 3 was removed"),
        (issue(ONE, TWO, THREE, build.item(id="d", title="Four")), "item 4 is new"),
        (replace(OLD, title="Another"), "the title"),
        (OLD, "details"),
    ],
)
def test_a_difference_is_named(new: Issue, words: str) -> None:
    assert told(OLD, new) == f"✏️ Corrected: {words}"


def test_of_many_differences_some_are_named_and_all_counted() -> None:
    new = issue(*(replace(one, title=f"{one.title}!") for one in (ONE, TWO, THREE)), title="Another")
    assert told(OLD, new).endswith("; the title of item 2; 4 in all")
    assert told(OLD, new, Cut(language="zh")).endswith("；第 2 条标题，等 4 处")


def test_the_number_is_that_of_the_reader_s_own_copy() -> None:
    topic = TopicMatch(slug="pruning", matched="")
    two = replace(TWO, topics=(topic,))
    old, new = issue(ONE, two), issue(ONE, replace(two, url="https://example.com/2"))
    cut = Cut(language="en", topics=("pruning",))
    assert told(old, new, cut) == "✏️ Corrected: the link of item 1"
    assert told(old, new, replace(cut, mode=Mode.HEADLINES)) == "✏️ Corrected: the link of item 1"

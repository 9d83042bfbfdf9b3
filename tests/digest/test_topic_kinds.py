"""A word has a kind: what goes with a topic (a company, a platform, a yardstick) makes none alone."""

from itertools import chain
from typing import Any

import pytest

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.kinds import Kind
from bot.digest.topics.vocabulary import Topics
from bot.errors import BadInput
from bot.model import Flash, Item
from bot.settings.files import read_model
from tests import builders as build
from tests.digest.test_topics import FEW, written


def topics(**words: Any) -> Topics:
    cars = {"names": {"zh": "车", "en": "Cars"}, "terms": ["自动驾驶"], **words}
    return Topics.model_validate({"topics": {"cars": cars}})


def found(thing: Item | Flash, **words: Any) -> set[str]:
    items, flash = ([thing], []) if isinstance(thing, Item) else ([], [thing])
    issue = Classifier(topics(**words)).classify(build.issue(build.section("news", *items), flash=flash))
    matches = [one.topics for one in issue.items] + [one.topics for one in issue.flash]
    return {match.slug for match in chain(*matches)}


def news(title: str, text: str = "") -> Item:
    return build.item(title=title, summary=build.text(text))


def test_a_plain_list_of_words_is_one_of_names() -> None:
    assert topics().topics["cars"].terms == {Kind.NAME: ("自动驾驶",)}


@pytest.mark.parametrize("key", ["terms", "hints", "subjects"])
@pytest.mark.parametrize("kind", ["company", "platform", "yardstick"])
def test_words_that_go_with_a_topic_make_none_alone(kind: str, key: str) -> None:
    words = {"terms": {"name": ["自动驾驶"]}} | {key: {"name": ["自动驾驶"], kind: ["特斯拉", "Waymo"]}}
    assert found(news("特斯拉发布储能电池，Waymo也是", "特斯拉说它便宜。特斯拉。"), **words) == set()
    assert found(news("特斯拉的自动驾驶"), **words) == {"cars"}


@pytest.mark.parametrize("kind", ["name", "method", "product"])
def test_words_of_the_other_kinds_do(kind: str) -> None:
    assert found(news("特斯拉发布储能电池"), terms={kind: ["特斯拉"]}) == {"cars"}


@pytest.mark.parametrize("key", ["terms", "subjects"])
def test_a_company_that_a_flash_is_about_makes_a_topic(key: str) -> None:
    words = {"terms": ["自动驾驶"], key: {"company": ["特斯拉"]}}
    assert found(build.flash("特斯拉", "涨价了。"), **words) == {"cars"}


def test_one_that_is_but_a_hint_does_not_even_then() -> None:
    assert found(build.flash("特斯拉", "特斯拉涨价了，特斯拉。"), hints={"company": ["特斯拉"]}) == set()


def test_what_makes_no_topic_is_a_candidate_of_no_probability() -> None:
    (match,) = Classifier(topics(terms={"company": ["特斯拉"]})).candidates(news("特斯拉发布电池"))
    assert (match.score, match.probability) == (3, 0)


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ("{compny: [gpu]}", "topics.gpu.terms.compny"),
        ("{company: ['']}", "topics.gpu.terms.company.0: String should have at least 1 character"),
        ("{company: [yes]}", "topics.gpu.terms: cannot be true or false"),
        ("gpu", "topics.gpu.terms: Input should be a valid tuple"),
    ],
)
def test_words_that_will_not_do_are_refused_by_key_and_reason(tmp_path: Any, terms: str, told: str) -> None:
    path = written(tmp_path, FEW.replace("[gpu]", terms))
    with pytest.raises(BadInput) as refused:
        read_model(Topics, path)
    assert told in str(refused.value)

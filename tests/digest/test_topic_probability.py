"""A topic is as probable as what was learned of it says; without that, as the common weights say."""

from typing import Any

import pytest

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.probability import UNFITTED, Evidence, Fitted, evidence, probability
from bot.digest.topics.vocabulary import Topics
from bot.model import TopicMatch
from tests import builders as build

FITTED = {"bias": -3.0, "weight": 4.0, "beside": -2.0, "others": 0.0, "threshold": 0.4}


def topics(**fitted: Any) -> Topics:
    words = {"cpu": ["cpu"], "gpu": ["gpu"], "soc": ["soc"]}
    return Topics.model_validate(
        {
            "topics": {
                slug: {"names": {"zh": slug, "en": slug}, "terms": terms, "fitted": fitted.get(slug)}
                for slug, terms in words.items()
            }
        }
    )


def matches(title: str, text: str = "", **fitted: Any) -> dict[str, TopicMatch]:
    item = build.item(title=title, summary=build.text(text))
    return {match.slug: match for match in Classifier(topics(**fitted)).candidates(item)}


def given(title: str, text: str = "", **fitted: Any) -> list[str]:
    issue = build.issue(build.section("news", build.item(title=title, summary=build.text(text))))
    return [match.slug for match in Classifier(topics(**fitted)).classify(issue).items[0].topics]


def test_what_weighs_exactly_enough_is_as_probable_as_not_without_a_fit() -> None:
    assert probability(Evidence(1.0, 0.0, 0), UNFITTED) == UNFITTED.threshold == 0.5


@pytest.mark.parametrize("weight", [0.0, 0.5, 0.999, 1.0, 1.001, 1.5, 2.0, 40.0])
def test_without_a_fit_a_topic_is_what_weighs_enough_whatever_else_there_is(weight: float) -> None:
    chance = probability(evidence(weight, beside=40.0, others=9), UNFITTED)
    assert 0 < chance < 1
    assert (chance >= UNFITTED.threshold) == (weight >= 1)


def test_more_weight_makes_a_topic_more_probable_and_weightier_ones_beside_it_less() -> None:
    fitted = Fitted.model_validate(FITTED)
    chances = [probability(Evidence(weight, 0.0, 0), fitted) for weight in (0.0, 0.5, 1.0, 2.0)]
    assert chances == sorted(chances)
    beside = [probability(Evidence(1.0, weight, 1), fitted) for weight in (0.0, 1.0, 3.0)]
    assert beside == sorted(beside, reverse=True)


def test_what_is_more_than_enough_counts_no_more() -> None:
    assert evidence(40.0, 40.0, 40) == evidence(2.0, 4.0, 5) == Evidence(2.0, 4.0, 5)


def test_no_weights_are_too_high() -> None:
    high = Fitted.model_validate(FITTED | {"weight": 1e9})
    assert probability(Evidence(2.0, 0.0, 0), high) == 1
    assert probability(Evidence(0.0, 1.0, 1), high.model_copy(update={"beside": -1e9})) == 0


def test_an_item_has_a_fitted_topic_from_its_own_threshold_on() -> None:
    assert given("一篇文章", "用cpu做的。") == []
    assert given("一篇文章", "用cpu做的。", cpu=FITTED) == ["cpu"]
    assert given("一篇文章", "用cpu做的。", cpu=FITTED | {"threshold": 0.6}) == []


def test_a_topic_that_weighs_too_little_counts_beside_none() -> None:
    alone = matches("新cpu", cpu=FITTED)["cpu"].probability
    assert matches("新cpu", "首先。后来soc。", cpu=FITTED)["cpu"].probability == alone
    assert matches("新cpu与soc", cpu=FITTED)["cpu"].probability < alone


def test_topics_come_most_probable_first() -> None:
    assert given("新cpu与新gpu") == ["cpu", "gpu"]
    assert given("新cpu与新gpu", cpu=FITTED) == ["gpu", "cpu"]


@pytest.mark.parametrize("beside", [-2.0, 0.0, 2.0])
@pytest.mark.parametrize("others", [-0.5, 0.0, 0.5])
@pytest.mark.parametrize(
    "text", ["", "用cpu。", "后来。cpu，cpu。", "gpu。cpu。", "soc、gpu。soc、gpu、cpu。"]
)
@pytest.mark.parametrize("title", ["一篇", "新gpu", "新soc与gpu", "新soc与gpu、cpu"])
def test_an_item_has_those_candidates_that_are_probable_enough(
    title: str, text: str, beside: float, others: float
) -> None:
    """What is left out early, as it cannot become a topic, is no topic."""
    fitted = FITTED | {"beside": beside, "others": others}
    known = topics(cpu=fitted, gpu=fitted)
    least = {slug: topic.fitted.threshold if topic.fitted else 0.5 for slug, topic in known.topics.items()}
    probable = [
        slug
        for slug, match in matches(title, text, cpu=fitted, gpu=fitted).items()
        if match.probability >= least[slug]
    ]
    assert given(title, text, cpu=fitted, gpu=fitted) == probable

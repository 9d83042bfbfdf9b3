"""What an item only mentions is not what it is about."""

from typing import Any

import pytest

from bot.digest.topics.classifier import Classifier
from bot.digest.topics.vocabulary import Topics
from tests import builders as build

WORDS: dict[str, dict[str, Any]] = {
    "chip": {"terms": ["加速卡", "推理芯片", "手机芯片"]},
    "cpu": {"terms": ["cpu", "cpu缓存"], "hints": ["分支预测"]},
    "gpu": {"terms": ["gpu"]},
    "nlp": {"terms": ["gpt"]},
    "inference": {"terms": ["推理", "边缘推理"], "hints": {"platform": ["移动端"]}},
    "light": {"terms": ["轻量网络"], "yields": ["inference"]},
    "foundry": {"terms": ["台积电", "制程"], "by_means": False},
}
TOPICS = Topics.model_validate(
    {"topics": {slug: {"names": {"zh": slug, "en": slug}, **words} for slug, words in WORDS.items()}}
)


def slugs(title: str, *summary: str) -> list[str]:
    item = build.item(title=title, summary=build.text(*summary))
    issue = Classifier(TOPICS).classify(build.issue(build.section("news", item)))
    return sorted(match.slug for match in issue.items[0].topics)


@pytest.mark.parametrize(
    "title",
    ["加速卡的能效是GPU的五倍", "加速卡比GPU快", "加速卡优于 GPU", "加速卡相比 GPU 省电", "加速卡 vs. GPU"],
)
def test_what_something_is_compared_with_is_none(title: str) -> None:
    assert slugs(title) == ["chip"]


def test_what_it_was_tried_on_is_none() -> None:
    assert slugs("加速卡跑GPT快一倍") == ["chip"]
    assert slugs("加速卡能跑推理") == ["chip", "inference"]


@pytest.mark.parametrize("title", ["每帧推理只要八毫秒", "推理耗时 8 ms", "推理达60fps"])
def test_what_it_takes_to_run_it_is_none(title: str) -> None:
    assert slugs(title) == []


@pytest.mark.parametrize(
    ("title", "topic"),
    [("GPU的五种用法", "gpu"), ("GPU跑得快", "gpu"), ("GPT的推理", "nlp"), ("推理引擎", "inference")],
)
def test_what_merely_looks_alike_is_one(title: str, topic: str) -> None:
    assert topic in slugs(title)


def test_a_word_that_goes_over_into_a_longer_one_of_another_topic_is_only_an_attribute() -> None:
    assert slugs("边缘推理芯片量产") == ["chip"]
    assert slugs("边缘推理") == ["inference"]


@pytest.mark.parametrize("text", ["由台积电代工", "采用先进的三纳米制程", "使用 3nm 制程"])
def test_what_it_is_made_with_is_none_where_the_topic_says_so(text: str) -> None:
    assert slugs("手机芯片", f"{text}。") == ["chip"]
    assert slugs("制程的进展") == ["foundry"]
    assert slugs("用GPU渲染") == ["gpu"]


def test_so_it_may_where_it_says_that_something_is_new() -> None:
    assert slugs("手机新芯片曝光") == slugs("手机新款芯片") == ["chip"]
    assert slugs("手机新闻芯片") == []


@pytest.mark.parametrize("title", ["轻量的网络", "轻量的去雾网络"])
def test_a_compound_may_have_words_between_its_own(title: str) -> None:
    assert slugs(title) == ["light"]


@pytest.mark.parametrize("title", ["轻量的去雾，网络", "轻量的很多很多的网络", "轻量去雾网络"])
def test_but_no_mark_and_no_second_attribute(title: str) -> None:
    assert slugs(title) == []


def test_a_topic_yields_to_none_that_the_item_cannot_have() -> None:
    assert slugs("移动端", "轻量网络，又一个轻量网络。") == ["light"]


def test_where_nothing_else_stands_what_the_body_has_again_and_again_is_the_subject() -> None:
    often = "从头说起。CPU缓存未命中占了多数，分支预测次之，CPU也没有跑满。"
    assert slugs("数据库为什么慢", "从头说起。CPU，CPU，还是CPU。") == []
    assert slugs("数据库为什么慢", often) == ["cpu"]
    assert slugs("数据库为什么慢", "从头说起。CPU缓存未命中，CPU也没有跑满。") == []
    assert slugs("GPU为什么慢", often) == ["gpu"]

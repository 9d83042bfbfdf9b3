"""The shipped words know what a headline is about, and are not misled by words that mean something else."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.digest.topics.classifier import Classifier
from bot.model import Flash, Item
from bot.settings.files import read_yaml
from tests import builders as build
from tests.digest.shipped import topics

HEADLINES: dict[str, Any] = read_yaml(Path(__file__).parent / "headlines.yml")
CLASSIFIER = Classifier(topics())


def given(item: Item | Flash) -> list[str]:
    return sorted(topic.slug for topic in CLASSIFIER.candidates(item) if topic.score >= CLASSIFIER.threshold)


@pytest.mark.parametrize("row", HEADLINES["items"], ids=lambda row: row["title"])
def test_an_item_has_the_topics_that_a_reader_gives_it(row: dict[str, Any]) -> None:
    assert given(build.item(title=row["title"], summary=build.text(row["text"]))) == sorted(row["topics"])


@pytest.mark.parametrize("row", HEADLINES["flash"], ids=lambda row: row["subject"])
def test_a_flash_has_the_topics_that_a_reader_gives_it(row: dict[str, Any]) -> None:
    assert given(build.flash(row["subject"], row["text"])) == sorted(row["topics"])


@pytest.mark.parametrize("title", HEADLINES["traps"])
def test_a_word_that_means_something_else_makes_no_topic(title: str) -> None:
    assert given(build.item(title=title, summary=build.text("全文见链接。"))) == []


def test_every_topic_is_tried_more_than_once() -> None:
    tried = Counter(slug for row in (*HEADLINES["items"], *HEADLINES["flash"]) for slug in row["topics"])
    assert [slug for slug in topics() if tried[slug] < 2] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("prunning", "pruning"),
        ("quantisation", "quantization"),
        ("quantisaton", "quantization"),
        ("量花", "quantization"),
        ("busines", "business"),
        ("llms", "nlp"),
    ],
)
def test_a_misspelt_topic_is_recognised(typed: str, meant: str) -> None:
    assert meant in topics().misspelt(typed)


@pytest.mark.parametrize("typed", ["FlashAttention", "vLLM", "代工厂", "KV缓存", "Kubernetes", "x"])
def test_a_word_that_is_no_topic_is_not_taken_for_a_misspelt_one(typed: str) -> None:
    assert topics().misspelt(typed) == ()

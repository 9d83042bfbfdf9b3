"""An item has the topics it is about, each with the word that says so."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.digest.classifier import Classifier
from bot.digest.topics import Topics
from bot.model import Item, plain
from bot.settings import load
from tests import builders as build
from tests.corpus import GOLD, SHARED, needs_corpus
from tests.digest.shipped import reader

TOPICS = Topics.model_validate(
    {
        "topics": {
            "cpu": {"names": {"zh": "CPU", "en": "CPU"}, "terms": ["arm", "cpu", "处理器"]},
            "quantization": {
                "names": {"zh": "量化", "en": "Quantization"},
                "terms": ["量化", "int8"],
                "hints": ["比特"],
                "not": ["量化交易"],
            },
        }
    }
)


def topics_of(title: str | None, *summary: str, **fields: Any) -> list[tuple[str, str]]:
    item: Item = build.item(title=title, summary=build.text(*summary), **fields)
    issue = Classifier(TOPICS).classify(build.issue(build.section("news", item)))
    return [(topic.slug, topic.matched) for topic in issue.items[0].topics]


@pytest.mark.parametrize("title", ["arm 发布新核", "全新ARM架构", "Arms race", "(ARM)", "ARM_v9", "新核:arm"])
def test_a_latin_term_is_found_as_a_word_beside_anything_but_letters(title: str) -> None:
    assert [slug for slug, _ in topics_of(title)] == ["cpu"]


@pytest.mark.parametrize("title", ["An alarm", "armada", "charm", "armv", "int80", "farms", "ARMs2"])
def test_a_latin_term_is_not_found_inside_a_word(title: str) -> None:
    assert topics_of(title) == []


@pytest.mark.parametrize("title", ["低比特量化感知训练", "后量化", "量化"])
def test_a_chinese_term_is_found_anywhere(title: str) -> None:
    assert topics_of(title)[0][0] == "quantization"


def test_a_term_inside_a_not_phrase_says_nothing() -> None:
    assert topics_of("量化交易员的一天") == []
    assert topics_of("量化交易也用量化模型") == [("quantization", "量化")]


@pytest.mark.parametrize(
    ("title", "term"),
    [("ARM 核", "ARM"), ("多个 CPUs", "CPU"), ("İİ 的 Int8", "Int8"), ("ẞß ﬁ Cpu", "Cpu")],
)
def test_the_term_is_quoted_as_it_stands_in_the_text(title: str, term: str) -> None:
    assert [matched for _, matched in topics_of(title)] == [term]


def test_a_passing_mention_further_down_is_no_topic() -> None:
    assert topics_of("一个标题", "第一句。后面提到 arm 一次。") == []
    assert topics_of("一个标题", "第一句。arm 说了又说，arm，arm，还是 arm，arm。") == []


def test_the_title_outweighs_the_body_and_the_strongest_comes_first() -> None:
    assert topics_of("int8 推理", "在 arm 上。arm 跑得快，arm。") == [
        ("quantization", "int8"),
        ("cpu", "arm"),
    ]


def test_the_weightiest_word_is_the_reason() -> None:
    assert topics_of("新处理器", "arm 架构。") == [("cpu", "处理器")]


def test_a_tag_counts_as_the_title() -> None:
    assert topics_of("一个标题", tags=("arm",)) == [("cpu", "arm")]


def test_without_a_title_the_first_sentence_stands_for_it() -> None:
    assert topics_of(None, "arm 架构。") == [("cpu", "arm")]
    assert topics_of("一个标题", "arm 架构。") == []


def test_a_hint_counts_half() -> None:
    assert topics_of("4 比特") == []
    assert topics_of("4 比特", "仍是比特。") == [("quantization", "比特")]


def test_a_flash_has_topics_by_its_text_or_its_subject() -> None:
    flash = (
        build.flash(None, "arm 发布新核。"),
        build.flash("ARM", "发布了处理器。"),
        build.flash("某公司", "开会。"),
    )
    found = Classifier(TOPICS).classify(build.issue(flash=flash)).flash
    assert [[topic.slug for topic in bullet.topics] for bullet in found] == [["cpu"], ["cpu"], []]


@pytest.mark.parametrize("title", ["轻量化检测模型", "卷积的向量化实现", "某手机 Q1上市"])
def test_the_shipped_topics_know_words_inside_other_words(title: str) -> None:
    item = build.item(title=title, summary=())
    issue = Classifier(load().topics).classify(build.issue(build.section("news", item)))
    found = {topic.slug for topic in issue.items[0].topics}
    assert not found & {"quantization", "business"}


def test_nothing_but_the_topics_changes() -> None:
    issue = build.issue(build.section("news", build.item(title="arm 处理器")))
    classified = Classifier(TOPICS).classify(issue)
    assert [plain(item.summary) for item in classified.items] == [plain(item.summary) for item in issue.items]
    assert Classifier(TOPICS).classify(classified) == classified


@needs_corpus
def test_topics_agree_with_a_careful_reader() -> None:
    """Micro-averaged F1 over items and flash news of all Markdown readings; two people reach about 0.9."""
    right = found = expected = 0
    for path in GOLD:
        if path.stem.startswith("003"):  # has lost its Markdown
            continue
        for ours, theirs in readings(path):
            right += len(ours & theirs)
            found += len(ours)
            expected += len(theirs)
    precision, recall = right / found, right / expected
    score = 2 * precision * recall / (precision + recall)
    assert score >= 0.80, f"F1 {score:.3f} (precision {precision:.3f}, recall {recall:.3f})"


def readings(path: Path) -> list[tuple[set[str], set[str]]]:
    """Our topics and the careful reader's, for each item and flash of an issue."""
    gold = json.loads(path.read_text("utf-8"))
    folder = "seeds" if gold["file"].endswith(".txt") else "corpus/embedded-ai"
    issue = reader().read((SHARED / folder / gold["file"]).read_text("utf-8"), slug=path.stem)
    ours = [*(flash.topics for flash in issue.flash), *(item.topics for item in issue.items)]
    theirs = [*gold["flash"], *(item for section in gold["sections"] for item in section["items"])]
    return [
        ({topic.slug for topic in found}, set(reading["topics"]))
        for found, reading in zip(ours, theirs, strict=True)
    ]

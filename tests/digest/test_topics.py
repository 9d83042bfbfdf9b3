"""Topics are found by any of their names, and a file of them that will not do is refused."""

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
import yaml

from bot.digest.topics.vocabulary import Topics
from bot.errors import BadInput
from bot.settings.files import read_model
from tests.corpus import SHARED, needs_corpus
from tests.digest.shipped import CONFIG, topics

THIRTY = (
    *("quantization", "pruning", "distillation", "nas", "lightweight", "compression", "inference"),
    *("compiler", "kernels", "framework", "training", "ai-chip", "cpu", "gpu", "riscv", "mobile-soc"),
    *("foundry", "tinyml", "detection", "segmentation", "face", "super-resolution", "pose", "nlp"),
    *("transformer", "speech", "autonomous-driving", "federated", "dataset-benchmark", "business"),
)

FEW = """
topics:
  quantization:
    names: {zh: 量化, en: Quantization}
    aliases: [低比特]
    terms: [量化]
  gpu:
    names: {zh: 显卡, en: GPU}
    terms: [gpu]
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "topics.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_topics_are_the_thirty() -> None:
    assert tuple(topics()) == THIRTY


@needs_corpus
def test_the_thirty_are_those_of_the_careful_reader() -> None:
    described = (SHARED / "gold" / "README.md").read_text("utf-8").rsplit("Topics:", 1)[-1]
    listed = re.findall(r"(?:^|·)\s*([a-z-]+)", described.split("\n\n")[0])
    assert tuple(listed) == THIRTY


def test_no_two_shipped_topics_share_a_name() -> None:
    names = chain.from_iterable(
        {slug, *(word.casefold() for word in (*topic.names.values(), *topic.aliases))}
        for slug, topic in topics().topics.items()
    )
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_no_word_stands_twice_in_a_shipped_topic() -> None:
    for slug, topic in topics().topics.items():
        words = (*topic.words, *topic.exclude)
        assert [word for word, count in Counter(words).items() if count > 1] == [], slug


@pytest.mark.parametrize(
    "word",
    [
        *(
            "quantization",
            "量化",
            "Quantization",
            "QUANTIZATION",
            "#quantization",
            "#量化",
            "低比特",
            "quant",
        ),
        *("低比特", "quant", "low bit", "Low-Bit", "low–bit", "ＱＵＡＮＴ", "＃量化", " 量化 ", "量\u200b化"),
    ],
)
def test_a_topic_is_found_by_slug_name_or_alias_in_any_language_and_case(word: str) -> None:
    assert topics().find(word) == "quantization"


def test_a_topic_is_found_in_traditional_characters() -> None:
    assert topics().find("蒸餾") == "distillation"


@pytest.mark.parametrize("slug", THIRTY)
def test_every_topic_is_found_by_everything_it_is_called(slug: str) -> None:
    topic = topics().topics[slug]
    for word in (slug, *topic.names.values(), *topic.aliases):
        assert topics().find(word) == slug
        assert topics().find(f"#{word.upper().replace('-', '_')}") == slug


@pytest.mark.parametrize(
    ("word", "near"),
    [
        *(("quantisation", "quantization"), ("量化技术", "quantization"), ("qantization", "quantization")),
        *(
            ("transformers", "transformer"),
            ("risc", "riscv"),
            ("目标", "detection"),
            ("超分辨", "super-resolution"),
        ),
        ("autonomous", "autonomous-driving"),
    ],
)
def test_a_near_miss_finds_nothing_and_gets_a_suggestion(word: str, near: str) -> None:
    assert topics().find(word) is None
    assert near in topics().suggestions(word)


@pytest.mark.parametrize("word", ["", "#", "黄油面包", "xyzzy"])
def test_what_is_near_to_nothing_gets_no_suggestion(word: str) -> None:
    assert topics().find(word) is None
    assert topics().suggestions(word) == ()


def test_a_topic_that_is_gone_is_called_by_its_slug() -> None:
    assert topics().name("quantization", "zh") == "量化"
    assert topics().name("gone", "zh") == "gone"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("zh: 量化, ", "", "topics.quantization: has no name in zh"),
        ("{zh: 显卡, en: GPU}", "{}", "topics.gpu: has no name in en and zh"),
        (
            "terms: [gpu]",
            "term: [gpu]",
            "topics.gpu.term: no such key; did you mean terms?",
        ),
        (
            "    terms: [gpu]",
            "    terms: [gpu]\n    hint: [x]",
            "topics.gpu.hint: no such key; did you mean hints?",
        ),
        ("gpu:", "Gpu!:", "topics.Gpu!"),
        ("terms: [gpu]", "terms: ['']", "topics.gpu.terms.0: String should have at least 1 character"),
        ("topics:", "weights: {threshold: 0}\ntopics:", "weights.threshold: Input should be greater than 0"),
        ("terms: [gpu]", "terms: ['*']", "topics.gpu.terms.0: String should match pattern"),
        ("terms: [gpu]", "terms: [gpu]\n    yields: [cpu]", "topics.gpu.yields: 'cpu' is not another topic"),
        ("terms: [gpu]", "terms: [gpu]\n    yields: [gpu]", "topics.gpu.yields: 'gpu' is not another topic"),
        (
            "terms: [gpu]",
            "terms: [gpu]\n    several_of: [x]",
            "topics.gpu.several_of: 'x' is not another topic",
        ),
        ("topics:", "topic:", "did you mean topics?"),
    ],
)
def test_a_file_that_will_not_do_is_refused_by_key_and_reason(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in FEW
    path = written(tmp_path, FEW.replace(old, new))
    with pytest.raises(BadInput) as refused:
        read_model(Topics, path)
    assert str(refused.value).startswith(f"{path}: ")
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_is_no_yaml_is_refused_by_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, FEW + "  - : [\n")
    with pytest.raises(BadInput, match=rf"^{re.escape(str(path))}:\d+: invalid YAML: "):
        read_model(Topics, path)


def test_an_operator_may_write_a_file_of_two_topics(tmp_path: Path) -> None:
    assert tuple(read_model(Topics, written(tmp_path, FEW))) == ("quantization", "gpu")


def test_every_key_of_the_shipped_file_is_explained_in_its_head() -> None:
    text = (CONFIG / "topics.yml").read_text("utf-8")
    head = text.split("\nweights:")[0]
    used = {key for topic in yaml.safe_load(text)["topics"].values() for key in topic}
    assert [key for key in used if not re.search(rf"^#   {key} ", head, re.MULTILINE)] == []

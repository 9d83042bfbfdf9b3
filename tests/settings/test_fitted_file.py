"""Weights go into a file of topics, and nothing else in it changes."""

import pytest
import yaml

from bot.digest.topics.probability import Fitted
from bot.digest.topics.vocabulary import Topics
from bot.errors import BadInput
from bot.settings.fitted_file import with_weights

FILE = """\
# Our topics.

topics:
  # what we write about most
  gpu:
    names: {zh: 显卡, en: GPU}
    # all of them
    terms: [gpu,
      显卡]  # and more
    hints: [cuda]

  cpu:
    names: {zh: 处理器, en: CPU}
    terms: [cpu]
# the end
"""
GPU = Fitted(bias=-2.5, weight=3.0, beside=-0.25, others=0.0, threshold=0.4)
LINE = "    fitted: {bias: -2.5, weight: 3.0, beside: -0.25, others: 0.0, threshold: 0.4}\n"


def written(text: str, **fitted: Fitted) -> str:
    return with_weights(text, fitted, where="topics.yml")


def test_the_weights_stand_above_the_terms_and_every_other_line_stays() -> None:
    lines = written(FILE, gpu=GPU).splitlines(keepends=True)
    assert LINE in lines
    assert "".join(line for line in lines if line != LINE) == FILE
    assert lines.index(LINE) == FILE.splitlines(keepends=True).index("    terms: [gpu,\n")


def test_what_was_written_is_read_as_learned() -> None:
    topics = Topics.model_validate(yaml.safe_load(written(FILE, gpu=GPU, cpu=GPU)))
    assert [topic.fitted for topic in topics.topics.values()] == [GPU, GPU]


def test_learning_again_replaces_what_was_learned_before() -> None:
    again = GPU.model_copy(update={"bias": -3.0})
    assert written(written(FILE, gpu=GPU), gpu=again) == written(FILE, gpu=again)


def test_weights_written_by_lines_are_replaced_and_the_remark_below_them_stays() -> None:
    by_lines = FILE.replace(
        "    # all of them\n", "    fitted:\n      bias: -1.0\n      weight: 2.0\n    # all of them\n"
    )
    text = written(by_lines, gpu=GPU)
    assert LINE in text
    assert "# all of them" in text
    assert text.count("bias") == 1


def test_a_topic_in_braces_is_refused_by_its_name() -> None:
    text = "topics:\n  gpu: {names: {zh: 显卡, en: GPU}, terms: [gpu]}\n"
    with pytest.raises(BadInput, match=r"^topics.yml: topics.gpu: stands in braces"):
        written(text, gpu=GPU)


def test_a_file_in_which_topics_share_their_words_is_not_changed_for_the_worse() -> None:
    text = FILE.replace("  gpu:\n", "  gpu: &gpu\n") + "  same: *gpu\n"
    with pytest.raises(BadInput, match=r"^topics.yml: the weights cannot be written into it"):
        written(text, gpu=GPU)

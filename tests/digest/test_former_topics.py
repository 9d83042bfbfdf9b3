"""What a topic was called before is understood still."""

import pytest

from bot.digest.topics.vocabulary import Topics

BOTH = {"zh": "低比特", "en": "Low-bit"}


def test_a_topic_is_found_by_what_it_was_called() -> None:
    topics = Topics.model_validate(
        {"topics": {"lowbit": {"names": BOTH, "terms": ["x"], "formerly": ["quantization", "low-bits"]}}}
    )
    assert topics.find("Quantization") == topics.find("low-bits") == "lowbit"
    assert topics.former == {"quantization": "lowbit", "low-bits": "lowbit"}


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"formerly": ["x"]}, "topics.y.formerly: 'x' is a topic of this file"),
        ({"formerly": ["old"]}, "topics.y.formerly: 'old' is what topics.x was called too"),
    ],
)
def test_a_former_name_is_of_one_topic_and_of_none_that_is_there(other: dict[str, object], told: str) -> None:
    named = {"names": BOTH, "terms": ["a"]}
    with pytest.raises(ValueError, match=told):
        Topics.model_validate({"topics": {"x": named | {"formerly": ["old"]}, "y": named | other}})

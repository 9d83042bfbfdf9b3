"""Interests go through the data of a button and come back, or are left off where the digest forgot them."""

from hypothesis import given

from bot.digest.topics.vocabulary import Topics
from bot.handlers.callback_data import fits, read_refs, write_refs
from bot.model import NOTHING, Interests
from tests.messages.strategies import TOPICS, interests

KNOWN = Topics.model_validate(
    {"topics": {slug: {"names": {"zh": slug, "en": slug}, "terms": [slug]} for slug in TOPICS}}
)


@given(interests)
def test_what_is_written_is_read_back_and_holds_no_colon(chosen: Interests) -> None:
    data = write_refs(chosen)
    assert read_refs(data, KNOWN) == chosen
    assert ":" not in data


def test_what_the_digest_no_longer_knows_is_left_off() -> None:
    assert read_refs("gone,riscv", KNOWN) == Interests(topics=("riscv",))
    for data in ("gone", "", '"', '"!!!', f'"{"x" * 41}'):
        assert read_refs(data, KNOWN) == NOTHING


def test_a_button_takes_64_bytes() -> None:
    assert fits("follow:" + write_refs(Interests(keywords=("x" * 40,))))
    assert not fits("follow:" + write_refs(Interests(keywords=("长" * 20,))))

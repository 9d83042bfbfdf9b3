"""Interests go through the data of a button and come back, or are left off where the digest forgot them."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given

from bot.digest.topics.vocabulary import Topics
from bot.errors import StoreError
from bot.handlers.callback_data import LongTexts, fits, read_refs, write_refs
from bot.model import NOTHING, Interests
from bot.words.short_names import short_name
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


@dataclass
class Texts:
    """Keeps texts, unless the database takes none; counts how often it is asked."""

    full: bool = False
    asked: int = 0
    kept: dict[str, str] = field(default_factory=dict)

    async def note(self, text: str) -> str:
        self.asked += 1
        if self.full:
            raise StoreError("database or disk is full")
        self.kept[short_name(text)] = text
        return short_name(text)

    async def get(self, name: str) -> str | None:
        self.asked += 1
        return self.kept.get(name)


@pytest.mark.parametrize("text", ["riscv", "a-slug-of-thirty-eight-bytes-and-no-more", "~riscv", "长" * 40])
async def test_a_text_stands_in_the_data_itself_wherever_there_is_room(text: str) -> None:
    texts = Texts()
    data = await LongTexts(texts).data("pick:", text, ":a12")
    assert data is not None
    assert fits(data)
    assert texts.asked == (text.startswith("~") or not fits(f"pick:{text}:a12"))
    assert await LongTexts(texts).whole(data.split(":")[1]) == text


async def test_a_text_that_cannot_be_kept_has_no_data() -> None:
    full = LongTexts(Texts(full=True))
    assert await full.data("pick:", "长" * 40) is None
    assert await full.short("长" * 40) is None
    assert await full.data("pick:", "长") == "pick:长"


def test_a_button_takes_64_bytes() -> None:
    assert fits("follow:" + write_refs(Interests(keywords=("x" * 40,))))
    assert not fits("follow:" + write_refs(Interests(keywords=("长" * 20,))))

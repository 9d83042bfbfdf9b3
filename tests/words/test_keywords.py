"""What can be a keyword, and where it is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import searchable_text
from bot.words.keywords import LONGEST, mentioned, read_keyword
from tests import builders as build


@pytest.mark.parametrize(
    ("typed", "keyword"),
    [
        ("FlashAttention", "FlashAttention"),
        ("  #FlashAttention ", "FlashAttention"),
        ("ＫＶ　ｃａｃｈｅ", "KV cache"),
        ("KV \n cache", "KV cache"),
        ("Flash\u200bAttention\ufeff", "FlashAttention"),
        ("\u202eabc\x00", "abc"),
        ("C#", "C#"),
        ("车", "车"),
        ("x" * LONGEST, "x" * LONGEST),
        *((typed, None) for typed in ("", " ", "#", "!!!", "\u200b", "……", "x" * (LONGEST + 1))),
    ],
)
def test_a_keyword_is_evened_out_or_refused(typed: str, keyword: str | None) -> None:
    assert read_keyword(typed) == keyword


@given(st.text())
def test_a_keyword_is_short_and_seen_and_stays_what_it_is(typed: str) -> None:
    keyword = read_keyword(typed)
    if keyword is not None:
        assert 1 <= len(keyword) <= LONGEST
        assert keyword.isprintable()
        assert read_keyword(keyword) == keyword


@pytest.mark.parametrize(
    ("keyword", "title", "stands"),
    [
        ("arm", "ARM 发布新核", True),
        ("arm", "alarm", False),
        ("GPU", "两块 GPUs", True),
        ("蒸馏", "知识蒸馏再思考", True),
        ("KV cache", "Paged KV-Cache 再思考", True),
        ("KV cache", "KV   cache", True),
        ("kv-cache", "ＫＶ　ＣＡＣＨＥ", True),
        ("KV cache", "KV, cache", False),
        ("C++", "C++20 来了", True),
        ("FlashAttention", None, False),
    ],
)
def test_latin_words_stand_alone_and_chinese_ones_anywhere(
    keyword: str, title: str | None, *, stands: bool
) -> None:
    item = build.item(title=title, source=None, summary=())
    assert (mentioned([keyword], searchable_text(item)) == keyword) is stands


def test_a_phrase_runs_over_the_lines_of_a_summary_but_not_from_title_to_summary() -> None:
    over_lines = build.item(summary=build.text("the KV", "cache"))
    apart = build.item(title="KV", source=None, summary=build.text("cache"))
    assert mentioned(["KV cache"], searchable_text(over_lines)) == "KV cache"
    assert mentioned(["KV cache"], searchable_text(apart)) is None


def test_the_keyword_that_was_found_first_is_told() -> None:
    assert mentioned(["x", "b", "a"], "a b") == "b"
    assert mentioned([], "a") is None


@pytest.mark.parametrize("text", ["\x1f#0", " ＃ #0", "\u1dfc\x82\u0322a", "\u0308\u200b\u0327x"])
def test_a_keyword_that_was_read_reads_as_itself(text: str) -> None:
    word = read_keyword(text)
    assert word is not None
    assert not word.startswith("#")
    assert read_keyword(word) == word

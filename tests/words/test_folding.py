"""Text is folded, and every character of it can still be found where it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.folding import fold, fold_keyword


def test_a_text_that_nothing_moves_in_keeps_its_length() -> None:
    steady = [
        char for char in map(chr, (*range(0x10000), *range(0x1F300, 0x1FB00))) if fold(char).places is None
    ]
    assert [char for char in steady if len(fold(char).text) != 1] == []
    assert fold("中文，English。「ＡＩ　芯片」——é Это…").places is None


@pytest.mark.parametrize(
    "text", ["KV cache", "ＫＶ　Cache", "kv-cache", "kv–CACHE", "Kv＿cache", "K\u200bV cache"]
)
def test_case_width_joints_and_the_invisible_do_not_count(text: str) -> None:
    assert fold(text).text == "kv cache"


@given(
    st.lists(
        st.sampled_from([*"aé量ß，ﬁＡｶﾞ한…\u0301\u200b\u00ad\ufe0f", "U\u0308", "İ", "Σ", "餾", "𝐀"])
    ).map("".join)
)
def test_what_is_found_stands_where_it_was_written(text: str) -> None:
    folded = fold(text)
    spans = [folded.span(place, place + 1) for place in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    if folded.places is None:
        assert len(folded.text) == len(text)


@given(st.text())
def test_a_folded_keyword_stays_what_it_is(text: str) -> None:
    assert fold_keyword(fold_keyword(text)) == fold_keyword(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KV缓存", "KV 緩存"),
        ("GPUs", "gpus"),
        ("C＃", "c#"),
        ("K\u00adV", "kv"),
        ("ｶﾞ", "ガ"),
    ],
)
def test_spellings_of_a_keyword_are_one(one: str, other: str) -> None:
    assert fold_keyword(one) == fold_keyword(other)

"""Text is folded without moving any of its characters."""

import sys

from bot.words.folding import fold_width_and_case


def test_no_character_moves_or_becomes_two() -> None:
    assert [char for char in map(chr, range(sys.maxunicode + 1)) if len(fold_width_and_case(char)) != 1] == []


def test_case_width_and_joints_do_not_count() -> None:
    assert {
        fold_width_and_case(text) for text in ("KV cache", "ＫＶ　Cache", "kv-cache", "kv–CACHE", "Kv＿cache")
    } == {"kv cache"}

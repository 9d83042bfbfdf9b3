"""Text is evened out without moving any of its characters."""

import sys

from bot.words import evened


def test_no_character_moves_or_becomes_two() -> None:
    assert [char for char in map(chr, range(sys.maxunicode + 1)) if len(evened(char)) != 1] == []


def test_case_width_and_joints_do_not_count() -> None:
    assert {evened(text) for text in ("KV cache", "ＫＶ　Cache", "kv-cache", "kv–CACHE", "Kv＿cache")} == {
        "kv cache"
    }

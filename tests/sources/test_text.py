"""Whatever a file was saved as, its text is read; damage costs what it touched."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sources import decode
from bot.sources.text import checksum_of

TEXT = (
    "# 嵌入式简报 (2026-03-02)\n\n## 论文\n\n- [四比特量化 | 某大学](https://example.com/a)\n摘要：不掉点。\n"
    * 3
)
#: What one lost byte can cost: the character it was of, and in GB18030 the one after it.
NEAR = 2


@pytest.mark.parametrize(
    ("encoding", "guessed"), [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("gb18030", True)]
)
def test_a_whole_file_is_read_as_it_was_written(encoding: str, guessed: bool) -> None:  # noqa: FBT001  # a column of the table
    assert decode(TEXT.encode(encoding)) == (TEXT, guessed)


@pytest.mark.parametrize(("encoding", "guessed"), [("utf-8", False), ("gb18030", True)])
def test_a_file_cut_off_in_a_character_keeps_all_before_it(encoding: str, guessed: bool) -> None:  # noqa: FBT001  # as above
    data = TEXT.encode(encoding)
    for end in range(len(data) - 30, len(data)):
        text, as_guessed = decode(data[:end]) or ("", None)
        assert as_guessed is guessed
        assert TEXT.startswith(text.rstrip("\ufffd"))
        assert len(text.encode(encoding, "replace")) >= end - NEAR


@example(place=0, strange=b"\xff\xfe")
@example(place=0, strange=b"\xff\xfe0")
@example(place=254, strange=b"\xa3")
@example(place=271, strange=b"\xa1\xb2")
@given(st.integers(0, len(TEXT.encode())), st.binary(min_size=1, max_size=3))
def test_strange_bytes_in_a_utf8_file_leave_the_rest_readable(place: int, strange: bytes) -> None:
    data = TEXT.encode()
    text, guessed = decode(data[:place] + strange + data[place:]) or ("", None)
    assert guessed is False
    before = data[:place].decode("utf-8", "ignore")
    after = data[place:].decode("utf-8", "ignore")
    assert text.startswith(before)
    assert text.endswith(after[NEAR:])


@pytest.mark.parametrize(
    "data", [b"\xff\xff\xff", bytes(range(256)) * 4, b"\x7fELF\x02\x01\x01" + b"\x00\xff" * 50]
)
def test_what_is_no_text_is_none(data: bytes) -> None:
    assert decode(data) is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, "# AI\n\n- [A title](https://example.com/a)\n", "1 甲\n2 乙\n3 丙\n"])
def test_utf16_without_its_mark_is_no_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) is None


def test_the_same_text_saved_as_utf16_is_no_other_text() -> None:
    saved = TEXT.replace("\n", "\r\n").encode("utf-16")
    assert checksum_of(saved) == checksum_of(TEXT.encode())
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")) == (TEXT, False)


def test_a_byte_that_no_database_keeps_is_dropped() -> None:
    assert decode("简\x00报".encode()) == ("简报", False)


def test_one_odd_byte_does_not_spoil_an_english_file() -> None:
    assert decode(b"A caf\xe9 in town. " + b"All is well. " * 30) == (
        "A caf\ufffd in town. " + "All is well. " * 30,
        False,
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
def test_lines_pasted_in_another_encoding_cost_no_other_line(end: str) -> None:
    lines = TEXT.split("\n")
    pasted = {5, 6}
    data = end.encode().join(
        line.encode("gb18030" if at in pasted else "utf-8") for at, line in enumerate(lines)
    )
    assert decode(data) == (TEXT.replace("\n", end), True)


@pytest.mark.parametrize(
    "other", ["甲\n乙\n\n\n", "甲\n乙", "甲 \n乙\t\n", "\ufeff甲\r\n乙  \r\n", "甲\n乙\n   \n"]
)
def test_blanks_that_no_reader_sees_change_no_checksum(other: str) -> None:
    assert checksum_of(other.encode()) == checksum_of("甲\n乙\n".encode())


@pytest.mark.parametrize("other", ["甲  \n乙\n", " 甲\n乙\n", "甲\n\n乙\n", "\n甲\n乙\n"])
def test_a_hard_break_and_blanks_that_shape_the_text_change_it(other: str) -> None:
    assert checksum_of(other.encode()) != checksum_of("甲\n乙\n".encode())


def test_two_blanks_before_a_blank_line_break_nothing() -> None:
    assert checksum_of(b"a  \n\nb") == checksum_of(b"a\n\nb")
    assert checksum_of(b"a  \nb") == checksum_of(b"a    \r\nb")

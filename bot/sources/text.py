"""The text of a file, whatever it was saved as and whatever became of it on the way."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from hashlib import sha256
from itertools import pairwise

#: The first drops a byte order mark; the second is what old editors wrote.
_UTF8, _OLD = "utf-8-sig", "gb18030"
_LOST = "\ufffd"
#: Among the most frequent Chinese characters; a text of any length has some.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经，。：；、"
)
_LINE_ENDS = re.compile(rb"(\r\n|\r|\n)")
_BLANKS, _BREAK = b" \t", b"  "
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW = 8  # of so many characters beyond ASCII one may be damaged
_FEW_OF_ALL = 200
_MOST_ZEROS = 3  # of so many characters one may be NUL
_FEWEST_PASTED = 3  # characters of a pasted line; a damaged byte or two make fewer


def decode(data: bytes) -> tuple[str, bool] | None:
    """The text, and whether its encoding was guessed; None if it is no text.

    What begins with the mark of UTF-16 is that. What is no UTF-8 is GB18030, unless nearly all of it is
    UTF-8: a file cut off in the middle of a character is not read as another language. Bytes that fit
    neither become U+FFFD. Lines pasted from another file into one of UTF-8 are read for themselves.
    """
    data = _in_utf8(data)
    mixed = _line_by_line(data)
    if mixed is not None:
        return mixed.replace("\x00", ""), True
    for encoding, guessed, enough in (
        (_UTF8, False, _whole),
        (_UTF8, False, _nearly),
        (_OLD, True, _whole),
        (_OLD, True, _nearly),
        (_UTF8, False, _mostly_ascii),
    ):
        text = data.decode(encoding, "replace")
        if enough(text):
            # NUL: no database keeps it, no reader misses it.
            return text.replace("\x00", ""), guessed
    return None


def checksum_of(data: bytes) -> str:
    """The SHA-256, in hex, of a text but for what no reader sees of it.

    That is what ends its lines, a byte order mark, blank lines at its end, and blanks at the end of a line:
    all but two that break a line before text.
    """
    lines = _with_line_feeds(_in_utf8(data)).split(b"\n")
    shown = (_shown(line, behind) for line, behind in pairwise((*lines, b"")))
    return sha256(b"\n".join(shown).rstrip(b"\n")).hexdigest()


def former_checksums(data: bytes) -> tuple[str, str]:
    """Those of the same text by which earlier versions knew it: that of the bytes, and of the lines."""
    return sha256(data).hexdigest(), sha256(_with_line_feeds(data)).hexdigest()


def _in_utf8(data: bytes) -> bytes:
    """The same text in UTF-8, if it is marked as UTF-16; other bytes as they are, UTF-8 so marked too."""
    if not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data
    if b"\0" not in data and _nearly(data[2:].decode(_UTF8, "replace")):
        return data
    try:
        return data.decode("utf-16").encode()
    except UnicodeDecodeError:
        return data


def _with_line_feeds(data: bytes) -> bytes:
    return _LINE_ENDS.sub(b"\n", data.removeprefix(BOM_UTF8))


def _shown(line: bytes, behind: bytes) -> bytes:
    text = line.rstrip(_BLANKS)
    breaks = text and line.endswith(_BREAK) and behind.strip(_BLANKS)
    return text + _BREAK if breaks else text


def _line_by_line(data: bytes) -> str | None:
    """The text of a UTF-8 file in which some lines are whole GB18030; None if this is none."""
    lines = _LINE_ENDS.split(data)  # each end stands between two lines
    beyond = [line for line in lines if not line.isascii()]
    strange = [line for line in beyond if _reads(line, _UTF8) is None]
    pasted = [_reads(line, _OLD) or "" for line in strange]
    if not strange or len(strange) * 2 > len(beyond) or min(map(_beyond_ascii, pasted)) < _FEWEST_PASTED:
        return None
    if any(map(_is_mostly_whole, strange)) or not _looks_chinese("".join(pasted)):
        return None
    return "".join(_reads(line, _UTF8) or _reads(line, _OLD) or "" for line in lines)


def _reads(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_mostly_whole(line: bytes) -> bool:
    """Whether more of a line's characters are of UTF-8 than are damaged; of another encoding few are."""
    text = line.decode(_UTF8, "replace")
    return _beyond_ascii(text) > 2 * text.count(_LOST)


def _beyond_ascii(text: str) -> int:
    return sum(not char.isascii() for char in text)


def _looks_chinese(text: str) -> bool:
    """Whether the characters beyond ASCII are ones that people write: what is misread seldom is."""
    beyond = [char for char in text if not char.isascii()]
    usual = sum(
        "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef" or char in _COMMON for char in beyond
    )
    return usual * _FEW >= len(beyond)


def _whole(text: str) -> bool:
    """Whether nothing is damaged; where NUL is every other character or so, it is of another encoding."""
    return _LOST not in text and text.count("\x00") * _MOST_ZEROS <= len(text)


def _nearly(text: str) -> bool:
    return _damage(text) * _FEW <= sum(not char.isascii() for char in text)


def _mostly_ascii(text: str) -> bool:
    return _damage(text) * _FEW_OF_ALL <= len(text)


def _damage(text: str) -> int:
    """How many characters are none that anybody writes."""
    return text.count(_LOST) + len(_CONTROL.findall(text))

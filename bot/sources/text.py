"""The text of a file, whatever it was saved as and whatever became of it on the way."""

import re

#: The first drops a byte order mark; the second is what old editors wrote.
_UTF8, _OLD = "utf-8-sig", "gb18030"
_LOST = "\ufffd"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW = 8  # of so many characters beyond ASCII one may be damaged
_FEW_OF_ALL = 200


def decode(data: bytes) -> tuple[str, bool] | None:
    """The text, and whether its encoding was guessed; None where it is no text.

    What is no UTF-8 is GB18030, unless nearly all of it is UTF-8: a file cut off in
    the middle of a character is not read as another language. Bytes that fit neither
    become U+FFFD.
    """
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


def _whole(text: str) -> bool:
    return _LOST not in text


def _nearly(text: str) -> bool:
    return _damage(text) * _FEW <= sum(not char.isascii() for char in text)


def _mostly_ascii(text: str) -> bool:
    return _damage(text) * _FEW_OF_ALL <= len(text)


def _damage(text: str) -> int:
    """How many characters are none that anybody writes."""
    return text.count(_LOST) + len(_CONTROL.findall(text))

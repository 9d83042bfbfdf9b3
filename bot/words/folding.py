"""Text made comparable: case, width and how words are joined do not count."""

import re
import unicodedata

#: What joins two Latin words as a space does: underscore, hyphen, the dashes and the minus.
JOINTS = "_-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"

_GAPS = re.compile(rf"[\s{re.escape(JOINTS)}]+")
_WIDE = {chr(wide): chr(wide - 0xFF01 + ord("!")) for wide in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(f"{JOINTS}\u3000\uff0d\uff3f", " ")
_NARROW = {**_WIDE, **_SPACES, "İ": "I"}
_TO_NARROW = re.compile(f"[{re.escape(''.join(_NARROW))}]")  # a text has few: faster than str.translate


def fold_width_and_case(text: str) -> str:
    """In lower case, narrow, with a space for each joint: every character where it stood.

    Of all capitals only İ would become two in lower case.
    """
    return _TO_NARROW.sub(lambda found: _NARROW[found[0]], text).lower()


def fold_keyword(text: str) -> str:
    """Text as keywords are compared and searched in; its characters may move.

    "KV cache", "kv-cache" and "ＫＶ　Cache" are one keyword.
    """
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()

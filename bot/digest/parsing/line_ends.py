"""What the end of a line stands for where two lines are one: a blank, or nothing in Chinese."""

import re

#: Characters of a script without blanks between words.
_NO_BLANKS = re.compile(
    r"[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
#: Its marks: none of them has a blank beside it.
_MARKS = re.compile(r"[\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff1f\uff5e]")
#: Marks that other scripts have too; two in a row are one mark of full width: ``——``, ``……``.
_SHARED = "“”‘’…—⋯·"


def between(left: str, right: str) -> str:
    """What stands between the end of ``left`` and ``right``, which goes on in the next line."""
    before, after = _end(left.rstrip()[-4:][::-1]), _end(right.lstrip()[:4])
    if "mark" in (before, after) or (before and after and "script" in (before, after)):
        return ""
    return " "


def _end(text: str) -> str:
    """What the end of a line is that ``text`` begins with, read from there to its middle."""
    if _MARKS.match(text):
        return "mark"
    if _NO_BLANKS.match(text):
        return "script"
    inner = text.lstrip(_SHARED)
    shared = len(text) - len(inner)
    if shared:
        return "mark" if shared > 1 or _NO_BLANKS.match(inner) else "shared"
    return ""

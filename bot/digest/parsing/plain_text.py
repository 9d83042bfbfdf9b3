"""The text of a file as all readers of Markdown take it: its lines, without what nobody sees."""

import re

LOST = "\ufffd"  # what could not be read in a file

#: Soft hyphen, zero-width space, marks of direction, word joiner, invisible operators, byte order mark.
_INVISIBLE = "\u00ad\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
#: Joiners; emoji and scripts such as Persian and Hindi are written with them.
_JOINERS = "\u200c\u200d"
#: A blank of no width before a fence shows the fence as text. A joiner joins nothing behind ASCII or Chinese.
_GONE = re.compile(
    rf"(?!\u200b(?:```|~~~))[{_INVISIBLE}]"
    rf"|(?:^|(?<=[\x00-\x7f\u3000-\u9fff\uff00-\uffef{_INVISIBLE}]))[{_JOINERS}]+",
)


#: What ends lines where nothing else does; beside other ends they are characters that came with a paste.
_RARE_ENDS = re.compile("[\x85\u2028\u2029]")


def with_line_feeds(text: str) -> str:
    r"""The text with ``\n`` at its line ends, whatever program wrote them; lines keep their numbers."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if "\n" in lines.rstrip("\n") else _RARE_ENDS.sub("\n", lines)


def plain_text(text: str) -> str:
    r"""The text with ``\n`` at its line ends, without invisible characters; lines keep their numbers."""
    lines = with_line_feeds(text).replace("\0", LOST)
    if any(char in lines for char in _INVISIBLE + _JOINERS):
        return _GONE.sub("", lines)
    return lines

"""Where words may name a span of time, and what looks like a zone is its end: 20:30–21:00."""

import re

#: A mark that joins two times, and is no sign of a zone; those of a date itself aside, and behind UTC a dash.
_JOINS = re.compile(
    "(?<!\\d{4})(?<!\\d{4}\\D\\d)(?<!\\d{4}\\D\\d\\d)\\s*(?:[~～〜\u2014\u2015]|(?<!utc)(?<!gmt)\u2013)",
    re.IGNORECASE,
)
_CLOCK = r"(?<![\d:])(?P<hour>\d?\d):(?P<minute>\d\d)"
#: Glued to a clock without seconds, as zones are to one with them.
_GLUED = re.compile(rf"{_CLOCK}-(?P<to>\d?\d)(?::?(?P<to_minute>\d\d))?(?![\d:])")
#: No clock of a machine, which alone has a zone glued to it.
_GLUED_TO_WORDS = re.compile(r"(?:[点时半刻分整]|[ap]\.?m\.?)-\d")


def with_spans(text: str) -> str:
    """The text with a word for each mark that joins two times, so that it is taken for no minus."""
    return _JOINS.sub(" 至 ", text)


def may_be_span(words: str) -> bool:
    """Whether plain words may say from when until when: what is glued to a time is a later one of the day."""
    if _GLUED_TO_WORDS.search(words):
        return True
    return any(_is_later(found) for found in _GLUED.finditer(words))


def _is_later(found: re.Match[str]) -> bool:
    begin = int(found["hour"]), int(found["minute"])
    return begin < (int(found["to"]), int(found["to_minute"] or 0)) <= (24, 0)

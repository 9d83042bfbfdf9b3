"""The highlights in a title: what its editor put behind its date, or behind a colon."""

import re

from bot.digest.habits import HighlightHabit
from bot.digest.parsing.dates import whole_date
from bot.digest.profile import Profile

#: What stands between a date and what follows it, and belongs to neither.
_SEPARATORS = " \t\u3000-–—|｜,，;；、·•/／:：~"
#: What names an issue as its date does, and is news of none.
_ISSUE = re.compile(
    r"^(?:(?:第|总第|#|No\.?|Vol\.?|Issue)\s*[\d一二三四五六七八九十百]+\s*期?|特刊|增刊|合刊|号外)"
    rf"(?=[{re.escape(_SEPARATORS)}]|$)[{re.escape(_SEPARATORS)}]*",
    re.IGNORECASE,
)
#: Quoted, a mark means nothing; nor does a half-width colon in a time or an address.
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|《[^》]*》|「[^」]*」|『[^』]*』|\d:(?=\d)|:(?=//|\\)")

#: Brackets that nothing was written into.
_BLANK = r"【\s*】|\[\s*\]|「\s*」|『\s*』|《\s*》"
_EMPTY = re.compile(_BLANK)
_NONE_BEHIND = re.compile(rf"[：:](?:[\s：:/／]|{_BLANK})*$")

_WIDER = 0xFEE0  # from a sign of ASCII to the same in full width


def highlights_of(title: str, profile: Profile) -> tuple[str, ...]:
    """The highlights in the order of the title; none where the digest has no habit of them."""
    habit = profile.highlights
    if habit is None:
        return ()
    between = _either_width(habit.between)
    parts = between.split(_EMPTY.sub("", _said(title, profile, habit, between)))
    return tuple(part.strip() for part in parts if any(map(str.isalnum, part)))


def without_empty(title: str) -> str:
    """The title without a colon at its end that nothing stands behind, or brackets that nobody filled."""
    return _NONE_BEHIND.sub("", title.strip()).rstrip()


def _said(title: str, profile: Profile, habit: HighlightHabit, between: re.Pattern[str]) -> str:
    """The part of a title that holds its highlights."""
    place = whole_date(title, profile)
    start, end = place or (0, 0)
    before, rest = title[:start].strip(_SEPARATORS), title[end:].lstrip(_SEPARATORS)
    if place and before and not _opened(before, habit):
        rest = _ISSUE.sub("", rest)
        opened = _opened(rest, habit)
        return rest if opened is None or opened[0] in "：:" else rest[opened[1] :]
    undated = title[:start] + title[end:] if place else title
    opened = _opened(undated, habit)
    if opened is not None:
        return _ISSUE.sub("", undated[opened[1] :])
    return _behind_name(rest, profile, between) if place and not before else ""


def _opened(text: str, habit: HighlightHabit) -> tuple[str, int] | None:
    """What opens highlights, and where they begin; None where nothing does."""
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    for found in re.finditer(habit.after, text):
        if not any(start <= found.start() < end for start, end in quoted):
            return found[0].strip(), found.end()
    return None


def _behind_name(text: str, profile: Profile, between: re.Pattern[str]) -> str:
    """What stands behind the name of a digest, which its date goes before: several highlights or none."""
    if not between.search(text):
        return ""
    if text.startswith(profile.name):
        return text.removeprefix(profile.name).lstrip(_SEPARATORS)
    name, _, rest = text.partition(" ")
    return text if between.search(name) else rest


def _either_width(mark: str) -> re.Pattern[str]:
    """A mark in half and in full width."""
    return re.compile("".join(f"[{re.escape(char + _other_width(char))}]" for char in mark))


def _other_width(char: str) -> str:
    if "!" <= char <= "~":
        return chr(ord(char) + _WIDER)
    return chr(ord(char) - _WIDER) if "\uff01" <= char <= "\uff5e" else ""

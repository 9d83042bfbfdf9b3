"""The front matter of an issue: a few plain keys, read without trust."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.digest.habits import FrontMatterHabit, Words
from bot.digest.parsing.front_entries import is_toml, is_yaml, read_toml, read_yaml
from bot.digest.parsing.notes import Notes

#: Lines ``Key: value`` at the very top, up to a blank one.
_BARE = re.compile(r"(?:[A-Za-z][A-Za-z0-9 _-]{0,30}:[ \t]*[^\n]*\n)+(?=[ \t]*(?:\n|$))")
#: The same as a table, as web pages show it.
_TABLE = re.compile(r"\|?(?:[ \t]*[A-Za-z_]+[ \t]*\|)+[ \t]*\n[ \t|:]*-{2,}[-| \t:]*\n[^\n]*\|[^\n]*(?:\n|$)")
#: Keys that only front matter has: without one of them or of the habit's, such lines are text.
_OF_A_PAGE = frozenset(("layout", "permalink", "category", "categories", "tags", "slug", "number", "author"))
_LONGEST = 500  # lines of front matter
_KINDS = {"---": (is_yaml, read_yaml), "+++": (is_toml, read_toml)}
#: How one writes that there is no picture or no title.
_NOTHING = frozenset(("null", "~", "none", "false", "no", "off"))
#: Where the address of a picture stands that is said by several keys.
_ADDRESS = ("image", "url", "src", "path", "file")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What it says; keys are in lower case. ``lines`` are those that it takes, from the file's first on."""

    habit: FrontMatterHabit
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The issue's title; empty where none is given."""
        return self._first(self.habit.title)

    @property
    def date(self) -> str:
        """The issue's date as written."""
        return self._first(self.habit.date)

    @property
    def picture(self) -> str:
        """The address of the issue's picture."""
        return self._first(self.habit.picture)

    def note_untold(self, told: Words, notes: Notes) -> None:
        """Note the lines that readers do not get; of one that holds a value that is ``told``, the rest."""
        left = list(filter(None, told))
        for number, line in enumerate(self.lines, start=1):
            value = next((one for one in left if one in line), None)
            if value is not None:
                left.remove(value)
            rest = line if value is None else line.replace(value, "", 1)
            notes.leave_out(number, rest.strip("-+ \t\"':="), "front matter")

    def _first(self, keys: Words) -> str:
        given = (_text(self.values.get(key.casefold())) for key in keys)
        return next((text for text in given if text and text.casefold() not in _NOTHING), "")


def _text(value: object) -> str:
    """A value as text; of several the first, empty for none."""
    if isinstance(value, dict):
        return next((_text(value[key]) for key in _ADDRESS if key in value), "")
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    return "" if value is None or isinstance(value, bool) else str(value).strip()


def split_front_matter(text: str, habit: FrontMatterHabit, notes: Notes) -> tuple[FrontMatter, str]:
    """The front matter at the very top, and the text with blank lines in its place.

    It stands between two lines ``---`` (YAML) or ``+++`` (TOML). Between two rules may stand
    text as well: what has no keys is none. Without such lines it may be bare, or a table.
    """
    lines = text.split("\n", _LONGEST)
    mark = lines[0].rstrip()
    kind = _KINDS.get(mark[:3])
    if kind is None or mark.strip(mark[0]):
        return _without_bare(text, habit)
    is_one, read = kind
    ends = (mark, "...") if mark[0] == "-" else (mark,)
    end = next((place for place, line in enumerate(lines) if place and line.rstrip() in ends), None)
    if end is None or not is_one(lines[1:end]):
        return FrontMatter(habit=habit), text
    values = {key.casefold(): value for key, value in read(lines[1:end], notes).items()}
    front = FrontMatter(habit=habit, values=values, lines=tuple(lines[: end + 1]))
    return front, "\n".join(["", *[""] * end, *lines[end + 1 :]])


def _without_bare(text: str, habit: FrontMatterHabit) -> tuple[FrontMatter, str]:
    """Front matter without its lines of dashes, and the text with blank lines in its place.

    Where an issue was copied from a page, a table holds it: its head the keys, its only row the values.
    """
    found = _TABLE.match(text) or (_BARE.match(text) if habit.bare else None)
    if found is None:
        return FrontMatter(habit=habit), text
    lines = found.group().rstrip("\n").split("\n")
    table = zip(_cells(lines[0]), _cells(lines[-1]), strict=False)
    pairs = table if found.re is _TABLE else (line.split(":", 1) for line in lines)
    values = {key.strip().casefold(): value.strip() for key, value in pairs}
    if not values.keys() & {*map(str.casefold, (*habit.title, *habit.date, *habit.picture)), *_OF_A_PAGE}:
        return FrontMatter(habit=habit), text
    front = FrontMatter(habit=habit, values=values, lines=tuple(lines))
    return front, "\n" * len(lines) + text[found.end() :]


def _cells(line: str) -> list[str]:
    return line.strip(" \t|").split("|")

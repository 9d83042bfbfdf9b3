"""The front matter of an issue: a few plain keys, read without trust."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.digest.parsing.notes import Notes
from bot.digest.profile import FrontMatterHabit, Words

#: Lines ``Key: value`` at the very top, up to a blank one.
_BARE = re.compile(r"(?:[A-Za-z][A-Za-z0-9 _-]{0,30}:[ \t]*[^\n]*\n)+(?=[ \t]*(?:\n|$))")
#: The same as a table, as web pages show it.
_TABLE = re.compile(r"\|?(?:[ \t]*[A-Za-z_]+[ \t]*\|)+[ \t]*\n[ \t|:]*-{2,}[-| \t:]*\n[^\n]*\|[^\n]*(?:\n|$)")
#: Keys that only front matter has: without one of them or of the habit's, such lines are text.
_OF_A_PAGE = frozenset(("layout", "permalink", "category", "categories", "tags", "slug", "number", "author"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What it says; keys are in lower case."""

    habit: FrontMatterHabit
    values: Mapping[str, Any] = field(default_factory=dict)

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

    def _first(self, keys: Words) -> str:
        given = (self.values.get(key.casefold()) for key in keys)
        return next((str(value).strip() for value in given if value), "")


class _PlainLoader(yaml.BaseLoader):
    """YAML whose values are text as written, and without aliases: a few bytes can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read here")
        return super().compose_node(parent, index)


def read_front_matter(source: str, habit: FrontMatterHabit, notes: Notes) -> FrontMatter:
    """Its keys and values; empty where there is none, and with a note where it cannot be read."""
    if not source.strip():
        return FrontMatter(habit=habit)
    try:
        found = yaml.load(source, Loader=_PlainLoader)  # noqa: S506  # BaseLoader makes nothing but text
    except (yaml.YAMLError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        notes.add("front-matter", 1)
        return FrontMatter(habit=habit)
    return FrontMatter(habit=habit, values={str(key).casefold(): value for key, value in found.items()})


def without_bare(text: str, habit: FrontMatterHabit) -> tuple[FrontMatter, str]:
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
    return FrontMatter(habit=habit, values=values), "\n" * len(lines) + text[found.end() :]


def _cells(line: str) -> list[str]:
    return line.strip(" \t|").split("|")

"""The front matter of an issue: a few plain keys, read without trust."""

import json
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any

from bot.digest.habits import FrontMatterHabit, Words
from bot.digest.parsing.front_entries import Pairs, is_toml, is_yaml, read_toml, read_yaml, spaced
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.plain_text import plain_text

#: Lines ``Key: value`` at the very top, up to a blank one.
_BARE = re.compile(r"(?:[A-Za-z][A-Za-z0-9 _-]{0,30}:[ \t]*[^\n]*\n)+(?=[ \t]*(?:\n|$))")
#: The same as a table, as web pages show it.
_TABLE = re.compile(r"\|?(?:[ \t]*[A-Za-z_]+[ \t]*\|)+[ \t]*\n[ \t|:]*-{2,}[-| \t:]*\n[^\n]*\|[^\n]*(?:\n|$)")
#: Keys that only front matter has: without one of them or of the habit's, such lines are text.
_OF_A_PAGE = frozenset(("layout", "permalink", "category", "categories", "tags", "slug", "number", "author"))
_LONGEST = 500  # lines of front matter
_YAML = (is_yaml, read_yaml)
_TOML = (is_toml, read_toml)
_OPENING = re.compile(r"(?P<mark>---|\+\+\+)[ \t]*(?P<kind>ya?ml|toml)?[ \t]*", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}[ \t]")
_KEY_END = re.compile(r"\s*[:=]")
_AT_MARGIN = re.compile(r"[^\s#]")
#: A line that is a title with its date, and no sentence, heading or entry.
_DATED = re.compile(
    r"(?![#>*+-]+\s|\d+[.、])[^。！？!?]*\d{4}\s?[-./年]\s?\d\d?\s?[-./月]\s?\d\d?[^。！？!?]*"
)
_LONGEST_TITLE = 120  # characters
#: How one writes that there is no picture or no title.
_NOTHING = frozenset(("null", "~", "none", "false", "no", "off"))
#: Where the address of a picture stands that is said by several keys.
_ADDRESS = ("image", "url", "src", "path", "file")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What it says; keys are in lower case. ``lines`` are those that it takes, from the file's first on.

    ``overruled`` are the keys that are there again below, with another value.
    """

    habit: FrontMatterHabit
    values: Mapping[str, Any] = field(default_factory=dict)
    overruled: Sequence[tuple[str, Any]] = ()
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

    @property
    def says_when(self) -> bool:
        """Whether it says that the issue is a draft, or when it is to go out."""
        return any(True for _ in self.given(_saying_when(self.habit)))

    def given(self, keys: Words) -> Iterator[tuple[str, Any]]:
        """Those of ``keys`` that it has, as written, with all their values: publish-at is publishAt."""
        wanted = set(map(_bare_key, keys))
        pairs = (*self.values.items(), *self.overruled)
        yield from ((key, value) for key, value in pairs if _bare_key(key) in wanted)

    def given_below(self, keys: Words) -> Iterator[tuple[str, Any]]:
        """Those of ``keys`` that stand below another one that is none of them, as params.key."""
        wanted = set(map(_bare_key, keys))
        for key, value in self.values.items():
            if _bare_key(key) not in wanted:
                yield from _below_key(key, value, wanted)

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
    """The front matter at the very top, and the plain text with blank lines in its place.

    It is an object of JSON, or stands between two lines ``---`` (YAML) or ``+++`` (TOML); where the second
    is missing, it ends at a blank line or a heading. Between two rules may stand text as well: what has
    no keys is none, but one line with a date is the title. Without such lines it may be bare, or a table.
    """
    text = plain_text(text)
    lines = text.split("\n", _LONGEST)
    top = next((place for place, line in enumerate(lines) if line.strip()), 0)
    opening = _OPENING.fullmatch(lines[top])
    if opening is None:
        return _json(lines, top, habit, notes) or _without_bare(text, habit, notes)
    ends = ("---", "...") if opening["mark"] == "---" else ("+++",)
    closing = next((at for at in range(top + 1, len(lines)) if lines[at].rstrip() in ends), None)
    is_one, read = _TOML if opening["mark"] == "+++" or (opening["kind"] or "").lower() == "toml" else _YAML
    for end in (closing, _first_gap(lines, top + 1)):
        inside = spaced(_at_margin(lines[top + 1 : end]), _known(habit))
        if end is not None and is_one(inside) and not _is_text(inside, habit, closed=end == closing):
            if end != closing:
                notes.add("front-matter-open", top + 1)
            taken = lines[: end + (end == closing)]
            return _front(read(inside, notes, top + 2), taken, habit, notes), _below(lines, len(taken))
    return _title_alone(lines, top, closing, habit) or (FrontMatter(habit=habit), text)


class _Object(dict[str, Any]):
    """An object of JSON that knows every value of a key that is there twice."""

    def __init__(self, pairs: Pairs) -> None:
        super().__init__(pairs)
        self.pairs = pairs


def _json(
    lines: Sequence[str], top: int, habit: FrontMatterHabit, notes: Notes
) -> tuple[FrontMatter, str] | None:
    """Front matter that is an object of JSON, up to the first line at the margin that closes it."""
    if not lines[top].startswith("{"):
        return None
    ends = (at for at in range(top, len(lines)) if lines[at].rstrip().endswith("}") and lines[at][0] in "{}")
    end = next(ends, top)
    try:
        read: _Object = json.loads("\n".join(lines[top : end + 1]), object_pairs_hook=_Object)
    except (ValueError, RecursionError):
        return None
    if not _known(habit) & set(map(str.casefold, read)):
        return None
    return _front(read.pairs, lines[: end + 1], habit, notes), _below(lines, end + 1)


def _at_margin(lines: Sequence[str]) -> Sequence[str]:
    indented = bool(lines) and lines[0][:1].isspace()
    return dedent("\n".join(lines)).split("\n") if indented else lines


def _front(pairs: Pairs, lines: Sequence[str], habit: FrontMatterHabit, notes: Notes) -> FrontMatter:
    """What pairs say, the last of each key; that another one says otherwise is noted."""
    values: dict[str, Any] = {}
    overruled = []
    for key, value in ((key.casefold(), value) for key, value in pairs):
        if key in values and values[key] != value:
            overruled.append((key, values[key]))
            notes.add("repeated-key", _last_line(key, lines), about=key)
        values[key] = value
    return FrontMatter(habit=habit, values=values, overruled=overruled, lines=tuple(lines))


def _last_line(key: str, lines: Sequence[str]) -> int:
    begin = re.compile(rf"""[\s{{"']*{re.escape(key)}["']?\s*[:=：]""", re.IGNORECASE)
    return next((number for number in range(len(lines), 0, -1) if begin.match(lines[number - 1])), 1)


def _below(lines: Sequence[str], end: int) -> str:
    """The text, with blank lines in the place of the front matter."""
    return "\n".join([*[""] * end, *lines[end:]])


def _first_gap(lines: Sequence[str], start: int) -> int:
    """Where the first blank line or heading stands."""
    gaps = (at for at in range(start, len(lines)) if not lines[at].strip() or _HEADING.match(lines[at]))
    return next(gaps, len(lines))


def _is_text(inside: Sequence[str], habit: FrontMatterHabit, *, closed: bool) -> bool:
    """Whether lines are none of front matter though keys begin them.

    Below a blank line of it keys go on, or a rule further down is taken for its end; where
    nothing ends it, one of its keys must be known.
    """
    if not closed:
        return not _known(habit) & {_KEY_END.split(line, maxsplit=1)[0].casefold() for line in inside}
    gap = next((at for at, line in enumerate(inside) if at and not line.strip()), len(inside))
    rest = [line for line in inside[gap:] if _AT_MARGIN.match(line)]
    listed = inside[gap - 1].rstrip().endswith(":")
    return bool(rest) and not listed and not is_yaml(rest) and not is_toml(inside)


def _title_alone(
    lines: Sequence[str], top: int, closing: int | None, habit: FrontMatterHabit
) -> tuple[FrontMatter, str] | None:
    """The title, where it stands alone between two rules and no heading is one."""
    inside = list(filter(str.strip, lines[top + 1 : closing])) if closing else []
    titled = any(line.startswith("# ") for line in lines)
    if closing is None or len(inside) != 1 or titled or not habit.title:
        return None
    title = inside[0].replace("**", "").strip()
    if len(title) > _LONGEST_TITLE or not _DATED.fullmatch(title):
        return None
    values = {habit.title[0].casefold(): title}
    front = FrontMatter(habit=habit, values=values, lines=tuple(lines[: closing + 1]))
    return front, _below(lines, closing + 1)


def _known(habit: FrontMatterHabit) -> frozenset[str]:
    """Keys that front matter has, and text seldom."""
    own = (*habit.title, *habit.date, *habit.picture, *_saying_when(habit))
    return _OF_A_PAGE.union(map(str.casefold, own))


def _saying_when(habit: FrontMatterHabit) -> Words:
    return (*habit.draft, *habit.published, *habit.status, *habit.publish_at, *habit.published_at)


def _bare_key(key: str) -> str:
    return re.sub(r"[\s_-]", "", key.casefold())


def _below_key(above: str, value: object, wanted: Container[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _below_key(above, one, wanted)
    if isinstance(value, dict):
        for key, inner in value.items():
            name = f"{above}.{key}"
            if _bare_key(str(key)) in wanted:
                yield name, inner
            else:
                yield from _below_key(name, inner, wanted)


def _without_bare(text: str, habit: FrontMatterHabit, notes: Notes) -> tuple[FrontMatter, str]:
    """Front matter without its lines of dashes, and the text with blank lines in its place.

    Where an issue was copied from a page, a table holds it: its head the keys, its only row the values.
    """
    found = _TABLE.match(text) or (_BARE.match(text) if habit.bare else None)
    if found is None:
        return FrontMatter(habit=habit), text
    lines = found.group().rstrip("\n").split("\n")
    table = zip(_cells(lines[0]), _cells(lines[-1]), strict=False)
    pairs = table if found.re is _TABLE else (line.split(":", 1) for line in lines)
    read = [(key.strip(), value.strip()) for key, value in pairs]
    if not _known(habit) & {key.casefold() for key, _ in read}:
        return FrontMatter(habit=habit), text
    return _front(read, lines, habit, notes), "\n" * len(lines) + text[found.end() :]


def _cells(line: str) -> list[str]:
    return line.strip(" \t|").split("|")

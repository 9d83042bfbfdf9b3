"""The topics that an editor gives the items of an issue in a file beside it, so that its text stays clean.

::

    # 2026-03-02.topics.yml
    不用训练也能量化: 量化 剪枝                 an item by its title, or by how that begins
    7d9a0b12cc 谷歌发布新芯片: -business      by its id, and by its title where no item has the id
    某公司：发布了手机芯片: [mobile-soc]       flash news by how they begin

An id outlasts a correction of the title, and a title one of the address. It is read without trust.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import accumulate
from typing import TypeVar

import yaml

from bot.digest.parsing.notes import Notes
from bot.model import Flash, Issue, Item, SaidTopics, plain
from bot.words.folding import fold_keyword

_MOST = 100_000  # characters that are read
_DEEPEST = 50  # brackets within brackets: PyYAML takes minutes for thousands
_ID = re.compile(r"([0-9a-f]{10}(?:-\d{1,3})?)(?:\s+|$)")
_LEAST = 4  # letters of a beginning; whole titles may be shorter
_LONGEST = 60  # characters of a title in a key
_NEAR = 0.5
_QUOTED = 30  # characters of a title in a warning
_CUT = "…"
_NULL = "tag:yaml.org,2002:null"

_Thing = TypeVar("_Thing", Item, Flash)


class BrokenSidecar(ValueError):
    """The file is no mapping of items to topics; ``line`` is where that shows."""

    def __init__(self, reason: str, line: int = 1) -> None:
        self.line = line
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarEntry:
    """What stands beside the name of an item, on which line."""

    key: str
    words: str
    line: int


def entries(text: str) -> tuple[SidecarEntry, ...]:
    """The entries of the file, in its order. Raises BrokenSidecar."""
    return tuple(_entry(key, value) for key, value in nodes(text))


def nodes(text: str) -> Sequence[tuple[yaml.Node, yaml.Node]]:
    """The same as they are written. Raises BrokenSidecar."""
    if len(text) > _MOST:
        raise BrokenSidecar(f"is longer than {_MOST // 1000} thousand characters")
    depths = accumulate((one in "[{") - (one in "]}") for one in text)
    if max(depths, default=0) > _DEEPEST:
        raise BrokenSidecar("has too many brackets that are not closed")
    try:
        top = yaml.compose(text, yaml.SafeLoader)  # libyaml's has no bound for what is nested
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        reason = f"is no YAML ({error.problem}); put a title that has a colon between quotes"
        raise BrokenSidecar(reason, mark.line + 1 if mark else 1) from None
    except (yaml.YAMLError, RecursionError):
        raise BrokenSidecar("is no YAML") from None
    if top is None or (isinstance(top, yaml.ScalarNode) and not top.value):
        return ()
    if not isinstance(top, yaml.MappingNode):
        raise BrokenSidecar("must have a line for each item: its title, a colon, its topics")
    return list(top.value)


def _entry(key: yaml.Node, value: yaml.Node) -> SidecarEntry:
    line = key.start_mark.line + 1
    if not isinstance(key, yaml.ScalarNode):
        raise BrokenSidecar("put this title between quotes", line)
    match value:
        case yaml.ScalarNode():
            words = "" if value.tag == _NULL else value.value
        case yaml.SequenceNode() if all(isinstance(one, yaml.ScalarNode) for one in value.value):
            words = ", ".join(one.value for one in value.value) or "[]"
        case _:
            raise BrokenSidecar("write the topics behind the colon, with blanks between", line)
    return SidecarEntry(key=key.value, words=words, line=line)


def with_said(issue: Issue, text: str, *, file: str) -> Issue:
    """The issue with what the file of this name says of its items; what fits none is a warning."""
    notes = Notes()
    try:
        found = entries(text)
    except BrokenSidecar as error:
        notes.add("broken-topics", 1, about=f"{file}:{error.line}: {error}")
        found = ()
    names = Names(issue.things)
    said: dict[int, list[SaidTopics]] = defaultdict(list)
    for entry in found:
        fitting = names.find(entry.key)
        if len(fitting) != 1:
            notes.add("topics-astray", 1, about=f"{file}:{entry.line}: {names.nearest(entry.key)}")
        elif not entry.words.strip():
            notes.add("topics-empty", fitting[0].line, about=f"{file}:{entry.line}: {_quoted(entry.key)}")
        else:
            said[id(fitting[0])].append(SaidTopics(words=entry.words, line=entry.line, file=file))

    def told(thing: _Thing) -> _Thing:
        return replace(thing, said=(*thing.said, *said[id(thing)])) if id(thing) in said else thing

    return replace(
        issue,
        flash=tuple(map(told, issue.flash)),
        sections=tuple(replace(one, items=tuple(map(told, one.items))) for one in issue.sections),
        warnings=notes.with_those(issue.warnings),
    )


def key_of(thing: Item | Flash) -> str:
    """What an entry of it is called: its id, where that comes from an address, and its title."""
    name = called(thing)
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}{_CUT}"
    has_id = isinstance(thing, Item) and _ID.fullmatch(thing.id)
    return f"{thing.id} {short}".rstrip() if isinstance(thing, Item) and has_id else short


def called(thing: Item | Flash) -> str:
    """The title of an item, or how its text or that of a flash begins."""
    if isinstance(thing, Flash):
        return _first_line(f"{thing.subject}：{plain(thing.text)}" if thing.subject else plain(thing.text))
    return _first_line(thing.title or plain(thing.summary))


def _first_line(text: str) -> str:
    return " ".join(text.partition("\n")[0].split())


class Names:
    """The items and flash news of an issue by what they may be called."""

    def __init__(self, things: Sequence[Item | Flash]) -> None:
        self._ids = {thing.id: thing for thing in things if isinstance(thing, Item)}
        self._named = [(_fold(called(thing)), thing) for thing in things]

    def find(self, key: str) -> list[Item | Flash]:
        """Those that a key may mean."""
        numbered = _ID.match(key)
        named = self._ids.get(numbered[1] if numbered else key.strip())
        if named is not None:
            return [named]
        name = _fold(key[numbered.end() :] if numbered else key)
        whole = [thing for folded, thing in self._named if folded == name]
        return whole or [
            thing for folded, thing in self._named if len(name) >= _LEAST and folded.startswith(name)
        ]

    def nearest(self, key: str) -> str:
        """Why an entry fits no item, and which it may mean."""
        if self.find(key):
            return f"{_quoted(key)} is how several items begin"
        by_name = {folded: thing for folded, thing in self._named if folded}
        numbered = _ID.match(key)
        name = _fold(key[numbered.end() :] if numbered else key)
        near = get_close_matches(name, by_name, n=1, cutoff=_NEAR)
        hint = f"; the nearest is {_quoted(called(by_name[near[0]]))}" if near else ""
        return f"no item is called {_quoted(key)}{hint}"


def _quoted(name: str) -> str:
    return f"“{name if len(name) <= _QUOTED else name[:_QUOTED] + _CUT}”"


def _fold(name: str) -> str:
    """Letters and digits alone; case, width and marks do not part two names."""
    return "".join(filter(str.isalnum, fold_keyword(name)))

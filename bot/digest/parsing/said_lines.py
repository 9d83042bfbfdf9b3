"""Lines that say the topics of the item that they stand in: ``主题：量化 剪枝``. No reader gets them.

They are taken out before anything else is read, so an issue reads the same with them and without.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind, Rows
from bot.digest.topics.said import TopicNames
from bot.model import Flash, Item, SaidTopics, Section
from bot.words.folding import fold_keyword

RULE = "labels.topics"

_NONE_SAY = (RowKind.CODE, RowKind.HEADING, RowKind.RULE, RowKind.PICTURE, RowKind.HEAD, RowKind.ROW)

#: ``主题：``, ``【主题】``: what stands between brackets needs no colon.
_LABEL = re.compile(
    r"(?:[【\[［](?P<framed>[^【】\[\]［］：:]{1,40})[】\]］]\s*[：:]?|(?P<label>[^【】\[\]［］：:]{1,40})[：:])"
)

_Thing = TypeVar("_Thing", Item, Flash)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLines:
    """What was said of topics on which lines, and the lines of the headings."""

    said: Sequence[SaidTopics] = ()
    headings: Sequence[int] = ()

    def given(
        self, flash: tuple[Flash, ...], sections: tuple[Section, ...], notes: Notes
    ) -> tuple[tuple[Flash, ...], tuple[Section, ...]]:
        """Flash news and sections, each thing with what is said below its beginning."""
        if not self.said:
            return flash, sections
        things = sorted(
            (*(one.line for one in flash), *(one.line for part in sections for one in part.items))
        )
        of = defaultdict(list)
        for one in self.said:
            above = bisect_right(things, one.line)
            line = things[above - 1] if above else 0
            if not any(map(str.isalnum, one.words)):  # a label alone
                continue
            if not line or self._headed_between(line, one.line):
                notes.add("topics-astray", one.line, about=one.words)
            else:
                of[line].append(one)

        def told(thing: _Thing) -> _Thing:
            return replace(thing, said=tuple(of[thing.line])) if thing.line in of else thing

        parts = (replace(one, items=tuple(map(told, one.items))) for one in sections)
        return tuple(map(told, flash)), tuple(parts)

    def _headed_between(self, first: int, last: int) -> bool:
        return bisect_right(self.headings, first) < bisect_left(self.headings, last)


def without_said(
    rows: Rows, labels: Sequence[str], names: TopicNames | None, notes: Notes
) -> tuple[Rows, SaidLines]:
    """The rows without those that say topics, and what these say; without ``names`` none does."""
    if names is None or not labels:
        return rows, SaidLines()
    behind, said = _behind(labels), {}
    for row in rows:
        words = None if row.kind in _NONE_SAY or any(span.url for span in row.spans) else behind(row.text)
        if words is None:
            continue
        if names.says(words):
            said[row.number] = SaidTopics(words=words, line=row.number)
            notes.leave_out(row.number, row.spans, RULE)
        elif unknown := names.misnamed(words):
            notes.add("unknown-topic", row.number, about=unknown)
    if not said:
        return rows, SaidLines()
    headings = [row.number for row in rows if row.level]
    return tuple(_without(rows, said)), SaidLines(said=tuple(said.values()), headings=headings)


def _behind(labels: Sequence[str]) -> Callable[[str], str | None]:
    """What finds the words behind one of these labels; case, width and script do not part two labels."""
    known = frozenset(map(fold_keyword, labels))

    def behind(text: str) -> str | None:
        start = _LABEL.match(text)
        label = (start["framed"] or start["label"]) if start else ""
        return text[start.end() :].strip() if start and fold_keyword(label) in known else None

    return behind


def _without(rows: Rows, said: dict[int, SaidTopics]) -> Iterator[Row]:
    """The other rows; what goes on with a paragraph that begins with such a line begins it."""
    opens = False
    for row in rows:
        if row.number in said and row.kind is not RowKind.HEADING:
            opens = opens or row.opens
        else:
            yield row._replace(opens=True) if opens and not row.opens else row
            opens = False

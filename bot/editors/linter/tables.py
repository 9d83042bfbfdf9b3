"""The rule about tables that Markdown does not take for any."""

import re
from collections.abc import Iterator
from itertools import groupby

from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Edit, Finding, found
from bot.editors.linter.rule import RuleContext

_ROW = re.compile(r"\s{0,3}(?:\|(?:[^|]*\|){2,}|｜(?:[^｜]*｜){2,})\s*")
_DIVIDER = re.compile(r"\s{0,3}[|｜](?:\s*[:：]?[-–—－]+[:：]?\s*[|｜])+\s*")
_FEWEST = 2  # lines


def undivided_tables(draft: Draft, context: RuleContext) -> Iterator[Finding]:  # noqa: ARG001  # as every rule
    """Lines of cells between bars, none of which divides the head from the others."""
    for is_row, lines in groupby(draft.source.numbered(), lambda one: bool(_ROW.fullmatch(one[1]))):
        rows = list(lines) if is_row else []
        if len(rows) < _FEWEST or any(_DIVIDER.fullmatch(line) for _, line in rows):
            continue
        number, head = rows[0]
        if len({line.count(head.strip()[0]) for _, line in rows}) == 1:
            column = len(head) - len(head.lstrip()) + 1
            divider = "|" + "---|" * (head.count("|") - 1)
            edit = Edit(line=number, start=len(head), end=len(head), replacement=f"\n{divider}")
            edits = (edit,) if "｜" not in head else ()
            yield found("table-divider", number, column, about=head.strip(), edits=edits)

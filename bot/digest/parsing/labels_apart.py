"""Several labels on one line: ``链接：https://… 摘要：…`` reads as two lines, one of each label."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from bot.digest.parsing.edges import cut_at, stripped, text_of, without_end
from bot.digest.parsing.labelled import LabelKind
from bot.digest.parsing.labels import Labels
from bot.digest.parsing.leading_label import leading_label
from bot.digest.parsing.rows import Row, RowKind

_LINES = (RowKind.TEXT, RowKind.BULLET, RowKind.NUMBER)
#: What stands before a further label: a bar, or a blank.
_BEFORE_LABEL = re.compile(
    r"(?:\s{0,8}(?P<bar>[|｜])\s{0,8}|\s{1,8})(?=[^\s：:|｜]{1,20}\s{0,8}[：:](?!//)|[【\[〔「])"
)
_MOST = 12  # labels that are looked for on a line


def with_labels_apart(rows: Iterable[Row], labels: Labels) -> Iterator[Row]:
    """The rows; a known label behind another one and what that says begins a row of its own.

    The label of a summary does so behind addresses, and behind a bar; that of an address behind a bar and
    words. Several labelled addresses stay one row.
    """
    for row in rows:
        rest = row
        for _ in range(_MOST):
            halves = _halves(rest, labels)
            if halves is None:
                break
            above, rest = halves
            yield above
        yield rest


def _halves(row: Row, labels: Labels) -> tuple[Row, Row] | None:
    """The row up to a further label, and from there on; None without one."""
    if row.kind not in _LINES or row.begins_with_link:
        return None
    text = text_of(row.spans)
    if leading_label(text) is None and labels.read(row) is None:
        return None
    for found in islice(_BEFORE_LABEL.finditer(text), _MOST):
        above = row._replace(spans=without_end(row.spans, len(text) - found.start()))
        _, behind = cut_at(row.spans, found.end())
        below = row._replace(spans=stripped(behind), kind=RowKind.TEXT, marker="", opens=False)
        if _begins_row(below, above, labels, barred=bool(found["bar"])):
            return above, below
    return None


def _begins_row(below: Row, above: Row, labels: Labels, *, barred: bool) -> bool:
    further = labels.read(below)
    if further is None or further.kind not in (LabelKind.SUMMARY, LabelKind.LINK, LabelKind.SOURCE):
        return False
    if labels.read(above) and (labels.source(above) or labels.source(below)):
        return True
    if labels.are_addresses(above):
        return further.kind is LabelKind.SUMMARY
    return barred and (further.kind is LabelKind.SUMMARY or bool(further.urls))

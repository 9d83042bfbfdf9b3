"""Several labels on one line: ``链接：https://… 摘要：…`` reads as two lines, one of each label."""

import re
from collections.abc import Iterable, Iterator

from bot.digest.parsing.edges import cut_at, stripped, text_of, without_end
from bot.digest.parsing.labelled import LabelKind
from bot.digest.parsing.labels import Labels
from bot.digest.parsing.leading_label import leading_label
from bot.digest.parsing.rows import Row, RowKind

_LINES = (RowKind.TEXT, RowKind.BULLET, RowKind.NUMBER)
#: What stands before a further label: a bar, or a blank.
_BEFORE_LABEL = re.compile(r"(?:\s*(?P<bar>[|｜])\s*|\s+)(?=[^\s：:|｜]{1,20}\s{0,8}[：:](?!//)|[【\[〔「])")


def with_labels_apart(rows: Iterable[Row], labels: Labels) -> Iterator[Row]:
    """The rows; a known label behind another one and what that says begins a row of its own.

    The label of a summary does so behind addresses, and behind a bar; that of an address behind a bar and
    words. Several labelled addresses stay one row.
    """
    for row in rows:
        below: Row | None = row
        while below is not None:
            above, below = _halves(below, labels)
            yield above


def _halves(row: Row, labels: Labels) -> tuple[Row, Row | None]:
    """The row up to a further label, and from there on; all of it and None without one."""
    if row.kind not in _LINES or row.begins_with_link:
        return row, None
    text = text_of(row.spans)
    for found in _BEFORE_LABEL.finditer(text) if "：" in text or ":" in text else ():
        above = row._replace(spans=without_end(row.spans, len(text) - found.start()))
        _, behind = cut_at(row.spans, found.end())
        below = row._replace(spans=stripped(behind), kind=RowKind.TEXT, marker="", opens=False)
        if _begins_row(below, above, labels, barred=bool(found["bar"])):
            return above, below
    return row, None


def _begins_row(below: Row, above: Row, labels: Labels, *, barred: bool) -> bool:
    further = labels.read(below)
    if further is None or further.kind not in (LabelKind.SUMMARY, LabelKind.LINK):
        return False
    if labels.are_addresses(above):
        return further.kind is LabelKind.SUMMARY
    worded = leading_label(above.text) or labels.read(above)
    return barred and worded is not None and (further.kind is LabelKind.SUMMARY or bool(further.urls))

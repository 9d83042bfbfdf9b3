"""Items whose title stands behind a label too, as the rest of them does: ``标题：…`` beside ``链接：…``."""

from collections.abc import Sequence
from dataclasses import replace

from bot.digest.parsing.edges import Spans
from bot.digest.parsing.labelled import LabelKind, Labelled
from bot.digest.parsing.labels import Labels
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.rows import Row, RowKind


def is_known_field(row: Row, labels: Labels) -> bool:
    """Whether a row begins with a label of the digest, so that no title stands before it."""
    found = labels.read(row)
    return found is not None and found.kind is not LabelKind.BARE_LINK


def place_of_title(rows: Sequence[Row], labels: Labels) -> int | None:
    """Which of the rows has a title behind a label that is ignored elsewhere; None if none has."""
    read = ((place, labels.read(row)) for place, row in enumerate(rows) if not row.quote)
    return next((place for place, found in read if found and _is_title(found)), None)


def with_title_first(rows: Sequence[Row], labels: Labels, notes: Notes) -> Sequence[Row]:
    """The rows; a title behind a label stands first, linked to what is labelled as an address and no more."""
    place = place_of_title(rows, labels)
    title = labels.read(rows[place]) if place is not None else None
    if place is None or title is None:
        return rows
    notes.leave_out(rows[place].number, title.label, "label")
    left, spans = [at for at in range(len(rows)) if at != place], title.rest
    address = next((at for at in left if _is_where(labels.read(rows[at]))), None)
    if address is not None and not title.urls and (found := labels.read(rows[address])):
        notes.leave_out(rows[address].number, found.label, "address of the title")
        left, spans = [at for at in left if at != address], _linked(spans, found.urls[0])
    below = (rows[at]._replace(kind=RowKind.TEXT, marker="") if at == 0 else rows[at] for at in left)
    return rows[0]._replace(spans=spans), *below


def _is_title(found: Labelled) -> bool:
    return found.kind is LabelKind.IGNORED and any(map(str.isalnum, found.text))


def _is_where(found: Labelled | None) -> bool:
    return found is not None and found.says_where and len(found.urls) == 1


def _linked(spans: Spans, url: str) -> Spans:
    return tuple(replace(span, url=url) for span in spans)

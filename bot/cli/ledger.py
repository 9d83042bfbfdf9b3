"""Rows of the ledger written out, a page at a time: a million of them never stand in memory at once."""

import csv
import io
import json
from collections.abc import AsyncIterator, Iterable
from enum import StrEnum
from typing import Any

from rich.markup import escape
from rich.table import Table

from bot.cli.console import write, write_table
from bot.model import AT_ONCE, DeliveryState
from bot.storage import Line

PAGE = 1000  # rows written at once

#: What of a row is shown in a table.
COLUMNS = (
    *("issue", "chat", "purpose", "aim", "state", "parts", "uncertain", "attempts"),
    *("not_before", "reason", "planned_at", "updated_at"),
)


class Format(StrEnum):
    """How the ledger is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


async def write_lines(lines: AsyncIterator[Line], form: Format) -> None:
    """The rows as tables, as one JSON array, or as CSV."""
    pages = _pages(lines)
    match form:
        case Format.TEXT:
            await _write_tables(pages)
        case Format.JSON:
            await _write_array(pages)
        case Format.CSV:
            write(as_csv([COLUMNS]))
            async for page in pages:
                write(as_csv(_cells(line) for line in page))


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def as_values(line: Line) -> dict[str, Any]:
    """A row for programs."""
    row = line.delivery
    return {
        "issue": row.issue_slug,
        "chat": row.chat_id,
        "purpose": row.purpose,
        "aim": row.aim,
        "state": row.state,
        "parts": row.next_part,
        "uncertain": row.uncertain,
        "attempts": row.attempts,
        "not_before": None if row.not_before == AT_ONCE else row.not_before.isoformat(),
        "reason": row.reason,
        "planned_at": line.planned_at.isoformat(),
        "updated_at": line.updated_at.isoformat(),
        "message_ids": list(row.message_ids),
    }


def reasons_table(reasons: Iterable[tuple[DeliveryState, str, int]]) -> Table:
    """How many rows are in which state for which reason."""
    table = Table("state", "reason", box=None)
    table.add_column("rows", justify="right")
    for state, reason, rows in reasons:
        table.add_row(state, escape(reason), str(rows))
    return table


async def _pages(lines: AsyncIterator[Line]) -> AsyncIterator[list[Line]]:
    page: list[Line] = []
    async for line in lines:
        page.append(line)
        if len(page) == PAGE:
            yield page
            page = []
    if page:
        yield page


async def _write_tables(pages: AsyncIterator[list[Line]]) -> None:
    there = False
    async for page in pages:
        there = True
        table = Table(*(column.replace("_", " ") for column in COLUMNS), box=None)
        for line in page:
            table.add_row(*(escape(str(cell)) for cell in _cells(line)))
        write_table(table)
    if not there:
        write("No deliveries.")


async def _write_array(pages: AsyncIterator[list[Line]]) -> None:
    before = "["
    async for page in pages:
        rows = (json.dumps(as_values(line), ensure_ascii=False) for line in page)
        write(before + "\n  " + ",\n  ".join(rows))
        before = "  ,"
    write("[]" if before == "[" else "]")


def _cells(line: Line) -> list[Any]:
    values = as_values(line)
    return ["" if values[column] is None else values[column] for column in COLUMNS]

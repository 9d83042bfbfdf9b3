"""Rows of the ledger, written a page at a time: a million of them are never in memory at once."""

import csv
import io
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from enum import StrEnum
from typing import Any

from rich.markup import escape
from rich.table import Table

from bot.cli.output import write
from bot.cli.tables import write_table
from bot.model import AT_ONCE, DeliveryState
from bot.storage import LedgerRow
from bot.words.moments import moment

PAGE = 1000  # rows written at once

#: The columns of tables and of CSV.
COLUMNS = (
    *("issue", "chat", "purpose", "aim", "state", "parts", "uncertain", "attempts"),
    *("not_before", "reason", "planned_at", "updated_at"),
)


class LedgerFormat(StrEnum):
    """How the ledger is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


async def write_rows(rows: AsyncIterator[LedgerRow], form: LedgerFormat) -> None:
    """Write the rows as tables, as one JSON array, or as CSV."""
    pages = _pages(rows)
    match form:
        case LedgerFormat.TEXT:
            await _write_tables(pages)
        case LedgerFormat.JSON:
            await _write_array(pages)
        case LedgerFormat.CSV:
            write(as_csv([COLUMNS]))
            async for page in pages:
                write(as_csv(_cells(as_values(row)) for row in page))


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """The rows as lines of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def as_values(row: LedgerRow) -> dict[str, Any]:
    """A row as JSON has it; times in ISO format, None for what there is not."""
    delivery = row.delivery
    return {
        "issue": delivery.issue_slug,
        "chat": delivery.chat_id,
        "purpose": delivery.purpose,
        "aim": delivery.aim,
        "state": delivery.state,
        "parts": delivery.part_count,
        "uncertain": delivery.uncertain,
        "attempts": delivery.attempts,
        "not_before": None if delivery.not_before == AT_ONCE else delivery.not_before.isoformat(),
        "reason": delivery.reason,
        "planned_at": row.planned_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "message_ids": list(delivery.message_ids),
    }


def reasons_table(reasons: Iterable[tuple[DeliveryState, str, int]]) -> Table:
    """A table of states and reasons with the number of rows that have them."""
    table = Table("state", "reason", box=None)
    table.add_column("rows", justify="right")
    for state, reason, rows in reasons:
        table.add_row(state, escape(reason), str(rows))
    return table


async def _pages(rows: AsyncIterator[LedgerRow]) -> AsyncIterator[list[LedgerRow]]:
    page: list[LedgerRow] = []
    async for row in rows:
        page.append(row)
        if len(page) == PAGE:
            yield page
            page = []
    if page:
        yield page


async def _write_tables(pages: AsyncIterator[list[LedgerRow]]) -> None:
    there = False
    async for page in pages:
        there = True
        table = Table(*(column.replace("_", " ") for column in COLUMNS), box=None)
        for row in page:
            table.add_row(*(escape(str(cell)) for cell in _cells(as_values(row) | _times(row))))
        write_table(table)
    if not there:
        write("No deliveries.")


async def _write_array(pages: AsyncIterator[list[LedgerRow]]) -> None:
    before = "["
    async for page in pages:
        texts = (json.dumps(as_values(row), ensure_ascii=False) for row in page)
        write(before + "\n  " + ",\n  ".join(texts))
        before = "  ,"
    write("[]" if before == "[" else "]")


def _times(row: LedgerRow) -> dict[str, str | None]:
    """The times of a row as people read them."""
    not_before = row.delivery.not_before
    return {
        "not_before": None if not_before == AT_ONCE else moment(not_before),
        "planned_at": moment(row.planned_at),
        "updated_at": moment(row.updated_at),
    }


def _cells(values: Mapping[str, Any]) -> list[Any]:
    return ["" if values[column] is None else values[column] for column in COLUMNS]

"""Who came and who was lost, shown as tables or as JSON."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from bot.cli.output import Format, write, write_json
from bot.cli.tables import write_table
from bot.model import Happening
from bot.reports.audience import Audience, Counts
from bot.words.moments import moment

NO_ISSUE = "(none)"


def show_audience(found: Audience, form: Format, zone: str) -> None:
    """Write it."""
    if form is Format.JSON:
        write_json(_values(found, zone))
        return
    words = ", ".join(f"{found.total.get(what, 0)} {what}" for what in Happening)
    write(f"Since {found.since:%Y-%m-%d %H:%M} ({zone}): {words}")
    if found.losses_since:
        write(
            f"Nobody knows when those left who did before {moment(found.losses_since)}:"
            " it is counted since then."
        )
    if not found.days:
        return
    _table("day", {day.isoformat(): counts for day, counts in found.days.items()})
    _table("issue", {slug or NO_ISSUE: counts for slug, counts in found.issues.items()})
    write(
        "Who came counts with the newest issue that was out then, who left with the last one that had reached"
        f" them. {NO_ISSUE}: no issue was out yet, none had reached them, or an import brought or took them."
        " Pushed is for whom it was planned, also where it was taken back or given up before it came there:"
        " jianbao deliveries SLUG."
    )


def _table(first: str, rows: Mapping[str, Counts]) -> None:
    table = Table(first, box=None)
    for what in Happening:
        table.add_column(what, justify="right")
    for name, counts in rows.items():
        table.add_row(name, *(str(counts.get(what) or "·") for what in Happening))
    write_table(table)
    write("")


def _values(found: Audience, zone: str) -> dict[str, Any]:
    return {
        "since": found.since.isoformat(),
        "zone": zone,
        "losses_since": found.losses_since.isoformat() if found.losses_since else None,
        "total": _numbers(found.total),
        "days": [{"day": day.isoformat(), **_numbers(counts)} for day, counts in found.days.items()],
        "issues": [{"issue": slug or None, **_numbers(counts)} for slug, counts in found.issues.items()],
    }


def _numbers(counts: Counts) -> dict[str, int]:
    return {what.value: counts.get(what, 0) for what in Happening}

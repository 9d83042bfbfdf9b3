"""The measurements as a table for people and as values for programs."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from typing import Any

from rich.table import Table

from benchmarks.measured import MARGIN, Direction, Measured
from bot import __version__

_PACKAGES = (
    "markdown-it-py",
    "mistune",
    "python-telegram-bot",
    "aiohttp",
    "sqlalchemy",
    "aiogram",
    "aiolimiter",
)
_SIGNS = {Direction.AT_MOST: "≤", Direction.AT_LEAST: "≥"}


def machine() -> dict[str, Any]:
    """What was measured on; nothing that tells whose machine it is."""
    return {
        "cores": os.cpu_count(),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "jianbao": __version__,
        "sqlite": sqlite3.sqlite_version,
        **dict(_versions()),
    }


def _versions() -> Iterator[tuple[str, str]]:
    """Of what is measured with or against, as far as it is installed."""
    for name in _PACKAGES:
        with suppress(PackageNotFoundError):
            yield name, version(name)


def machine_line() -> str:
    """The machine in words."""
    return ", ".join(f"{name} {value}" for name, value in machine().items())


def as_values(measured: Iterable[Measured]) -> dict[str, Any]:
    """The machine, the margin and each measurement, for JSON."""
    return {
        "machine": machine(),
        "margin": MARGIN,
        "measurements": [
            {
                "group": one.group,
                "what": one.what,
                "value": round(one.value, 4),
                "unit": one.unit.value,
                "goal": one.goal,
                "direction": one.direction.value,
                "missed": one.missed,
            }
            for one in measured
        ],
    }


def as_table(measured: Iterable[Measured]) -> Table:
    """A row for each measurement below the name of its group."""
    table = Table("measured", "", "in", "goal")
    table.columns[1].justify = "right"
    for group, ones in groupby(measured, key=lambda one: one.group):
        table.add_section()
        table.add_row(f"[bold]{group}[/]")
        for one in ones:
            table.add_row(f"  {one.what}", f"{one.value:.2f}", one.unit.value, _goal(one))
    return table


def missed(measured: Iterable[Measured]) -> Sequence[str]:
    """A line for each goal that is missed."""
    return [
        f"{one.group}: {one.what} is {one.value:.2f} {one.unit.value}, the goal is {one.direction} {one.goal}"
        for one in measured
        if one.missed
    ]


def _goal(one: Measured) -> str:
    if one.goal is None:
        return ""
    return f"{_SIGNS[one.direction]} {one.goal}" + (" missed" if one.is_beyond else "")

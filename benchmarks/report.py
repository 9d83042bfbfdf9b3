"""The measurements as a table for people and as values for programs."""

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from itertools import groupby
from typing import Any

from rich.table import Table

from benchmarks.measured import MARGIN, Measured
from bot import __version__

_YARDSTICKS = ("markdown-it-py", "mistune")


def machine() -> dict[str, Any]:
    """What was measured on; nothing that tells whose machine it is."""
    return {
        "cores": os.cpu_count(),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "jianbao": __version__,
        **{name: version(name) for name in _YARDSTICKS},
    }


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
        f"{one.group}: {one.what} is {one.value:.2f} {one.unit.value}, the goal is {one.goal}"
        for one in measured
        if one.missed
    ]


def _goal(one: Measured) -> str:
    if one.goal is None:
        return ""
    return f"≤ {one.goal}" + (" missed" if one.value > one.goal else "")

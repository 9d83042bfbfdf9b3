"""Findings of the linter as a person, a program or GitHub reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.digest.codes import Level
from bot.editors.linter import Finding
from bot.words.english import plural

#: What ends a value in a workflow command, in the order in which it is escaped.
_IN_DATA = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_IN_PROPERTY = (*_IN_DATA, (":", "%3A"), (",", "%2C"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A file and what is wrong with it; ``mended`` counts the findings that were fixed."""

    path: str
    findings: tuple[Finding, ...]
    mended: int = 0


def as_text(checked: Checked) -> str:
    """``path:line:column: level code message``, a line each."""
    return "\n".join(
        f"{checked.path}:{one.line}:{one.column}: {one.code.level} {one.code.name} {one.message}"
        for one in checked.findings
    )


def as_github(checked: Checked) -> str:
    """Workflow commands, which GitHub shows beside the line."""
    file = _escaped(checked.path, _IN_PROPERTY)
    return "\n".join(
        f"::{one.code.level} file={file},line={one.line},col={one.column},"
        f"title={_escaped(one.code.name, _IN_PROPERTY)}::{_escaped(one.message, _IN_DATA)}"
        for one in checked.findings
    )


def as_values(checked: Checked) -> list[dict[str, Any]]:
    """Each finding as a JSON object."""
    return [
        {
            "path": checked.path,
            "line": one.line,
            "column": one.column,
            "level": one.code.level.value,
            "code": one.code.name,
            "message": one.message,
            "fixable": one.mends,
        }
        for one in checked.findings
    ]


def summed_up(checked: Iterable[Checked]) -> str:
    """As in "2 files: 1 error, 3 warnings; 2 can be fixed with --fix"."""
    files = tuple(checked)
    findings = [finding for file in files for finding in file.findings]
    errors = count(findings, Level.ERROR)
    warnings = plural(len(findings) - errors, "warning")
    parts = [f"{plural(len(files), 'file')}: {plural(errors, 'error')}, {warnings}"]
    if mended := sum(file.mended for file in files):
        parts.append(f"{mended} fixed")
    if fixable := sum(finding.mends for finding in findings):
        parts.append(f"{fixable} can be fixed with --fix")
    return "; ".join(parts)


def count(findings: Iterable[Finding], level: Level) -> int:
    """How many findings are of a level."""
    return sum(finding.code.level is level for finding in findings)


def _escaped(text: str, replacements: Iterable[tuple[str, str]]) -> str:
    for char, replacement in replacements:
        text = text.replace(char, replacement)
    return text

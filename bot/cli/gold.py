"""Readings by people, each with its issue as the bot reads it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.cli.issue_files import IssueFile
from bot.cli.output import read_text
from bot.cli.reading import Batch, issue_reader
from bot.editors.topics.readings import Reading, reading
from bot.errors import BadInput
from bot.model import Issue
from bot.settings import Configuration

_MOST_NAMED = 2  # folders that a file is not in


def with_issues(
    readings: Sequence[Path], issues: Sequence[Path] | None, configuration: Configuration, batch: Batch
) -> list[tuple[Reading, Issue]]:
    """The readings in these folders with their issues, looked for in ``issues``, else around the readings."""
    read = issue_reader(configuration)
    files = [
        _with_issue(path, tuple(issues or _around(folder.resolve())))
        for folder in readings
        for path in _json_files(folder)
    ]
    done = batch.each(files, lambda pair: read(pair[1])[0], path=lambda pair: pair[1])
    return [(found, issue) for (found, _), issue in done]


def _json_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise BadInput("no such folder", where=str(folder))
    files = sorted(folder.glob("*.json"))
    if not files:
        raise BadInput("no readings in this folder (*.json)", where=str(folder))
    return files


def _around(readings: Path) -> Iterator[Path]:
    """The folder of the readings, its parent, and the folders up to two levels below that."""
    yield from (readings, readings.parent)
    for level in ("*", "*/*"):
        yield from sorted(folder for folder in readings.parent.glob(level) if folder.is_dir())


def _with_issue(path: Path, folders: Sequence[Path]) -> tuple[Reading, IssueFile]:
    """A file's reading, and the issue's file that it is of."""
    found = reading(read_text(path), where=str(path))
    for folder in folders:
        if (folder / found.file).is_file():
            return found, IssueFile(path=folder / found.file, below=found.file)
    named = ", ".join(str(folder) for folder in folders[:_MOST_NAMED])
    named += " and the folders around them" if len(folders) > _MOST_NAMED else ""
    raise BadInput(f"no issue {found.file} in {named}; give its folder by --issues", where=f"{path}: file")

"""Files that look like issues, or lie beside one, and that the bot passes over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.cli.issue_files import IssueFile
from bot.errors import BadInput
from bot.settings import Configuration
from bot.sources import FolderSource, Problem, among_drafts, unread_beside


def passed_over(
    paths: Sequence[Path], files: Iterable[IssueFile], configuration: Configuration, now: datetime
) -> Mapping[Path, str]:
    """Why each is: of the ``files`` and what lies beside them, and of what lies in folders of the ``paths``.

    A file whose name alone is wrong has a warning of its own.
    """
    files = tuple(files)
    found: dict[Path, str] = {}
    for file in files:
        if reason := among_drafts(_name(file, configuration.settings.issues)):
            found[file.path] = reason
        found |= {one.path: one.reason for one in unread_beside(file.path)}
    read = {file.path for file in files}
    others = (one for path in paths if path.is_dir() for one in _problems(path, configuration, now))
    return found | {one.path: one.reason for one in others if one.is_told and one.path not in read}


def _name(file: IssueFile, issues: Path) -> str:
    """Its path below the folder of issues; of a file elsewhere, below the folder above the one it lies in.

    That counts only below the working folder: above it some folder may well be called ``tmp``.
    """
    path = file.path.absolute()
    if path.is_relative_to(issues.absolute()):
        return path.relative_to(issues.absolute()).as_posix()
    if not path.is_relative_to(Path.cwd()):
        return file.below
    return "/".join(path.relative_to(Path.cwd()).parts[-len(Path(file.below).parts) - 1 :])


def _problems(folder: Path, configuration: Configuration, now: datetime) -> Iterator[Problem]:
    source = FolderSource(path=folder, pattern=configuration.profile.file_pattern)
    try:
        yield from source.read(now, unsettled_too=True).problems
    except BadInput:  # whoever reads the folder says so
        return

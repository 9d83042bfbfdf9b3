"""Files that look like issues, or lie beside one, and that the bot passes over."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from bot.cli.issue_files import IssueFile, files_beside
from bot.errors import BadInput
from bot.model import FilePattern
from bot.settings import Configuration
from bot.sources import FolderSource, Problem, among_drafts, unread_beside
from bot.words.natural_order import in_order


def passed_over(
    paths: Sequence[Path], files: Iterable[IssueFile], configuration: Configuration, now: datetime
) -> Mapping[Path, str]:
    """Why each is: of the ``files`` and what lies beside them, and of what lies in folders of the ``paths``.

    A file whose name alone is wrong has a warning of its own.
    """
    files = tuple(files)
    found = _duplicates(files, configuration.profile.file_pattern)
    for file in files:
        if reason := among_drafts(_name(file, configuration.settings.issues)):
            found[file.path] = reason
        found |= {one.path: one.reason for one in unread_beside(file.path)}
    read = {file.path for file in files}
    folders = [path for path in paths if path.is_dir()]
    others = [one for path in folders for one in _problems(path, configuration, now)]
    found |= {one.path: one.reason for one in others if one.is_told and one.path not in read}
    seen = configuration.settings.issues.resolve() in {path.resolve() for path in folders}
    more = () if seen else _in_issues(files, configuration, now)
    return found | dict(_namesakes(files, (*others, *more)))


def _namesakes(files: Iterable[IssueFile], problems: Iterable[Problem]) -> Iterator[tuple[Path, str]]:
    """Those of the files that have the name of another, which is read instead."""
    reasons = {one.path.resolve(): one.reason for one in problems if one.is_namesake}
    for file in files:
        if reason := reasons.get(file.path.resolve()):
            yield file.path, reason


def _in_issues(files: Iterable[IssueFile], configuration: Configuration, now: datetime) -> Iterator[Problem]:
    """What the bot passes over in the folder of issues, if one of the files lies there."""
    issues = configuration.settings.issues
    if any(file.path.resolve().is_relative_to(issues.resolve()) for file in files):
        yield from _problems(issues, configuration, now)


def _duplicates(files: Sequence[IssueFile], pattern: FilePattern) -> dict[Path, str]:
    """The files that say to the byte what another does, beside them too: the first of all is the issue."""
    named = [file for file in files if pattern.match(file.name(pattern))]
    digests = {file: _digest(file) for file in (*named, *files_beside(named, pattern))}
    first: dict[bytes, str] = {}
    for file in sorted(digests, key=lambda one: in_order(one.slug(pattern))):
        first.setdefault(digests[file], file.slug(pattern))
    return {
        file.path: f"is a duplicate of issue {issue}, not sent"
        for file in named
        if (issue := first[digests[file]]) != file.slug(pattern)
    }


def _digest(file: IssueFile) -> bytes:
    """Of what is in a file; of its name where that cannot be had, which is told elsewhere."""
    try:
        content = file.path.read_bytes()
    except OSError:
        content = os.fsencode(file.path)
    return sha256(content).digest()


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

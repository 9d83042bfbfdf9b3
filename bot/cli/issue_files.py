"""The issue files that a command is given, each with its path below the folder of issues."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.errors import BadInput
from bot.model import FilePattern, is_readme
from bot.sources import markdown_below, slug_of


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFile:
    """A file that was named, or that lies ``below`` a folder that was."""

    path: Path
    below: str

    def __str__(self) -> str:
        return str(self.path)

    def name(self, pattern: FilePattern) -> str:
        """Its path below the folder of issues: as much of it as the pattern matches.

        Where the pattern matches nothing of it, what lies below the folder that was named.
        """
        if pattern.match(self.below):
            return self.below
        whole = pattern.below(self.path.absolute().as_posix())
        return whole if pattern.match(whole) else self.below

    def slug(self, pattern: FilePattern) -> str:
        """The slug that it has in the folder of issues."""
        return slug_of(self.name(pattern), pattern)

    def folder(self, pattern: FilePattern) -> tuple[Path, bool]:
        """The folder of issues that it lies in, and whether its sub-folders hold issues too."""
        depth = len(PurePosixPath(self.name(pattern)).parts)
        path = self.path if len(self.path.parts) > depth else self.path.absolute()
        return path.parents[depth - 1], depth > 1


def issue_files(paths: Sequence[Path], pattern: FilePattern | None = None) -> tuple[IssueFile, ...]:
    """The files, each once, and the Markdown files in the folders and below them, in order.

    With a ``pattern``, a README.md that lies in a folder counts only where the pattern names it, or
    where there is nothing else. Raises BadInput if a path does not exist, or if there is no file at all.
    """
    files = {file.path.resolve(): file for file in _files(paths, pattern)}
    if not files:
        raise BadInput("no Markdown files in this folder", where=str(paths[0]))
    return tuple(files.values())


def files_beside(files: Sequence[IssueFile], pattern: FilePattern) -> Iterator[IssueFile]:
    """The files of the other issues in the same folders."""
    named = {file.path.resolve() for file in files}
    for folder, deep in dict.fromkeys(file.folder(pattern) for file in files):
        for name in markdown_below(folder, deep=deep):
            if pattern.match(name) and (folder / name).resolve() not in named:
                yield IssueFile(path=folder / name, below=name)


def _files(paths: Iterable[Path], pattern: FilePattern | None) -> Iterator[IssueFile]:
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, pattern)
        elif path.exists():
            yield IssueFile(path=path, below=path.name)
        else:
            raise BadInput("no such file or folder", where=str(path))


def _in_folder(folder: Path, pattern: FilePattern | None) -> list[IssueFile]:
    try:
        names = markdown_below(folder)
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=str(folder)) from None
    files = [IssueFile(path=folder / name, below=name) for name in names]
    if pattern is None:
        return files
    wanted = [file for file in files if not is_readme(file.path.name) or pattern.match(file.name(pattern))]
    return wanted or files

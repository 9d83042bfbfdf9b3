"""A folder of issue files, as an editor's git checkout or a drop folder is one."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePath, PurePosixPath

from bot.errors import BadInput
from bot.model import (
    FilePattern,
    dated_names,
    is_document,
    is_markdown,
    is_readme,
    is_text,
    plain_name,
    stem_of,
)
from bot.sources.drafts import among_drafts, is_past
from bot.sources.listing import Listing, Problem, Settling, SourceFile
from bot.sources.text import checksum_of, decode, former_checksums
from bot.sources.tree import named_below, oddity, plain_path, read_regular
from bot.words.slugs import SLUG_LENGTH, slugged

MEGABYTE = 1_000_000
#: Seconds behind a change within which another may leave a file's time as it is.
_STAMPED = 2.0
#: A year, or a number of three digits: such a name tells an issue from those in other folders.
_SAYS_WHICH = re.compile(r"[0-9]{3}")
#: A day of which the year was forgotten.
_DAY = re.compile(r"(?<![0-9])(?:0?[1-9]|1[0-2])[-_月](?:0?[1-9]|[12][0-9]|3[01])(?![0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What a file was found to be while it had this ``stamp``: its times, size and number on the disk."""

    stamp: tuple[int, ...]
    found: SourceFile | Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSource:
    """The Markdown files of ``path`` and its sub-folders that ``pattern`` takes for issues.

    Other Markdown files are problems, and text or documents named as an issue: one may have been meant;
    README.md only where there is no issue. So are links that lead out of the folder or nowhere, pipes and
    devices, and folders that are named as an issue.
    Left out without a word: hidden files and folders, what editors and programs leave beside
    theirs, and folders linked within the folder. What changed less than ``settle`` seconds ago may still
    be being written, and is ``settling``. ``size_limit`` is in bytes.
    ``place`` is where the folder was named. A file is read again only when it has changed.
    """

    path: Path
    pattern: FilePattern
    size_limit: int = 5 * MEGABYTE
    settle: float = 5.0
    place: str = ""
    _looks: dict[str, _Look] = field(default_factory=dict, init=False, repr=False, compare=False)

    def check(self) -> None:
        """Raises BadInput when the folder itself cannot be read."""
        try:
            os.scandir(self.path).close()
        except OSError as error:
            raise self._unreadable(error) from None

    def refetch(self) -> None:
        """Nothing: a folder is looked at anew each time."""

    def stop(self) -> None:
        """Nothing: no look at a folder takes long."""

    def read(self, now: datetime, *, unsettled_too: bool = False) -> Listing:
        """Look at the folder once; blocks on the disk.

        ``unsettled_too`` reads what may still be being written as if it were not.
        Raises BadInput when the folder itself cannot be read.
        """
        settle = 0.0 if unsettled_too else self.settle
        files: dict[str, SourceFile] = {}
        problems: list[Problem] = []
        settling: list[Problem] = []
        home, names = self._names()
        for name in sorted(names, key=is_past):  # of files of one name that at hand is read
            found = self._look(name, home, now.timestamp(), settle)
            if isinstance(found, SourceFile) and found.slug in files:
                reason = f"has the name of {files[found.slug].name}, read instead"
                found = Problem(
                    path=found.path, slug=found.slug, reason=reason, misnamed=True, is_namesake=True
                )
            match found:
                case Settling():
                    settling.append(found)
                case SourceFile():
                    files[found.slug] = found
                case Problem() if not (files and is_readme(found.path.name)):
                    problems.append(replace(found, name=name))
        shown = tuple(_beside_issues(problems, files))
        places = {name: place for place, name in enumerate(names)}
        ordered = sorted(files.values(), key=lambda file: places[file.name])
        return Listing(files=tuple(ordered), problems=shown, settling=tuple(settling))

    def is_gone(self, file: str, slug: str) -> bool:  # noqa: ARG002  # of a file with one issue
        """Whether a file that is not there was taken away, and not its folder or the sight of it.

        The folder it lay in must hold something else, or be gone from one that does.
        """
        path = self.path / file
        try:
            if path.is_symlink() or path.exists():
                return False
            folder = next(one for one in path.parents if one.is_dir() or one == self.path)
            with os.scandir(folder) as entries:
                return any(not one.name.startswith(".") for one in entries)
        except OSError:
            return False

    def _names(self) -> tuple[Path, list[str]]:
        """The folder itself, and the paths of what may be issues below it, those of README.md last."""
        try:
            home = self.path.resolve(strict=True)
            names = sorted(named_below(self.path, is_meant=is_text), key=self._order)
        except OSError as error:
            raise self._unreadable(error) from None
        return home, names

    def _order(self, name: str) -> tuple[bool, str, bool]:
        """By name; of files that say the same, the one that is as the pattern has it comes first."""
        stem = stem_of(self.pattern.usual(name))
        return is_readme(PurePath(name).name), f"{stem}.", not self.pattern.as_written(name)

    def _unreadable(self, error: OSError) -> BadInput:
        reason = f"cannot read the folder of issues ({error.strerror})"
        return BadInput(reason, where=f"{self.place}: {plain_path(self.path)}".removeprefix(": "))

    def _look(self, name: str, home: Path, now: float, settle: float) -> SourceFile | Problem | None:
        path = self.path / name
        try:
            if not is_markdown(path.name) and not path.is_dir():
                return self._saved_otherwise(name, path)
            other = self._none_of_ours(name)
            if (reason := oddity(path, home)) is not None:
                return Problem(path=path, slug=self._slug(name), reason=reason, unreadable=other is None)
            if path.is_dir():
                return None if other else self._no_file(name, path)
            elsewhere = other and self._misplaced(name, path, other)
            return elsewhere or self._changed(name, path, now, settle)
        except FileNotFoundError:  # removed since it was listed
            return None
        except (
            OSError,
            RuntimeError,
        ) as error:  # a link that leads to itself is the latter before Python 3.13
            reason = f"cannot be read ({getattr(error, 'strerror', error)})"
            return Problem(path=path, slug=self._slug(name), reason=reason, unreadable=True)

    def _saved_otherwise(self, name: str, path: Path) -> Problem | None:
        """An issue in all but its ending; None for other people's files."""
        stem = stem_of(plain_name(name))
        meant = self.pattern.usual(stem if is_markdown(PurePath(stem).name) else f"{stem}.md")
        if not _SAYS_WHICH.search(stem) or self.pattern.match(meant) is None:
            return None
        reason = f"is not named as Markdown is; if it is an issue, name it {PurePath(meant).name}"
        return Problem(path=path, slug=self._slug(meant), reason=reason, misnamed=True)

    def _changed(self, name: str, path: Path, now: float, settle: float) -> SourceFile | Problem | None:
        """The file, read again if it has changed, unless it may still be being written."""
        status = path.stat()
        if abs(now - status.st_mtime) < settle:
            return Settling.of(path, self._slug(name), until=status.st_mtime + settle)
        stamp = status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
        known = self._looks.get(name)
        if known is None or known.stamp != stamp:
            known = _Look(stamp=stamp, found=self._read(name, path))
        if now - status.st_mtime > _STAMPED:
            self._looks[name] = known
        return known.found

    def _read(self, name: str, path: Path) -> SourceFile | Problem:
        data = read_regular(path.resolve(), self.size_limit + 1)
        if len(data) > self.size_limit:
            reason = f"is larger than {self.size_limit / MEGABYTE:g} MB"
            return Problem(path=path, slug=self._slug(name), reason=reason, unreadable=True)
        return _source_file(name, self._slug(name), path, data)

    def _misplaced(self, name: str, path: Path, reason: str) -> Problem:
        stem = plain_name(path.stem)
        is_named = self.pattern.match(name) is not None
        says_which = _SAYS_WHICH.search(stem) or _DAY.search(stem)
        misnamed = not is_named and says_which is not None
        return Problem(path=path, slug=self._slug(name), reason=reason, misnamed=misnamed, in_drafts=is_named)

    def _no_file(self, name: str, path: Path) -> Problem:
        return Problem(path=path, slug=self._slug(name), reason="is a folder, and no file", unreadable=True)

    def _slug(self, name: str) -> str:
        return slug_of(name, self.pattern)

    def _none_of_ours(self, name: str) -> str | None:
        """Why a file is no issue, by its name; None if it is one."""
        if self.pattern.match(name) is None:
            return "is not named as an issue is (files in digest.yml)"
        return among_drafts(name)


def _beside_issues(problems: Iterable[Problem], files: Mapping[str, SourceFile]) -> Iterator[Problem]:
    """The problems; what lies in no folder with an issue, nor is named as one for certain, need not be one.

    A document with the name of one was made of it.
    """
    folders = {file.path.parent for file in files.values()}
    for one in problems:
        if one.slug not in files or not is_document(one.path.name):
            beside = one.path.parent in folders or one.slug in files or _is_certain(one.name)
            yield one if beside else replace(one, misnamed=False)


def _is_certain(name: str) -> bool:
    """Whether a text is named by a date alone, or as Markdown with another ending behind."""
    plain = plain_name(name)
    is_dated = next(dated_names(plain), None) is not None and not is_document(name)
    return is_dated or is_markdown(PurePath(stem_of(plain)).name)


def slug_of(name: PurePath | str, pattern: FilePattern | None = None) -> str:
    """The slug of a file by its path below the folder; empty if it has no letter or digit.

    It is the stem in ``[A-Za-z0-9_-]``, at most 50 characters; the folders stand in front where the
    stem says neither a year nor a number of three digits. Only the path decides, never other files. A date
    that is the whole name is taken in the form in which the ``pattern`` has it.
    """
    path = PurePosixPath(pattern.usual(str(name)) if pattern else plain_name(str(name)))
    folders = () if _SAYS_WHICH.search(path.stem) else path.parts[:-1]
    if not folders:
        return slugged(path.stem)[:SLUG_LENGTH].strip("-")
    return "-".join(filter(None, (slugged(one).strip("-") for one in (*folders, path.stem))))[
        -SLUG_LENGTH:
    ].strip("-")


def _source_file(name: str, slug: str, path: Path, data: bytes) -> SourceFile | Problem:
    decoded = decode(data)
    if not slug:
        return Problem(path=path, slug=slug, reason="has no letter or digit in its name", unwanted=True)
    if decoded is None:
        return Problem(path=path, slug=slug, reason="is neither UTF-8 nor GB18030 text", unreadable=True)
    _, guessed = decoded
    return SourceFile(
        slug=slug,
        name=name,
        path=path,
        checksum=checksum_of(data),
        former=former_checksums(data),
        size=len(data),
        guessed=guessed,
    )

"""A folder of issue files, as an editor's git checkout or a drop folder is one."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import BadInput
from bot.sources.text import decode

MEGABYTE = 1_000_000
SLUG_LENGTH = 50
NOT_IN_A_SLUG = re.compile(r"[^A-Za-z0-9_-]+")
IGNORED = re.compile(
    r"^[.#~]|^readme\.md$|~$", re.IGNORECASE
)  # hidden files, what editors leave beside theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One issue as a file. ``checksum`` is the SHA-256 of its bytes, in hex.

    ``slug`` is the file's stem in ``[A-Za-z0-9_-]``, 1 to 50 characters.
    ``guessed`` says that it was no UTF-8 and was read as GB18030.
    """

    slug: str
    path: Path
    text: str
    checksum: str
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A file that could not be read as an issue, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one look at the folder found, by file name."""

    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSource:
    """The ``*.md`` files of ``path`` whose whole names ``pattern`` matches, ``.md`` included.

    Other Markdown files are problems: an issue may have been meant. Left out without a
    word: sub-folders, hidden files, what editors leave beside theirs, README.md, links
    that lead out of the folder, and what changed less than ``settle`` seconds ago, which
    may still be being written. ``size_limit`` is in bytes.
    """

    path: Path
    pattern: re.Pattern[str]
    size_limit: int = 5 * MEGABYTE
    settle: float = 5.0

    def read(self, now: datetime, *, unsettled_too: bool = False) -> Listing:
        """Look at the folder once; blocks on the disk.

        ``unsettled_too`` reads what may still be being written as if it were not.
        Raises BadInput when the folder itself cannot be read.
        """
        settle = 0.0 if unsettled_too else self.settle
        files: dict[str, SourceFile] = {}
        problems: list[Problem] = []
        for path in self._paths():
            found = self._look(path, now.timestamp(), settle)
            if isinstance(found, SourceFile) and found.slug in files:
                found = Problem(
                    path=path, reason=f"has the name of {files[found.slug].path.name}, read instead"
                )
            match found:
                case SourceFile():
                    files[found.slug] = found
                case Problem():
                    problems.append(found)
        return Listing(files=tuple(files.values()), problems=tuple(problems))

    def _paths(self) -> Iterator[Path]:
        try:
            names = sorted(entry.name for entry in self.path.iterdir())
            home = self.path.resolve(strict=True)
        except OSError as error:
            raise BadInput(
                f"cannot read the folder of issues ({error.strerror})", where=f"JIANBAO_ISSUES: {self.path}"
            ) from None
        for name in names:
            path = self.path / name
            candidate = name.endswith(".md") and not IGNORED.search(name)
            if candidate and path.is_file() and path.resolve().is_relative_to(home):
                yield path

    def _look(self, path: Path, now: float, settle: float) -> SourceFile | Problem | None:
        if not self.pattern.fullmatch(path.name):
            return Problem(path=path, reason="is not named as an issue is (files in digest.yml)")
        try:
            if abs(now - path.stat().st_mtime) < settle:
                return None
            with path.open("rb") as file:
                data = file.read(self.size_limit + 1)
        except FileNotFoundError:  # removed since it was listed
            return None
        except OSError as error:
            return Problem(path=path, reason=f"cannot be read ({error.strerror})")
        if len(data) > self.size_limit:
            return Problem(path=path, reason=f"is larger than {self.size_limit / MEGABYTE:g} MB")
        return _source_file(path, data)


def slug_of(path: Path) -> str:
    """The slug that a file's name gives its issue; empty if the name has no letter or digit."""
    return NOT_IN_A_SLUG.sub("-", path.stem)[:SLUG_LENGTH].strip("-")


def _source_file(path: Path, data: bytes) -> SourceFile | Problem:
    slug, decoded = slug_of(path), decode(data)
    if not slug:
        return Problem(path=path, reason="has no letter or digit in its name")
    if decoded is None:
        return Problem(path=path, reason="is neither UTF-8 nor GB18030 text")
    text, guessed = decoded
    checksum = hashlib.sha256(data).hexdigest()
    return SourceFile(slug=slug, path=path, text=text, checksum=checksum, guessed=guessed)

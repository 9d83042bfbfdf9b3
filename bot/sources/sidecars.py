"""The files of topics that lie beside issues: ``2026-03-02.topics.yml`` beside ``2026-03-02.md``."""

from codecs import BOM_UTF8
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath

from bot.model import TOPICS_SUFFIX, Beside, joined, stem_of
from bot.sources.listing import Listing, Problem, Settling, SourceFile
from bot.sources.source import Source
from bot.sources.text import checksum_of, decode, former_checksums
from bot.sources.tree import oddity, read_regular

MOST_BYTES = 400_000  # of such a file


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWithSidecar(SourceFile):
    """A file with what lies beside it, or is kept about it; its checksum is of both."""

    file: SourceFile
    beside: Beside

    @property
    def stem(self) -> str:
        """As without what lies beside it: of several issues in a file each has its own."""
        return self.file.stem

    @property
    def own_checksum(self) -> str:
        """That of the file alone."""
        return self.file.own_checksum

    def text(self) -> str:
        """Both texts as one. Raises FileChanged."""
        return joined(self.file.text(), self.beside)


def with_beside(file: SourceFile, beside: Beside, data: bytes) -> SourceFile:
    """The file with what belongs to it, whose bytes are ``data``."""
    return FileWithSidecar(
        slug=file.slug,
        name=file.name,
        path=file.path,
        checksum=checksum_of(_below(file.checksum, data)),
        former=tuple(known for one in file.former for known in former_checksums(_below(one, data))),
        size=file.size,
        guessed=file.guessed,
        front=file.front,
        commit=file.commit,
        copy=file.copy,
        first_line=file.first_line,
        file=file,
        beside=beside,
    )


def _below(checksum: str, data: bytes) -> bytes:
    return f"{checksum}\n".encode() + data.removeprefix(BOM_UTF8)


class WithSidecars:
    """The files of another source, each with the file of topics beside it, where one is.

    A change of either is a change of the issue. One that cannot be read is a problem, and the issue is there
    without it. While one may still be being written, its issue stays as it was, and a new issue waits.
    """

    def __init__(self, source: Source, *, settle: float) -> None:
        self._source = source
        self._settle = settle
        self._seen: dict[str, SourceFile] = {}

    def check(self) -> None:
        """Raises BadInput if nothing can be read from there."""
        self._source.check()

    def is_gone(self, file: str, slug: str) -> bool:
        """Whether an issue was taken away; what lay beside it makes no difference."""
        return self._source.is_gone(file, slug)

    def refetch(self) -> None:
        """Look for something new at the next reading, however soon after the last."""
        self._source.refetch()

    def stop(self) -> None:
        """End a reading that takes long, and read no more."""
        self._source.stop()

    def read(self, now: datetime, *, unsettled_too: bool) -> Listing:
        """Look at the folder once; blocks on the disk."""
        listing = self._source.read(now, unsettled_too=unsettled_too)
        settle = 0.0 if unsettled_too else self._settle
        seen: dict[str, SourceFile] = {}
        problems, settling = list(listing.problems), list(listing.settling)
        for file in listing.files:
            found = _look(file, now.timestamp(), settle)
            if isinstance(found, Settling):
                settling.append(found)
                seen |= {file.slug: self._seen[file.slug]} if file.slug in self._seen else {}
            elif isinstance(found, Problem):
                problems.append(found)
                seen[file.slug] = file
            else:
                seen[file.slug] = found
        if not unsettled_too:  # who looks beside the intake knows nothing of what has settled
            self._seen = seen
        return replace(
            listing, files=tuple(seen.values()), problems=tuple(problems), settling=tuple(settling)
        )


def sidecar_path(path: Path, stem: str = "") -> Path:
    """Where the file of topics lies of an issue in the file at ``path``; ``stem`` names one of several."""
    return path.with_name(f"{stem or stem_of(path.name)}{TOPICS_SUFFIX}")


def _look(file: SourceFile, now: float, settle: float) -> SourceFile | Problem:
    """The file with what lies beside it, or why that is not read."""
    here = file.copy or file.path
    path = sidecar_path(here, file.stem)
    try:
        status = path.lstat()
    except OSError:
        return file
    home = here.parents[len(PurePath(file.name).parts) - 1].resolve()
    try:
        if (reason := oddity(path, home)) is None:
            status = path.stat()
            if abs(now - status.st_mtime) < settle:
                return Settling.of(path, file.slug, until=status.st_mtime + settle)
            return _joined(file, path.name, read_regular(path.resolve(), MOST_BYTES + 1))
    except (OSError, RuntimeError) as error:
        reason = f"cannot be read ({getattr(error, 'strerror', error)})"
    return _problem(file, path.name, reason)


def _problem(file: SourceFile, name: str, reason: str) -> Problem:
    return Problem(path=file.path.with_name(name), slug=file.slug, reason=reason, unreadable=True)


def _joined(file: SourceFile, name: str, data: bytes) -> SourceFile | Problem:
    decoded = decode(data)
    if decoded is None or len(data) > MOST_BYTES:
        reason = "is not text" if decoded is None else f"is larger than {MOST_BYTES // 1000} kB"
        return _problem(file, name, reason)
    return with_beside(file, Beside(name=name, text=decoded[0]), data)

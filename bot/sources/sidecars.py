"""The files of topics that lie beside issues: ``2026-03-02.topics.yml`` beside ``2026-03-02.md``."""

import os
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath

from bot.model import TOPICS_SUFFIX, Beside, joined, meant_topics_stem, one_form, stem_of, topics_stem
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
        folders = set(map(_folder, listing.files))
        names = {folder: _topics_in(folder) for folder in folders}
        problems += _elsewhere(listing.files, names)
        meant = {folder: _topics_in(folder, _meant) for folder in folders}
        for file in listing.files:
            own = names[_folder(file)].get(file.stem, ())
            others = meant[_folder(file)].get(one_form(file.stem), ())
            problems += _unread(file.path, file.slug, file.stem, others, read=next(iter(own), ""))
            found = _look(file, own[0], now.timestamp(), settle) if own else file
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
    """Where the file of topics lies, or would, of an issue in the file at ``path``.

    ``stem`` names one of several issues.
    """
    own = stem or stem_of(path.name)
    return path.with_name(next(iter(_topics_in(path.parent).get(own, ())), f"{own}{TOPICS_SUFFIX}"))


def unread_beside(path: Path) -> Iterator[Problem]:
    """The files of topics beside an issue's file that are not read, for another is or for their names."""
    stem = stem_of(path.name)
    own = _topics_in(path.parent).get(stem, ())
    meant = _topics_in(path.parent, _meant).get(one_form(stem), ())
    yield from _unread(path, "", stem, meant, read=next(iter(own), ""))


def _folder(file: SourceFile) -> Path:
    return (file.copy or file.path).parent


def _topics_in(folder: Path, stem: Callable[[str], str] = topics_stem) -> Mapping[str, Sequence[str]]:
    """The files of topics in a folder by what their issues are called; the one that is read comes first."""
    found = defaultdict(list)
    with suppress(OSError), os.scandir(folder) as entries:
        for name in sorted((one.name for one in entries if stem(one.name)), key=_choice):
            found[stem(name)].append(name)
    return found


def _meant(name: str) -> str:
    """What the issue may be called that a file of topics is meant for, a date in the one form of it."""
    return one_form(meant_topics_stem(name))


def _choice(name: str) -> tuple[bool, str]:
    return not name.endswith(TOPICS_SUFFIX), name


def _unread(path: Path, slug: str, stem: str, meant: Iterable[str], *, read: str) -> Iterator[Problem]:
    """The files that are ``meant`` for an issue's topics but the one that is ``read``; empty if none is."""
    renamed = f"is not named as a file of topics is; if it is one, name it {stem}{TOPICS_SUFFIX}"
    reason = f"lies beside {read}, which is read instead" if read else renamed
    for name in meant:
        if name != read:
            yield Problem(path=path.with_name(name), slug=slug, reason=reason, misnamed=True)


def _elsewhere(
    files: Sequence[SourceFile], names: Mapping[Path, Mapping[str, Sequence[str]]]
) -> list[Problem]:
    """Those that lie in a folder above or beside that of an issue that has none, and belong to no other."""
    own = {(_folder(file), file.stem) for file in files}
    lacking = {file.stem: file for file in files if file.stem not in names[_folder(file)]}
    above = {home for file in files for home in _above(file)}
    found = {**names, **{folder: _topics_in(folder) for folder in above - names.keys()}}
    return [
        Problem(
            path=folder / name,
            slug=lacking[stem].slug,
            reason=f"lies in another folder than its issue ({lacking[stem].name}); put it beside that",
            misnamed=True,
        )
        for folder, topics in found.items()
        for stem, there in topics.items()
        if stem in lacking and (folder, stem) not in own
        for name in there
    ]


def _above(file: SourceFile) -> Iterable[Path]:
    """The folders above that of a file, up to the folder of issues."""
    return (file.copy or file.path).parents[1 : len(PurePath(file.name).parts)]


def _look(file: SourceFile, name: str, now: float, settle: float) -> SourceFile | Problem:
    """The file with what lies beside it under this name, or why that is not read."""
    here = file.copy or file.path
    path = here.with_name(name)
    home = here.parents[len(PurePath(file.name).parts) - 1].resolve()
    try:
        if (reason := oddity(path, home)) is None:
            status = path.stat()
            if abs(now - status.st_mtime) < settle:
                return Settling.of(path, file.slug, until=status.st_mtime + settle)
            return _joined(file, path.name, read_regular(path.resolve(), MOST_BYTES + 1))
    except FileNotFoundError:  # removed since it was listed
        return file
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

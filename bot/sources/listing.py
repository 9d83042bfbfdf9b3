"""What one look at the issues found: files, and what is none and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path, PurePosixPath
from typing import Self

from bot.errors import FileChanged
from bot.model import stem_of
from bot.sources.text import checksum_of, decode
from bot.sources.tree import read_regular


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of issues. ``checksum`` is that of its text, ``former`` those by which earlier versions knew it.

    ``name`` is its path below the folder, ``slug`` what :func:`slug_of` makes of that.
    ``size`` is in bytes. ``guessed`` says that it was no UTF-8 and is read as GB18030. Its text is read
    when somebody needs it, from ``copy`` if it is not at ``path``. ``commit`` is the one it was found in,
    ``front`` the front matter of a larger file that it is a part of, in which its issue begins in
    ``first_line``.
    """

    slug: str
    name: str
    path: Path
    checksum: str
    size: int
    guessed: bool = False
    former: tuple[str, ...] = ()
    front: str = ""
    commit: str | None = None
    copy: Path | None = None
    first_line: int = 1

    @property
    def stem(self) -> str:
        """What a file that lies beside it is called by."""
        return PurePosixPath(stem_of(self.name)).name

    @property
    def own_checksum(self) -> str:
        """The checksum without what lies beside it."""
        return self.checksum

    def is_known_by(self, checksum: str) -> bool:
        """Whether this is the checksum of its text, in this version or an earlier one."""
        return checksum == self.checksum or checksum in self.former

    def text(self) -> str:
        """The text that has the checksum; blocks on the disk. Raises FileChanged if it is there no more."""
        try:
            data = read_regular((self.copy or self.path).resolve(), self.size + 1)
        except OSError as error:
            raise FileChanged(f"{self.name} is gone ({error.strerror})") from None
        decoded = decode(data)
        if decoded is None or checksum_of(data) != self.checksum:
            raise FileChanged(f"{self.name} changed while it was read")
        return decoded[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A file that could not be read as an issue, and why; ``slug`` is what the issue would have.

    ``unreadable``: it may well be one, and somebody must mend it. ``misnamed``: so may it, by its name.
    ``unwanted``: it is one by its name, and its text is not taken; ``empty``: for it tells nothing.
    ``in_drafts``: it lies among drafts. ``is_namesake``: another of its name is read instead. ``name`` is
    its path below the folder, where that is known.
    """

    path: Path
    slug: str
    reason: str
    unreadable: bool = False
    misnamed: bool = False
    unwanted: bool = False
    empty: bool = False
    in_drafts: bool = False
    is_namesake: bool = False
    name: str = ""

    @property
    def to_mend(self) -> bool:
        """Whether somebody should be told of it."""
        return self.unreadable or self.misnamed or self.unwanted

    @property
    def is_told(self) -> bool:
        """Whether it stands among what is left out: it is to be mended, or an issue but for its folder."""
        return self.to_mend or self.in_drafts

    @property
    def tells_nothing(self) -> bool:
        """Whether it is named as an issue, and what it says of it cannot be known."""
        return self.unreadable or self.empty

    @property
    def shown(self) -> str:
        """What to call it."""
        return self.name or self.path.name


class Settling(Problem):
    """A file that may still be being written."""

    @classmethod
    def of(cls, path: Path, slug: str, *, until: float) -> Self:
        """One that is read ``until`` then at the earliest, in seconds since 1970."""
        at = datetime.fromtimestamp(ceil(until), UTC)
        reason = (
            f"changed a moment ago, and is read once it has rested (publishing.settle): {at:%H:%M:%S} UTC"
        )
        return cls(path=path, slug=slug, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one look at the folder found, by the paths below it.

    ``settling`` are the files that changed a moment ago, and are left out until they have rested. So many
    ``files`` are ``unread``, where not all were looked into. ``trouble`` says why there may be newer ones
    that cannot be had. ``rewritten``: the history of the repository is not the one that was known, so that
    a file which is not there any more says nothing of its issue.
    """

    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    settling: tuple[Problem, ...] = ()
    unread: int = 0
    trouble: str | None = None
    rewritten: bool = False

    def untold(self, passed_over: Iterable[Problem] = ()) -> Mapping[str, Problem]:
        """Why each file that is there tells nothing, by its slug; none that changed a moment ago.

        ``passed_over`` are those of the ``files`` that were looked into and not taken.
        """
        read = {file.slug for file in self.files} | {one.slug for one in self.settling}
        others = (one for one in self.problems if one.slug not in read)
        return {one.slug: one for one in (*others, *passed_over) if one.tells_nothing}

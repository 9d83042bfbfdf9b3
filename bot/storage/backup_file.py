"""A backup as a file: lines of JSON, compressed by gzip, so that ``zcat`` shows them too.

The first line says what it is and of which revision of the schema its rows are. Each table follows with
a line of its columns and their kinds, and a line for each row. The last line counts the rows, says when
they were read, and has the SHA-256 of all lines before it: equal for equal content, whatever database it
was read from, and whenever.
"""

import gzip
import hashlib
import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import orjson

from bot.errors import BadInput

_IS_BACKUP, _FORMAT = "jianbao backup", 1
_LEVEL = 1  # of compression: others save a tenth and take three times as long
_ANY_STR = orjson.OPT_NON_STR_KEYS  # names of SQLAlchemy's are of a class of their own
_CHUNK = 2000  # rows
_LONGEST_LINE = 1 << 26  # bytes; an issue has five millions, each perhaps escaped
_BROKEN = "is damaged or was cut off"

Row = Sequence[object]
Kinds = Mapping[str, str]  #: the columns of a table in their order, each with the kind of its values


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a backup holds: ``rows`` by table, read at ``made_at`` from a database of ``revision``."""

    revision: str
    made_at: datetime
    rows: Mapping[str, int]
    checksum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some rows of one table, as JSON has them."""

    table: str
    kinds: Kinds
    rows: Sequence[Row]


class BackupWriter:
    """Writes one backup into an open file, table by table."""

    def __init__(self, file: gzip.GzipFile, revision: str) -> None:
        self._file = file
        self._revision = revision
        self._digest = hashlib.sha256()
        self._rows: dict[str, int] = {}
        self._write([orjson.dumps({_IS_BACKUP: _FORMAT, "revision": revision})])

    def begin(self, table: str, kinds: Kinds) -> None:
        """Say which columns the rows of a table have; they follow."""
        self._rows[table] = 0
        self._write([orjson.dumps({"table": table, "columns": dict(kinds)}, option=_ANY_STR)])

    def add(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows of the table that was begun last."""
        self._rows[table] += len(rows)
        self._write([orjson.dumps(row) for row in rows])

    def end(self, made_at: datetime) -> Contents:
        """Write the last line; says what the backup holds."""
        checksum = self._digest.hexdigest()
        self._write(
            [orjson.dumps({"rows": self._rows, "made_at": made_at, "sha256": checksum}, option=_ANY_STR)]
        )
        return Contents(revision=self._revision, made_at=made_at, rows=self._rows, checksum=checksum)

    def _write(self, lines: list[bytes]) -> None:
        text = b"".join(line + b"\n" for line in lines)
        self._digest.update(text)
        self._file.write(text)


@contextmanager
def writing_backup(path: Path, revision: str, *, force: bool) -> Iterator[BackupWriter]:
    """A backup that is there as a whole once the block has ended, and not at all if it fails.

    Only its owner may read it. Raises BadInput if it cannot be written, or if there is such a file
    already and ``force`` does not say that it may go.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        _check_free(path, force=force)
        try:
            with _private(beside) as file:
                with gzip.GzipFile("", "wb", _LEVEL, file, 0) as packed:
                    yield BackupWriter(packed, revision)
                file.flush()
                os.fsync(file.fileno())
            _check_free(path, force=force)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", where=str(path)) from None


def _check_free(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise BadInput("is a folder; name a file in it", where=str(path))
    if path.exists() and not force:
        raise BadInput("is there already; name another file, or replace it by --force", where=str(path))


def _private(path: Path) -> BinaryIO:
    """A new file that nobody but its owner may read or write."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


class BackupReader:
    """Reads a backup from its beginning to its end, as often as it is walked through.

    Every walk raises BadInput where the file is no backup, is not whole, or is not what was written;
    what came before must then not be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def contents(self) -> Contents:
        """What the backup holds, all of it looked at."""
        for found in self._walk():
            if isinstance(found, Contents):
                return found
        raise self._refused(_BROKEN)

    def chunks(self) -> Iterator[Chunk]:
        """The rows of every table that has any, in the order in which they were written."""
        return (found for found in self._walk() if isinstance(found, Chunk))

    def _walk(self) -> Iterator[Chunk | Contents]:
        try:
            with gzip.open(self._path) as file:
                yield from self._read(file)
        except gzip.BadGzipFile:
            raise self._refused("is no backup, or is damaged") from None
        except (EOFError, zlib.error, ValueError, LookupError, TypeError):
            raise self._refused(_BROKEN) from None
        except OSError as error:
            raise self._refused(f"cannot be read: {error.strerror}") from None

    def _read(self, file: gzip.GzipFile) -> Iterator[Chunk | Contents]:
        digest, counts = hashlib.sha256(), dict[str, int]()
        values = _values(file, digest.update)
        revision = self._revision(next(values, None))
        table, kinds, rows = "", dict[str, str](), list[Row]()
        for value in values:
            if isinstance(value, list):
                rows.append(value)
                if len(rows) < _CHUNK:
                    continue
            if rows:
                counts[table] += len(rows)
                yield Chunk(table=table, kinds=kinds, rows=rows)
                rows = []
            if isinstance(value, dict) and "table" in value:
                table, kinds = value["table"], value["columns"]
                counts[table] = 0
            elif isinstance(value, dict):
                if (value["sha256"], value["rows"]) != (digest.hexdigest(), counts):
                    raise self._refused(_BROKEN)
                if file.read(1):
                    raise self._refused("is damaged: something stands behind its end")
                made_at = datetime.fromisoformat(value["made_at"])
                yield Contents(revision=revision, made_at=made_at, rows=counts, checksum=value["sha256"])
                return
        raise self._refused(_BROKEN)

    def _revision(self, first: object) -> str:
        """The revision that the first line names."""
        if not isinstance(first, dict) or _IS_BACKUP not in first:
            raise self._refused("is no backup")
        if first[_IS_BACKUP] != _FORMAT:
            raise self._refused("is a backup of a newer program; run that one")
        return str(first["revision"])

    def _refused(self, reason: str) -> BadInput:
        return BadInput(reason, where=str(self._path))


def _values(file: gzip.GzipFile, passed: Callable[[bytes], None]) -> Iterator[object]:
    """What the lines hold; ``passed`` is told of each when the next is asked for.

    A line longer than any row is none: a few bytes may say that there are gigabytes of nothing.
    """
    while line := file.readline(_LONGEST_LINE):
        if not line.endswith(b"\n"):
            raise ValueError("a line without an end")
        yield orjson.loads(line)
        passed(line)

"""A table in CSV as spreadsheets, other programs and people write it: its encoding, delimiter and header."""

import csv
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from bot.cli.cells import integer, plain
from bot.errors import BadInput

_DELIMITERS = ";,\t|，；"  # of a header with none, the first: a comma below it may be decimal
_SAYS_NOTHING = f"{_DELIMITERS} \t\r\n\u3000\xa0\ufeff"
#: What Excel understands, and writes, as the first line.
_NAMED_DELIMITER = re.compile(r"""[\s\ufeff"]*sep\s?=[" ]*([^\w" ]?)["\s,;]*""", re.IGNORECASE)
_LONGEST_NAMING = 99  # characters, with the empty cells behind
_DIGIT = re.compile(r"\d")
_UTF8, _OLD = "utf-8-sig", "gb18030"
_BLOCK = 1 << 16  # characters
_ALIKE = 0.75  # as difflib counts

if TYPE_CHECKING:
    from _csv import Reader


class Row(NamedTuple):
    """``fields`` are by column; ``beyond`` is what stands in cells behind the last column."""

    line: int
    fields: Mapping[str, str]
    beyond: Sequence[str]


class Sheet:
    """A file, read row by row, as often as it is walked through.

    ``columns`` are ours, the first of which every table has; ``also`` are other names of them, of
    nothing but letters. ``unknown`` are the columns that are none of ours, once a row was read.
    A table of one column of numbers may lack its header.
    """

    def __init__(self, path: Path, columns: Sequence[str], also: Mapping[str, str], *, where: str) -> None:
        self._path = path
        self._where = where
        self._ours = columns
        self._key = columns[0]
        self._names = {_folded(name): name for name in columns}
        self._also = also
        self.unknown: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """The rows below the header that say anything. Raises BadInput by line."""
        columns: tuple[str, ...] = ()
        key = 0
        for line, row in _read(self._path, self._where):
            if not columns or key >= len(row) or not _DIGIT.search(row[key]):
                if _names_delimiter("".join(row)):  # of the second of two files that were joined
                    continue
                header = self._header(row, columns, f"{self._where}:{line}")
                if header:
                    columns, key = header, header.index(self._key)
                    continue
                if not columns:
                    columns, key = self._bare(row, f"{self._where}:{line}")
            yield _below(columns, row, line)
        if not columns:
            raise self._missing((), f"{self._where}:1")

    def _header(self, row: Sequence[str], before: Sequence[str], where: str) -> tuple[str, ...]:
        """The columns that a row names; empty if it names none.

        Below the header ``before``, only the same or our own name of the first column make another one.
        """
        named = self._named(row)
        ours = _folded(self._key) in map(_folded, row)
        if self._key not in named or (before and named != before and not ours):
            return ()
        self._check(named, where)
        unknown = (name for name in named if name and name not in self._ours)
        self.unknown = tuple(dict.fromkeys((*self.unknown, *unknown)))
        return named

    def _named(self, row: Sequence[str]) -> tuple[str, ...]:
        names = [plain(name).casefold() for name in row]
        while names and not names[-1]:
            names.pop()
        ours = {self._names[name] for name in map(_folded, names) if name in self._names}
        also = {other: name for other, name in self._also.items() if name not in ours}
        known = self._names | also
        return tuple(known.get(_folded(name), name) for name in names)

    def _check(self, named: Sequence[str], where: str) -> None:
        """Raises BadInput where one of our columns is there twice, or seems to be misspelt."""
        for name, times in Counter(named).items():
            if times > 1 and name in self._ours:
                raise BadInput(f"column {name} is there twice; leave one", where=where)
        unknown = [name for name in named if name not in self._ours]
        for name in self._ours[1:3]:
            near = [] if name in named else get_close_matches(name, unknown, 1, _ALIKE)
            if near:
                raise BadInput(f"column {near[0]!r} is unknown; is {name} meant?", where=where)

    def _bare(self, row: Sequence[str], where: str) -> tuple[tuple[str, ...], int]:
        """The one column of a table without a header, and where it is."""
        saying = [number for number, cell in enumerate(row) if plain(cell)]
        with suppress(BadInput):
            if len(saying) == 1 and integer(row[saying[0]], self._key):
                return ("",) * saying[0] + (self._key,), saying[0]
        raise self._missing(row, where)

    def _missing(self, row: Sequence[str], where: str) -> BadInput:
        near = get_close_matches(self._key, [plain(name).casefold() for name in row], 1)
        meant = f"; is {near[0]!r} meant?" if near else ""
        needed = f"the first row names the columns, such as {', '.join(self._ours[:3])}"
        return BadInput(f"column {self._key} is missing; {needed}{meant}", where=where)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", plain(name).casefold())


def _below(columns: Sequence[str], row: list[str], line: int) -> Row:
    more = len(row) - len(columns)
    if more > 0:
        beyond = [cell for cell in row[len(columns) :] if plain(cell)]
        return Row(line, dict(zip(columns, row, strict=False)), beyond)
    return Row(line, dict(zip(columns, row + [""] * -more, strict=True)), ())


def _read(path: Path, where: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that say anything, each with its line."""
    with path.open(encoding=_encoding(path, where), newline="") as file:
        passed, delimiter = _head(file)
        file.seek(0)
        reader = csv.reader(islice(file, passed, None), delimiter=delimiter, skipinitialspace=True)
        try:
            for row in _saying_anything(reader):
                yield passed + reader.line_num, row
        except csv.Error as error:
            at = f"{where}:{passed + reader.line_num}"
            raise BadInput(f"invalid CSV: {error}", where=at) from None


def _saying_anything(reader: "Reader") -> Iterator[list[str]]:
    """The rows without those that spreadsheets leave: empty, or of nothing but delimiters."""
    for row in reader:
        if any(cell.strip(_SAYS_NOTHING) for cell in row):
            yield row


def _head(file: TextIO) -> tuple[int, str]:
    """How many lines stand before the header, and what parts its columns."""
    named = ""
    for number, line in enumerate(file):
        if found := _names_delimiter(line):
            named = found[1]
        elif line.strip(_SAYS_NOTHING):
            header = _whole(line, file).rstrip("\r\n")
            parts = named and named in header
            return number, named if parts else max(_DELIMITERS, key=header.count)
    return 0, _DELIMITERS[0]


def _names_delimiter(line: str) -> re.Match[str] | None:
    return _NAMED_DELIMITER.fullmatch(line) if len(line) <= _LONGEST_NAMING else None


def _whole(line: str, following: Iterator[str]) -> str:
    """The line, with those that a cell in quotation marks goes on in."""
    while line.count('"') % 2 and len(line) < _BLOCK:
        line += next(following, '"')
    return line


def _encoding(path: Path, where: str) -> str:
    """How a text is encoded: spreadsheets write UTF-8, UTF-16 with its mark, or what is usual in China."""
    with path.open("rb") as file:
        marked = file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE)
    for encoding in ("utf-16",) if marked else (_UTF8, _OLD):
        with path.open(encoding=encoding) as text, suppress(UnicodeError):
            while text.read(_BLOCK):
                pass
            return encoding
    raise BadInput("is not a text file", where=where)

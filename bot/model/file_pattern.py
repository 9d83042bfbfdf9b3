"""Which files of a folder are issues, and what their paths say of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from bot.model.file_names import MARKDOWN_ENDINGS, dated_names, is_markdown, is_readme, plain_name, stem_of
from bot.words.placeholders import has_placeholder, regex_of

REGEX = "re:"
#: What no pattern of a shell has, and nearly every regular expression.
_OF_A_REGEX = re.compile(r"[\\+^$|()\[\]?]|\.\*|\{\d")
_ANY_ENDING = f"(?:{'|'.join(map(re.escape, sorted(MARKDOWN_ENDINGS)))})"
#: The ending that a pattern names, in a regular expression perhaps behind a backslash.
_ENDING = re.compile(rf"\\?(?P<ending>{_ANY_ENDING})\$?$", re.IGNORECASE)
_IN_DIGITS = re.compile(r"(?:^|/)\d{8}\.[^/]*$")
_STARS = re.compile(r"(\*\*/|\*\*|\*)")
_OF_STARS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*"}


@dataclass(frozen=True, slots=True)
class FilePattern:
    """The habit ``files`` of a digest. ``by_name``: it was written for names, and matches them too."""

    written: str
    regex: re.Pattern[str]
    by_name: bool

    @classmethod
    def of(cls, written: str) -> "FilePattern":
        """What an editor wrote: a pattern as of a shell with placeholders, or a regular expression.

        Raises ValueError if it is neither.
        """
        return _read(written)

    def match(self, below: str) -> re.Match[str] | None:
        """What the pattern finds in a file's path below the folder; None if the file is no issue.

        One ending of Markdown is as good as another, and so is one form of a date that is the whole name.
        README.md is an issue only where the pattern names it.
        """
        return next(filter(None, map(self._found, self._forms(below))), None)

    def usual(self, below: str) -> str:
        """A file's path in the form that the pattern matches; where it matches none, in plain characters."""
        return next(filter(self._found, self._forms(below)), plain_name(below))

    def as_written(self, below: str) -> re.Match[str] | None:
        """The same as :meth:`match`, to the letter."""
        name = PurePosixPath(below).name
        return self.regex.fullmatch(below) or (self.regex.fullmatch(name) if self.by_name else None)

    def _forms(self, below: str) -> Iterator[str]:
        """The ways to write a path; in digits alone a date may be a number, unless the pattern has years."""
        plain = plain_name(below)
        yield plain
        if plain != below:
            yield below
        if is_markdown(PurePosixPath(plain).name):
            dates = dated_names(plain)
            yield from (one for one in dates if not _IN_DIGITS.search(one) or "year" in self.regex.groupindex)

    def _found(self, below: str) -> re.Match[str] | None:
        if is_readme(below) and "readme" not in self.written.casefold():
            return None
        found = self.as_written(below)
        ending = None if found else _ENDING.search(self.written)
        if ending is None or not is_markdown(PurePosixPath(below).name):
            return found
        return self.as_written(f"{stem_of(below)}{ending['ending']}")

    def below(self, path: str) -> str:
        """As much of a path, from its end, as the pattern matches; the bare name where it never does."""
        parts = PurePosixPath(path).parts
        tails = ("/".join(parts[-count:]) for count in range(1, len(parts) + 1))
        return next((tail for tail in tails if self.match(tail)), parts[-1] if parts else "")


def is_regex(written: str) -> bool:
    """Whether a pattern is a regular expression: it says so, or has what no pattern of a shell has."""
    if written.startswith(REGEX):
        return True
    return not has_placeholder(written) and _OF_A_REGEX.search(written) is not None


@cache
def _read(written: str) -> FilePattern:
    if is_regex(written):
        bare = written.removeprefix(REGEX)
        return FilePattern(written, _compiled(bare), by_name=bare == written)
    ending = "" if PurePosixPath(written).suffix.casefold() in MARKDOWN_ENDINGS else f"{_ANY_ENDING}?"
    regex = regex_of(plain_name(written), _as_path) + ending
    return FilePattern(written, re.compile(regex, re.IGNORECASE), by_name=False)


def _compiled(regex: str) -> re.Pattern[str]:
    try:
        return re.compile(regex)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error


def _as_path(literal: str) -> str:
    return "".join(_OF_STARS.get(piece, re.escape(piece)) for piece in _STARS.split(literal))

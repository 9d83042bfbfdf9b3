"""Which files of a folder are issues, and what their paths say of them."""

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from bot.words.placeholders import has_placeholder, regex_of

#: What GitHub, VS Code and pandoc take for Markdown, by the ending of the name.
MARKDOWN_ENDINGS = frozenset(
    f".{one}"
    for one in ["md", "markdown", "markdn", "mdown", "mdwn", "mkd", "mkdn", "mkdown", "mdtext", "mdtxt"]
)
#: How text is saved by who did not think of Markdown.
_OTHER_TEXT = ("", ".txt", ".text")
REGEX = "re:"
#: What no pattern of a shell has, and nearly every regular expression.
_OF_A_REGEX = re.compile(r"[\\+^$|()\[\]?]|\.\*|\{\d")
_ANY_ENDING = f"(?:{'|'.join(map(re.escape, sorted(MARKDOWN_ENDINGS)))})"
#: The ending that a pattern names, in a regular expression perhaps behind a backslash.
_ENDING = re.compile(rf"\\?(?P<ending>{_ANY_ENDING})\$?$", re.IGNORECASE)
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

        One ending of Markdown is as good as another. README.md is an issue only where the pattern names it.
        """
        if is_readme(below) and "readme" not in self.written.casefold():
            return None
        found = self.as_written(below)
        ending = None if found else _ENDING.search(self.written)
        if ending is None or not is_markdown(PurePosixPath(below).name):
            return found
        return self.as_written(f"{below.removesuffix(PurePosixPath(below).suffix)}{ending['ending']}")

    def as_written(self, below: str) -> re.Match[str] | None:
        """The same, to the letter of its ending."""
        name = PurePosixPath(below).name
        return self.regex.fullmatch(below) or (self.regex.fullmatch(name) if self.by_name else None)

    def below(self, path: str) -> str:
        """As much of a path, from its end, as the pattern matches; the bare name where it never does."""
        parts = PurePosixPath(path).parts
        tails = ("/".join(parts[-count:]) for count in range(1, len(parts) + 1))
        return next((tail for tail in tails if self.match(tail)), parts[-1] if parts else "")


def is_markdown(name: str) -> bool:
    """Whether a file is Markdown, by its name, and neither hidden nor left over by an editor's program."""
    return _ends_in(name, MARKDOWN_ENDINGS)


def is_text(name: str) -> bool:
    """Whether a file is Markdown or other text that somebody may have saved instead, by its name."""
    return is_markdown(name) or _ends_in(name, _OTHER_TEXT)


def _ends_in(name: str, endings: Container[str]) -> bool:
    leftover = name.startswith((".", "~")) or name.endswith("~")
    return not leftover and PurePosixPath(name).suffix.casefold() in endings


def is_readme(name: str) -> bool:
    """Whether a file is the one that describes its folder."""
    return PurePosixPath(name).stem.casefold() == "readme"


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
    regex = regex_of(written, _as_path) + ending
    return FilePattern(written, re.compile(regex, re.IGNORECASE), by_name=False)


def _compiled(regex: str) -> re.Pattern[str]:
    try:
        return re.compile(regex)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error


def _as_path(literal: str) -> str:
    return "".join(_OF_STARS.get(piece, re.escape(piece)) for piece in _STARS.split(literal))

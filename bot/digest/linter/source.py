"""An issue's file as its editor left it, line by line: where a thing stands, and what is content."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.digest.profile import Profile

#: Stands for a character of code, so that columns stay and nothing in it is taken for markup.
COVER = "\ufffc"

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_FENCE = re.compile(r"[\s>]*(?:[-*+]\s+)?(?P<fence>`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(?P<hashes>#{2,6}|#(?=\s))\s*(?P<text>.*?)\s*#*\s*$")
_LINKED = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"[\s>*_+-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The lines of a file, and of each what is content in it, column for column.

    In ``content`` code is covered; lines of front matter, of comments, of fenced code
    and of what the profile leaves out are empty. ``first`` is the first line below
    the front matter, counted from 1.
    """

    lines: tuple[str, ...]
    content: tuple[str, ...]
    first: int

    def heading(self, number: int) -> str | None:
        """The text of the heading in a line; None where there is none."""
        level_and_text = _heading(self.content[number - 1])
        return level_and_text[1] if level_and_text else None

    def numbered(self) -> Iterator[tuple[int, str]]:
        """The lines of content with their numbers."""
        return ((number, line) for number, line in enumerate(self.content, start=1) if line)

    def column(self, line: int, text: str) -> int:
        """Where ``text`` begins in a line; its first visible character where it is not in it."""
        written = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        at = written.find(text) if text else -1
        return at + 1 if at >= 0 else len(written) - len(written.lstrip()) + 1

    def find(
        self, text: str, first: int, last: int, *, behind: Sequence[str] = ("",)
    ) -> tuple[int, int] | None:
        """Line and column where ``text`` stands between two lines, both included.

        Of several places the one ``behind`` the earliest of these marks.
        """
        for mark in behind if text else ():
            for number in range(first, min(last, len(self.lines)) + 1):
                at = self.lines[number - 1].find(mark + text)
                if at >= 0:
                    return number, at + len(mark) + 1
        return None


def read_source(text: str, profile: Profile) -> Source:
    """The source of a text whose lines end in line feeds."""
    lines = text.split("\n")
    first = _below_front_matter(lines)
    shown = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text).split("\n")
    content = [""] * (first - 1) + list(_content(shown[first - 1 :], profile))
    return Source(lines=tuple(lines), content=tuple(content), first=first)


def _below_front_matter(lines: Sequence[str]) -> int:
    if lines[0].rstrip() != "---":
        return 1
    ends = (number for number, line in enumerate(lines[1:], start=3) if line.rstrip() == "---")
    return min(next(ends, 1), len(lines))


def _content(lines: Sequence[str], profile: Profile) -> Iterator[str]:
    """Each line, empty where it is none; the heading above what is left out is none either."""
    fence, left_out = "", False
    for line in lines:
        marks = _FENCE.match(line)
        if fence or marks:
            fence = _fence(fence, marks["fence"] if marks else "")
            yield ""
            continue
        left_out = _is_left_out(line, profile, so_far=left_out)
        kept = (
            not left_out and line.strip() and not profile.left_out_lines.match(_MARKS.sub("", line, count=1))
        )
        yield _CODE.sub(_covered, line) if kept else ""


def _fence(opened: str, marks: str) -> str:
    """The fence that is open after a line with these marks."""
    if not opened:
        return marks
    return "" if marks.startswith(opened) else opened


def _is_left_out(line: str, profile: Profile, *, so_far: bool) -> bool:
    heading = _heading(line)
    if heading is None:
        return so_far
    level, text = heading
    left_out = text.casefold() in {word.casefold() for word in profile.leave_out.headings}
    opens = level <= profile.section_level or profile.section_slug(text) is not None
    return left_out or (so_far and not opens)


def _heading(line: str) -> tuple[int, str] | None:
    found = _HEADING.match(line)
    return (len(found["hashes"]), _LINKED.sub(r"\1", found["text"]).strip()) if found else None


def _covered(code: re.Match[str]) -> str:
    return COVER * len(code[0])

"""Notes that an issue is not to be sent: in front of its title, in brackets there, or in a first comment."""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from bot.digest.parsing.front_matter import FrontMatter
from bot.words.unsent_words import Unsent, unsent

_IN_BRACKETS = re.compile(r"[(（\[【〔](?P<words>[^()（）\[\]【】〔〕]+)[)）\]】〕](?!\()")
_IN_FRONT = re.compile(r"#+[\s*_]*(?P<words>\w[^:：|｜—–]*?)[*_]*\s*(?:[:：|｜—–]|\s-+\s)")  # 草稿：…
_COMMENT = re.compile(
    r"\s*(?:<!--(?P<words>.*?)-->|\[//\]: # [(\"](?P<noted>.*?)[)\"][ \t]*$)", re.DOTALL | re.MULTILINE
)
_TITLE = re.compile(r"\s*(?P<title>\S[^\n]*)")
_UNDERLINE = re.compile(r"\n(?:=+|-+)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A note, the line that it stands in, and what says it."""

    words: str
    line: int
    place: str


def marks(front: FrontMatter, text: str) -> Iterator[Mark]:
    """Those of a text, in the place of whose front matter blank lines stand."""
    for words in _of_title(f"# {front.title}"):
        line = next((at for at, one in enumerate(front.lines, start=1) if words in one), 1)
        yield Mark(words=words, line=line, place="its title")
    end = yield from _comments(text, 0)
    if title := _TITLE.match(text, end):
        underline = _UNDERLINE.match(text, title.end())
        for words in _of_title("# " * bool(underline) + title["title"]):
            yield Mark(words=words, line=_line(text, title.start("title")), place="its title")
        yield from _comments(text, underline.end() if underline else title.end())


def _of_title(title: str) -> Iterator[str]:
    """The notes of a title, those in brackets with these; in front of it alone where it is a heading."""
    in_front = _IN_FRONT.match(title)
    if in_front and unsent(in_front["words"]) is Unsent.SURE:
        yield in_front["words"].strip()
    for found in _IN_BRACKETS.finditer(title):
        if unsent(found["words"]) is Unsent.SURE:
            yield found[0]


def _comments(text: str, start: int) -> Generator[Mark, None, int]:
    """Those with a note among the comments that follow each other; returns where they end."""
    while found := _COMMENT.match(text, start):
        words = (found["words"] or found["noted"] or "").strip()
        if unsent(words):
            yield Mark(words=words, line=_line(text, found.end()), place="a comment at its top")
        start = found.end()
    return start


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1

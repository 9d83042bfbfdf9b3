"""What lies beside the file of an issue, and how both are one text: kept, handed on and read as such."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.model.kept_answer import KEPT, KeptAnswer, answers_in_text, text_of_answers

#: Of the files beside: ``2026-03-02.topics.yml`` beside ``2026-03-02.md``.
TOPICS_SUFFIX = ".topics.yml"
_TOPICS_SUFFIXES = (TOPICS_SUFFIX, ".topics.yaml")  # in any case

#: Its word may be misspelt, a copy numbered, and its ending doubled, another one or hidden.
_NEARLY = re.compile(
    r"(?![.~])(?P<stem>.+?)(?:\.(?:md|markdown))?[._ -](?P<word>[a-z]{5,8}|主题|话题)"
    r"(?:[ -]?(?:[(（]\d+[)）]|copy|副本|拷贝)(?: ?\d+)?)*(?:\.(?:ya?ml|txt|json|text))*",
    re.IGNORECASE,
)
_WORD, _ALIKE = "topics", 0.8  # as difflib counts

#: No editor writes it; and to a program that does not know of such files it begins a comment.
_MARK = "\n<!--\x1e"
_END = "\n-->\n"


def is_topics(name: str) -> bool:
    """Whether a file is one of topics, by its name."""
    return bool(topics_stem(name))


def topics_stem(name: str) -> str:
    """What the issue is called that a file of topics belongs to; empty for any other file."""
    suffix = next((one for one in _TOPICS_SUFFIXES if name.casefold().endswith(one)), None)
    return name[: -len(suffix)] if suffix and not name.startswith((".", "~")) else ""


def meant_topics_stem(name: str) -> str:
    """The same of a file that is named, or nearly named, as one of topics: ``2026-03-02.md.topic.yml``."""
    found = _NEARLY.fullmatch(name)
    return found["stem"] if found and _is_word(found["word"].casefold()) else ""


def _is_word(word: str) -> bool:
    return not word.isascii() or SequenceMatcher(None, word, _WORD).ratio() >= _ALIKE


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The name and the text of a file of topics."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A text of an issue by what it was joined of: its file, the file beside it, and answers."""

    own: str
    beside: Beside | None = None
    answers: tuple[KeptAnswer, ...] = ()


def joined(text: str, beside: Beside | None) -> str:
    """The text of an issue with that of the file beside it."""
    if beside is None:
        return text
    return f"{text}{_MARK}{beside.name}\n{beside.text.replace(_MARK, '')}{_END}"


def with_answers(text: str, answers: Iterable[KeptAnswer]) -> str:
    """The text of an issue, joined or not, with answers about it."""
    return joined(text, Beside(name=KEPT, text=text_of_answers(answers)))


def parted(text: str) -> Parts:
    """What was joined."""
    own, last = _without_last(text)
    if last is None or last.name != KEPT:
        return Parts(own=own, beside=last)
    own, beside = _without_last(own)
    return Parts(own=own, beside=beside, answers=answers_in_text(last.text))


def _without_last(text: str) -> tuple[str, Beside | None]:
    own, mark, rest = text.rpartition(_MARK)
    if not mark or not rest.endswith(_END):
        return text, None
    name, _, beside = rest.removesuffix(_END).partition("\n")
    return own, Beside(name=name, text=beside)

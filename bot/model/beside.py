"""What lies beside the file of an issue, and how both are one text: kept, handed on and read as such."""

from dataclasses import dataclass

#: Of the files beside: ``2026-03-02.topics.yml`` beside ``2026-03-02.md``.
TOPICS_SUFFIX = ".topics.yml"

#: No editor writes it; and to a program that does not know of such files it begins a comment.
_MARK = "\n<!--\x1e"
_END = "\n-->\n"


def is_topics(name: str) -> bool:
    """Whether a file is one of topics, by its name."""
    return name.endswith(TOPICS_SUFFIX) and not name.startswith((".", "~"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The name and the text of a file of topics."""

    name: str
    text: str


def joined(text: str, beside: Beside | None) -> str:
    """The text of an issue with that of the file beside it."""
    if beside is None:
        return text
    return f"{text}{_MARK}{beside.name}\n{beside.text.replace(_MARK, '')}{_END}"


def parted(text: str) -> tuple[str, Beside | None]:
    """What was joined."""
    own, mark, rest = text.rpartition(_MARK)
    if not mark or not rest.endswith(_END):
        return text, None
    name, _, beside = rest.removesuffix(_END).partition("\n")
    return own, Beside(name=name, text=beside)

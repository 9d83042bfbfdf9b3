"""A cut: which part of an issue one reader gets, and how it looks."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Self, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

#: The flash news go by this slug where sections are named.
FLASH = "flash"


class Mode(StrEnum):
    """How much of each item is shown."""

    FULL = "full"  #: title, links, summary, topics
    HEADLINES = "headlines"  #: title, source and topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Everything that the messages of an issue depend on besides the issue.

    ``topics`` and ``sections`` hold slugs, sorted; empty means all. ``rest``
    turns the selection round: what the same cut without it leaves out.
    Two subscribers with equal cuts get equal messages.
    """

    language: Language = "zh"
    mode: Mode = Mode.FULL
    topics: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    rest: bool = False

    @property
    def filters(self) -> bool:
        """Whether anything may be left out."""
        return bool(self.topics or self.sections)

    @property
    def signature(self) -> str:
        """The cut as one line of text: equal for equal cuts, read back by :meth:`parse`."""
        flag = "rest" if self.rest else "cut"
        return "|".join((self.language, self.mode, flag, ",".join(self.topics), ",".join(self.sections)))

    @classmethod
    def parse(cls, signature: str) -> Self:
        """The cut that :attr:`signature` was made from; ValueError for anything else."""
        language, mode, flag, topics, sections = signature.split("|")
        if language not in LANGUAGES:
            raise ValueError(f"no language {language!r}")
        return cls(
            language=language,
            mode=Mode(mode),
            topics=tuple(filter(None, topics.split(","))),
            sections=tuple(filter(None, sections.split(","))),
            rest=flag == "rest",
        )

"""A cut: which part of an issue one reader gets, and how it looks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Literal, Self, get_args
from urllib.parse import unquote

from bot.model.interests import NOTHING, Interests
from bot.words.short_names import short_name

#: The languages in which texts are written …
Written = Literal["zh", "en"]
WRITTEN: tuple[Written, ...] = get_args(Written)
#: … and those in which they are read: zh-Hant is made of what is written in zh.
Language = Literal["zh", "en", "zh-Hant"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def text_language(language: Language) -> Written:
    """The language of the texts that somebody reads."""
    return "zh" if language == "zh-Hant" else language


#: The flash news go by this slug if sections are named.
FLASH = "flash"

#: What parts a signature must not stand in a word as it is.
_ESCAPES = str.maketrans({"%": "%25", "|": "%7C", ",": "%2C"})


#: Stands behind the mode of a cut that is in full instead.
_INSTEAD = "!"
#: The last word of the signature of a cut that is converted.
_CONVERTED = "converted"


class Mode(StrEnum):
    """How much of each item is shown."""

    FULL = "full"  #: title, links, summary, topics
    HEADLINES = "headlines"  #: title, source and topics
    ONE = "one"  #: one message: the titles, and the section that its reader unfolds
    RICH = "rich"  #: a rich message: all of it, in sections that fold; not every Telegram shows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Everything that the messages of an issue depend on besides the issue.

    ``topics`` and ``sections`` hold slugs, ``keywords`` words as their reader wrote
    them, all sorted and each once; no topic and no keyword means all items, no section all sections.
    ``excluded`` is left out whatever else an item has. ``rest`` turns the selection
    round: what the same cut without ``rest`` leaves out. ``instead``: in full where
    a rich message was refused, which is said. ``converted``: the digest's own text is in
    traditional characters too, as all that the bot says in zh-Hant.
    Two subscribers with equal cuts get equal messages. ValueError for words that are not sorted, or
    not each there once: such a cut would not be equal to the one that it is.
    """

    language: Language = "zh"
    mode: Mode = Mode.FULL
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    excluded: Interests = NOTHING
    rest: bool = False
    instead: bool = False
    converted: bool = False

    def __post_init__(self) -> None:
        left_out = self.excluded
        for words in (self.topics, self.keywords, self.sections, left_out.topics, left_out.keywords):
            if len(words) > 1 and any(one >= other for one, other in pairwise(words)):
                raise ValueError(f"a cut's words are sorted, and each is there once: {words}")

    @property
    def followed(self) -> Interests:
        """What an item must have one of."""
        return Interests(topics=self.topics, keywords=self.keywords)

    @property
    def filters(self) -> bool:
        """Whether anything may be left out."""
        return bool(self.followed or self.excluded or self.sections)

    def about(self, followed: Interests, *, excluded: Interests) -> Self:
        """The same cut for other interests."""
        sought = followed.in_order
        return replace(self, topics=sought.topics, keywords=sought.keywords, excluded=excluded.in_order)

    @property
    def signature(self) -> str:
        """The cut as one line of text: equal for equal cuts, read back by :meth:`parse`.

        A cut without keywords and exclusions is written as it was before there were any,
        so that the rows of older databases stay equal to what is planned now.
        """
        fields = [
            self.form,
            "rest" if self.rest else "cut",
            _line(self.topics),
            _line(self.sections),
        ]
        if self.keywords or self.excluded or self.converted:
            fields += (_line(self.keywords), _line(self.excluded.topics), _line(self.excluded.keywords))
        if self.converted:
            fields.append(_CONVERTED)
        return "|".join(fields)

    @property
    def form(self) -> str:
        """How the signature begins: the language and the mode."""
        return f"{self.language}|{self.mode}{_INSTEAD * self.instead}"

    @property
    def name(self) -> str:
        """Eight characters that tell this cut from others, for what has no room for the signature."""
        return short_name(self.signature)

    @classmethod
    def parse(cls, signature: str) -> Self:
        """The cut that :attr:`signature` was made from, in whatever order an older program wrote its words.

        ValueError for anything else.
        """
        language, mode, flag, topics, sections, *later = signature.split("|")
        if language not in LANGUAGES:
            raise ValueError(f"no language {language!r}")
        converted = later[3:] == [_CONVERTED]
        keywords, excluded_topics, excluded_keywords = later[:3] if converted else later or ("", "", "")
        return cls(
            language=language,
            mode=Mode(mode.removesuffix(_INSTEAD)),
            topics=_words(topics),
            keywords=_words(keywords),
            sections=_words(sections),
            excluded=Interests(topics=_words(excluded_topics), keywords=_words(excluded_keywords)),
            rest=flag == "rest",
            instead=mode.endswith(_INSTEAD),
            converted=converted,
        )


def _line(words: Iterable[str]) -> str:
    return ",".join(word.translate(_ESCAPES) for word in words)


def _words(line: str) -> tuple[str, ...]:
    return tuple(sorted({unquote(word) for word in line.split(",") if word})) if line else ()

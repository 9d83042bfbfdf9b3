"""What somebody cares for, or would rather not see: topics by their slugs, keywords as written."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.words.folding import fold_keyword


@dataclass(frozen=True, slots=True, kw_only=True)
class Interests:
    """Topics and keywords, each once, in the order in which they were named.

    Works as a set does, with ``|``, ``-`` and ``&``; of two spellings of a keyword the first one stays.
    """

    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.topics or self.keywords)

    def __or__(self, other: "Interests") -> "Interests":
        words: dict[str, str] = {}
        for word in (*self.keywords, *other.keywords):
            words.setdefault(fold_keyword(word), word)
        topics = dict.fromkeys((*self.topics, *other.topics))
        return Interests(topics=tuple(topics), keywords=tuple(words.values()))

    def __sub__(self, other: "Interests") -> "Interests":
        gone = frozenset(map(fold_keyword, other.keywords))
        return Interests(
            topics=tuple(slug for slug in self.topics if slug not in other.topics),
            keywords=tuple(word for word in self.keywords if fold_keyword(word) not in gone),
        )

    def __and__(self, other: "Interests") -> "Interests":
        return self - (self - other)

    @property
    def in_order(self) -> "Interests":
        """Sorted and each once, so that equal ones are equal however they came about."""
        return Interests(topics=tuple(sorted({*self.topics})), keywords=tuple(sorted({*self.keywords})))

    @property
    def each(self) -> tuple["Interests", ...]:
        """One after the other, topics first."""
        topics = (Interests(topics=(slug,)) for slug in self.topics)
        return (*topics, *(Interests(keywords=(word,)) for word in self.keywords))

    def called(self, topic: Callable[[str], str]) -> tuple[str, ...]:
        """What readers call them: topics by ``topic``, keywords in quotation marks."""
        return (*map(topic, self.topics), *(f"“{word}”" for word in self.keywords))


#: Neither a topic nor a keyword.
NOTHING = Interests()

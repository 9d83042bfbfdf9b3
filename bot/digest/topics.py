"""The topics a digest knows: their names, and the words that give them away."""

import difflib
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.model import Language

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
#: Short and plain enough for a deep link and a button: ``topic_<slug>``.
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Weights(_Part):
    """What a word counts by the place it stands in, and how much makes a topic."""

    title: float = Field(default=3.0, ge=0)
    opening: float = Field(default=1.5, ge=0)
    body: float = Field(default=0.5, ge=0)
    repeats: int = Field(default=3, ge=1)
    threshold: float = Field(default=2.0, gt=0)


class Topic(_Part):
    """One topic. ``terms`` weigh in full, ``hints`` half, and a word inside a ``not`` phrase nothing."""

    names: dict[Language, Word]
    aliases: tuple[Word, ...] = ()
    terms: tuple[Word, ...]
    hints: tuple[Word, ...] = ()
    exclude: tuple[Word, ...] = Field(default=(), alias="not")

    @model_validator(mode="after")
    def _named_in_both(self) -> "Topic":
        missing = {"zh", "en"} - set(self.names)
        if missing:
            raise ValueError(f"has no name in {' and '.join(sorted(missing))}")
        return self


class Topics(_Part):
    """All topics of a digest, in the order in which readers see them."""

    weights: Weights = Weights()
    topics: dict[Slug, Topic]

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]  # the slugs, not pydantic's fields
        return iter(self.topics)

    def name(self, slug: str, language: Language) -> str:
        """What readers call a topic; the slug itself for one that the file no longer has."""
        topic = self.topics.get(slug)
        return topic.names[language] if topic else slug

    def find(self, word: str) -> str | None:
        """The slug of the topic that somebody calls ``word``: slug, name or alias, in any case."""
        return self._calls.get(_folded(word))

    def suggestions(self, word: str, *, limit: int = 3) -> tuple[str, ...]:
        """The slugs that come nearest to a word nobody knows, nearest first; may be empty."""
        folded = _folded(word)
        inside = [call for call in self._calls if len(folded) > 1 and (folded in call or call in folded)]
        near = difflib.get_close_matches(folded, self._calls, n=limit * 3, cutoff=0.6)
        return tuple(dict.fromkeys(self._calls[call] for call in (*near, *inside)))[:limit]

    @cached_property
    def _calls(self) -> dict[str, str]:
        calls = {_folded(slug): slug for slug in self.topics}
        for slug, topic in self.topics.items():
            for word in (*topic.names.values(), *topic.aliases):
                calls.setdefault(_folded(word), slug)
        return calls


def _folded(word: str) -> str:
    """Case, width, spaces, hyphens and a leading # do not part two names."""
    folded = unicodedata.normalize("NFKC", word).casefold().strip().lstrip("#")
    return "".join(char for char in folded if char not in " -_")

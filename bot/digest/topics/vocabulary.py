"""The topics a digest knows: their names, and the words that give them away."""

import difflib
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.digest.profile import Slug
from bot.model import Language
from bot.words.folding import JOINTS

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
#: A word to look for; a ``*`` at an end means that it may go on there.
Term = Annotated[Word, StringConstraints(pattern=r"^\*?[^*]+\*?$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Weights(_Model):
    """What a word counts by the place it stands in, and how much makes a topic."""

    title: float = Field(default=3.0, ge=0)
    subject: float = Field(default=2.0, ge=0)
    opening: float = Field(default=1.5, ge=0)
    body: float = Field(default=0.5, ge=0)
    hint: float = Field(default=0.5, ge=0, le=1)
    again: float = Field(default=0.5, ge=0, le=1)
    most: float = Field(default=3.0, gt=0)
    yielding: float = Field(default=0.33, ge=0, le=1)
    threshold: float = Field(default=2.0, gt=0)


class Topic(_Model):
    """One topic: its names, its words by how much they say, and how it stands to other topics.

    ``terms`` count in full, ``hints`` less, ``subjects`` in full where they are what the text is
    about, and a word inside a ``not`` phrase nothing. It ``yields`` to those topics of which it is
    usually but a part, and an item that names several of ``several_of`` is about this one too.
    """

    names: dict[Language, Word]
    aliases: tuple[Word, ...] = ()
    terms: tuple[Term, ...]
    hints: tuple[Term, ...] = ()
    subjects: tuple[Term, ...] = ()
    exclude: tuple[Term, ...] = Field(default=(), alias="not")
    yields: tuple[str, ...] = ()
    several_of: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _named_in_both(self) -> "Topic":
        missing = {"zh", "en"} - set(self.names)
        if missing:
            raise ValueError(f"has no name in {' and '.join(sorted(missing))}")
        return self


class Topics(_Model):
    """All topics of a digest, in the order in which readers see them."""

    weights: Weights = Weights()
    topics: dict[Slug, Topic]

    @model_validator(mode="after")
    def _all_known(self) -> "Topics":
        for slug, topic in self.topics.items():
            for key in ("yields", "several_of"):
                for other in getattr(topic, key):
                    if other not in self.topics or other == slug:
                        raise ValueError(f"topics.{slug}.{key}: {other!r} is no other topic of this file")
        return self

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]  # the slugs, not pydantic's fields
        return iter(self.topics)

    def name(self, slug: str, language: Language) -> str:
        """What readers call a topic; the slug itself for one that the file no longer has."""
        topic = self.topics.get(slug)
        return topic.names[language] if topic else slug

    def find(self, word: str) -> str | None:
        """The slug of the topic that somebody calls ``word``: slug, name or alias, in any case."""
        return self._calls.get(_fold_name(word))

    def suggestions(self, word: str, *, limit: int = 3) -> tuple[str, ...]:
        """The slugs that come nearest to a word nobody knows, nearest first; may be empty."""
        folded = _fold_name(word)
        inside = [call for call in self._calls if len(folded) > 1 and (folded in call or call in folded)]
        near = difflib.get_close_matches(folded, self._calls, n=limit * 3, cutoff=0.6)
        return tuple(dict.fromkeys(self._calls[call] for call in (*near, *inside)))[:limit]

    @cached_property
    def _calls(self) -> dict[str, str]:
        calls = {_fold_name(slug): slug for slug in self.topics}
        for slug, topic in self.topics.items():
            for word in (*topic.names.values(), *topic.aliases):
                calls.setdefault(_fold_name(word), slug)
        return calls


def _fold_name(word: str) -> str:
    """Case, width, spaces, hyphens, dashes and a leading # do not part two names."""
    folded = unicodedata.normalize("NFKC", word).casefold().strip().lstrip("#")
    return "".join(char for char in folded if char not in f" {JOINTS}")

"""What somebody searches for, as it was understood."""

from dataclasses import dataclass
from datetime import date

from bot.words.tokens import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """An entry is found that has each of ``phrases`` and none of ``excluded``, and whatever else is given.

    Phrases are made by :func:`bot.words.tokens.phrase_of`; one word is a phrase too. ``section`` is a
    section's slug or part of its heading. Of ``any_topics`` and ``any_phrases`` together it has one, if
    there are any; of ``not_topics`` none. The days of ``since`` and ``until`` are both included.
    ``saved_by`` is the chat that keeps it.
    """

    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    section: str | None = None
    topic: str | None = None
    any_topics: tuple[str, ...] = ()
    any_phrases: tuple[Phrase, ...] = ()
    not_topics: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    saved_by: int | None = None

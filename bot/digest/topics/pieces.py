"""An item or a flash as one text, in pieces by the place that a word in them stands in."""

import re
from typing import NamedTuple

from bot.digest.topics.vocabulary import Weights
from bot.model import Flash, Item, Place, plain

_SENTENCE_END = re.compile(r"[。！？\n]|[.!?] ")


class Piece(NamedTuple):
    """A piece of a text, which ends before ``end``, and what a word in it counts."""

    place: Place
    end: int
    weight: float


def text_of(thing: Item | Flash, weights: Weights) -> tuple[str, list[Piece]]:
    """The text, and its pieces in order."""
    return _item_text(thing, weights) if isinstance(thing, Item) else _flash_text(thing, weights)


def _item_text(item: Item, weights: Weights) -> tuple[str, list[Piece]]:
    title, tags, summary = item.title or "", " ".join(item.tags), plain(item.summary)
    text = f"{title}\n{tags}\n{summary}\n"
    after_title = len(title) + 1
    after_tags = after_title + len(tags) + 1
    return text, [
        Piece(Place.TITLE, after_title, weights.title),
        Piece(Place.TAGS, after_tags, weights.title),
        Piece(
            Place.OPENING,
            after_tags + _opening(summary),
            weights.opening if text[:after_tags].strip() else weights.title,
        ),
        Piece(Place.BODY, len(text), weights.body),
    ]


def _flash_text(flash: Flash, weights: Weights) -> tuple[str, list[Piece]]:
    subject, news = flash.subject or "", plain(flash.text)
    text = f"{subject}\n{news}\n"
    after_subject = len(subject) + 1
    return text, [
        Piece(Place.SUBJECT, after_subject, weights.subject),
        Piece(Place.OPENING, after_subject + _opening(news), weights.title),
        Piece(Place.BODY, len(text), weights.opening),
    ]


def _opening(text: str) -> int:
    """How long the first sentence is."""
    end = _SENTENCE_END.search(text)
    return (end.start() if end else len(text)) + 1

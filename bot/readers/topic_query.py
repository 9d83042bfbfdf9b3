"""The topics and keywords in what a person said: followed or not, these alone, everything but these.

======================== ==============================================================
量化 FlashAttention      followed; a name without a sign or a verb
-business 不要商业       no longer, or left out; a sign counts for one name, a verb for all
                         up to the next
只看量化 only GPU        these, and what was followed before no more
everything but business  these left out, and nothing followed
clear 全部 所有           whole issues again
======================== ==============================================================

What verb and names are is said in :mod:`bot.readers.topic_words`. What is not understood is unsure, and
nothing is done then: never the opposite of what was said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.digest.topics.vocabulary import Topics
from bot.model import NOTHING, Choice, Cut, Interests
from bot.readers.topic_words import Kind, Piece, pieces_of
from bot.words.keywords import read_keyword
from bot.words.topic_verbs import Verb, is_polite

_AGAINST = (Verb.LESS, Verb.FORGET, Verb.BUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicQuery:
    """What is named with a plus or without a sign, and what with a minus.

    ``bare`` are keywords without quotation marks; ``phrase`` is the whole text as one keyword, if it
    is only several of them in a row. ``refused`` cannot be keywords. ``only``: what else is followed is
    not any more. ``unsure``: what is wanted with ``plus`` and ``minus`` is not understood.
    """

    plus: Interests = NOTHING
    minus: Interests = NOTHING
    bare: tuple[str, ...] = ()
    phrase: str | None = None
    refused: tuple[str, ...] = ()
    clear: bool = False
    only: bool = False
    unsure: bool = False

    def __bool__(self) -> bool:
        return bool(self.plus or self.minus or self.refused or self.clear)

    @property
    def named(self) -> Interests:
        """All that is named, whatever is wanted with it."""
        return self.plus | self.minus

    def choice(self, cut: Cut) -> Choice:
        """What the query means to a subscriber who has ``cut``.

        A minus drops what they follow, and leaves out anything else. A name that they leave out is
        first admitted again, and followed the next time; but not what they want alone.
        """
        if self.only:
            admitted = cut.excluded & self.plus if self.plus else cut.excluded - self.minus
            others = cut.followed - self.plus
            return Choice(follow=self.plus, unfollow=others, omit=self.minus, admit=admitted)
        return Choice(
            follow=self.plus - cut.excluded,
            admit=self.plus & cut.excluded,
            unfollow=self.minus & cut.followed,
            omit=self.minus - cut.followed,
        )


def parse_topic_query(words: str, topics: Topics) -> TopicQuery:
    """Read ``words``. If a name occurs twice, the later sign counts."""
    pieces = pieces_of(words, topics)
    said = frozenset(piece.verb for piece in pieces if piece.verb)
    query = _named(pieces)
    if not query:
        return TopicQuery(clear=_clears(said))
    only = bool(Verb.ONLY in said and query.plus) or bool(Verb.ALL in said and query.minus and not query.plus)
    only = only and not (query.minus and any(_swaps(piece) for piece in pieces))
    unsure = Verb.ODD in said or Verb.CLEAR in said or _has_loose_words(pieces)
    return replace(query, only=only, unsure=unsure, phrase=_phrase(pieces, query))


def _swaps(piece: Piece) -> bool:
    """Whether it says what comes in place of something else, if that is named: 换成剪枝."""
    return piece.verb is Verb.ONLY and piece.text[:1] in "换改換"


def _has_loose_words(pieces: Sequence[Piece]) -> bool:
    """Whether a plain word, which may be no keyword, stands in a sentence or beside courtesy: "usual"."""
    said = any(piece.verb not in (None, Verb.AND) for piece in pieces)
    is_sentence = any(piece.slug or (piece.verb and is_polite(piece.text.casefold())) for piece in pieces)
    words = (piece.text for piece in pieces if piece.kind is Kind.WORD)
    plain = any(word.isascii() and word.isalpha() and word.islower() for word in words)
    return said and plain and is_sentence


def _clears(said: frozenset[Verb]) -> bool:
    """Whether all that is followed is to go, or everything is to come, where nothing is named."""
    against = said & {Verb.LESS, Verb.BUT, Verb.ODD, Verb.ONLY}
    return not against and not said.isdisjoint((Verb.CLEAR, Verb.ALL, Verb.FORGET))


def _named(pieces: Sequence[Piece]) -> TopicQuery:
    query, minus, once, clause = TopicQuery(), False, False, list[Piece]()
    for at, piece in enumerate(pieces):
        if piece.is_named:
            query = _with(query, piece, minus=minus)
            clause.append(piece)
            minus, once = minus and not once, False
        elif piece.kind in (Kind.MINUS, Kind.PLUS):
            minus, once = piece.kind is Kind.MINUS, True
        elif piece.verb in _AGAINST and clause and not _names_follow(pieces[at + 1 :]):
            query = _all_minus(query, clause)
        elif piece.kind is Kind.END or piece.verb in (*_AGAINST, Verb.ADD, Verb.ONLY, Verb.ALL):
            minus, once = piece.verb in _AGAINST, False
        if piece.kind in (Kind.COMMA, Kind.END):
            clause = []
    return query


def _names_follow(rest: Sequence[Piece]) -> bool:
    """Whether a name follows before the clause ends."""
    for piece in rest:
        if piece.is_named or piece.kind in (Kind.COMMA, Kind.END):
            return piece.is_named
    return False


def _all_minus(query: TopicQuery, clause: Sequence[Piece]) -> TopicQuery:
    for piece in clause:
        query = _with(query, piece, minus=True)
    return query


def _phrase(pieces: Sequence[Piece], query: TopicQuery) -> str | None:
    """The whole text as one keyword; None if anything says that it is several."""
    several = len(query.bare) > 1 and len(query.bare) == len(pieces) and not query.minus
    return read_keyword(" ".join(piece.text for piece in pieces)) if several else None


def _with(query: TopicQuery, piece: Piece, *, minus: bool) -> TopicQuery:
    keyword = None if piece.slug else read_keyword(piece.text)
    if piece.slug is None and keyword is None:
        return replace(query, refused=tuple(dict.fromkeys((*query.refused, piece.text))))
    named = Interests(topics=(piece.slug,)) if piece.slug else Interests(keywords=(keyword or "",))
    bare = query.bare if piece.quoted or keyword is None else tuple(dict.fromkeys((*query.bare, keyword)))
    if minus:
        return replace(query, plus=query.plus - named, minus=query.minus | named, bare=bare)
    return replace(query, plus=query.plus | named, minus=query.minus - named, bare=bare)

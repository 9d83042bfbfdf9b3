"""The topics and keywords in what a person typed: several at once, with a minus before unwanted ones.

======================== ==============================================================
量化 object detection    two topics: a name of several words is known as a whole
FlashAttention           no topic is called so: a keyword
"KV cache" 「键值缓存」    a phrase, followed as one keyword
-business 不要商业       no longer, or left out; a plus changes nothing, nor does 只看
, ; | line break         between two names, where a space would not do
======================== ==============================================================
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from bot.digest.topics.vocabulary import Topics
from bot.model import NOTHING, Choice, Cut, Interests
from bot.words.keywords import read_keyword

_QUOTED = ("double", "single", "corner", "white")  # the groups below that hold a quoted phrase
_SENTENCE_ENDS = ".。!?:"
_CLEAR = frozenset({"clear", "none", "all", "清空", "全部", "取消", "清除"})
#: Glued before a name, as Chinese writes it; words may begin with the last, which count before topics alone.
_SAYS_SIGN = re.compile(
    r"(?:我|请)?(?:(?P<minus>不要|不看|不想看|不想要|别看|别要)|只看|只要|只想看|想看"
    r"|(?P<minus_of_topic>去掉|排除|取消|除了))(?=\S)"
)
#: Words of their own before the name of a topic, as English has them; before anything else they are keywords.
_MINUS, _NO_SIGN = frozenset(("no", "not", "without", "except")), frozenset(("only", "just"))
_AFTER = re.compile(r"(?:以外|之外)?(?:都要|都看|都行)?$")  # 除了剪枝都要
_WORD = re.compile(
    r"""(?P<apart>[,、;|\s]*?[,、;|\n])?(?P<sign>[-−–—+\s]*)(?:
        ["“”„](?P<double>[^"“”„]+)["“”„] | ['‘](?P<single>[^'‘’]+)['’](?![^\s,、;|])
      | 「(?P<corner>[^」]+)」 | 『(?P<white>[^』]+)』
      | (?P<bare>(?![-−–—+])[^\s,、;|"“”„「」『』]+)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicQuery:
    """What is named with a plus or without a sign, and what with a minus.

    ``bare`` are keywords without quotation marks; ``phrase`` is the whole text as one keyword, if it
    is only several of them in a row. ``refused`` cannot be keywords.
    """

    plus: Interests = NOTHING
    minus: Interests = NOTHING
    bare: tuple[str, ...] = ()
    phrase: str | None = None
    refused: tuple[str, ...] = ()
    clear: bool = False

    def __bool__(self) -> bool:
        return bool(self.plus or self.minus or self.refused or self.clear)

    def choice(self, cut: Cut) -> Choice:
        """What the query means to a subscriber who has ``cut``.

        A minus drops what they follow, and leaves out anything else. A name that they leave out is
        first admitted again, and followed the next time.
        """
        return Choice(
            follow=self.plus - cut.excluded,
            admit=self.plus & cut.excluded,
            unfollow=self.minus & cut.followed,
            omit=self.minus - cut.followed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A word as typed. ``joins``: it may continue the name that the word before it begins."""

    text: str
    minus: bool
    quoted: bool
    joins: bool


def parse_topic_query(words: str, topics: Topics) -> TopicQuery:
    """Read ``words``. If a name occurs twice, the later sign counts."""
    text = unicodedata.normalize("NFKC", words)
    if text.strip().casefold() in _CLEAR:
        return TopicQuery(clear=True)
    typed = _with_said_signs(tuple(_words(text)), topics)
    query = TopicQuery(phrase=_phrase(typed))
    while typed:
        length, slug = _longest(typed, topics)
        query = _with(query, typed[0], slug)
        typed = typed[length:]
    return query if len(query.bare) > 1 and not query.plus.topics else replace(query, phrase=None)


def _words(text: str) -> Iterator[_Word]:
    for found in _WORD.finditer(text):
        phrase = next(filter(None, map(found.group, _QUOTED)), None)
        bare, sign = found["bare"] or "", "".join(found["sign"].split())
        yield _Word(
            text=phrase or bare.rstrip(_SENTENCE_ENDS) or bare,
            minus=bool(sign.strip("+")),
            quoted=bool(phrase),
            joins=not (phrase or sign or found["apart"]),
        )


def _with_said_signs(words: tuple[_Word, ...], topics: Topics) -> tuple[_Word, ...]:
    """The words, those that are the signs of topics behind them in their place."""
    typed = tuple(_unglued(word, topics) for word in words)
    found: list[_Word] = []
    for place, word in enumerate(typed):
        before = found[-1].text.casefold() if found and not found[-1].quoted else ""
        if before in _MINUS | _NO_SIGN and word.joins and _longest(typed[place:], topics)[1]:
            found[-1] = replace(word, minus=before in _MINUS, joins=False)
        else:
            found.append(word)
    return tuple(found)


def _unglued(word: _Word, topics: Topics) -> _Word:
    """The word without a sign that is glued before it."""
    said = None if word.quoted else _SAYS_SIGN.match(word.text)
    if said is None:
        return word
    text = _AFTER.sub("", word.text[said.end() :])
    if said["minus_of_topic"] and topics.find(text) is None:
        return word
    return replace(word, text=text, minus=bool(said["minus"] or said["minus_of_topic"]), joins=False)


def _phrase(typed: tuple[_Word, ...]) -> str | None:
    """The whole text as one keyword; None if anything says that it is several."""
    whole = bool(typed) and not (typed[0].quoted or typed[0].minus) and all(word.joins for word in typed[1:])
    return read_keyword(" ".join(word.text for word in typed)) if whole else None


def _longest(typed: tuple[_Word, ...], topics: Topics) -> tuple[int, str | None]:
    """How many of the first words name one topic, and which; one word and None if they name none."""
    most = 1 if typed[0].quoted else 1 + sum(1 for _ in takewhile(lambda word: word.joins, typed[1:]))
    for length in range(most, 0, -1):
        slug = topics.find(" ".join(word.text for word in typed[:length]))
        if slug is not None:
            return length, slug
    return 1, None


def _with(query: TopicQuery, word: _Word, slug: str | None) -> TopicQuery:
    keyword = None if slug else read_keyword(word.text)
    if slug is None and keyword is None:
        return replace(query, refused=(*query.refused, word.text))
    named = Interests(topics=(slug,)) if slug else Interests(keywords=(keyword or "",))
    bare = query.bare if word.quoted or keyword is None else (*query.bare, keyword)
    if word.minus:
        return replace(query, plus=query.plus - named, minus=query.minus | named, bare=bare)
    return replace(query, plus=query.plus | named, minus=query.minus - named, bare=bare)

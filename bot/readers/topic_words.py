"""What a person typed about topics, in pieces: names, words of their own, and what is said of these.

======================== ==============================================================
量化 object detection    names of topics, of several words too, wherever they stand
"KV cache" 「键值缓存」    a phrase, which is one name
只看量化和剪枝            verbs and names without a blank, if nothing else stands there
stop pruning, please     English verbs, of several words too
-business + , ; 、        signs, and what parts names
FlashAttention           anything else is a word
======================== ==============================================================
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile

from bot.digest.topics.vocabulary import Topics
from bot.words.folding import fold_keyword
from bot.words.scripts import RUN_ON
from bot.words.topic_verbs import Verb, asks, is_polite, is_sure, sure_verb, verb_at, verb_of

_SENTENCE_ENDS = ".。!?:"
_LONGEST_SAID = (
    400  # characters; in more nobody says anything, but lists names, and to look would hold up others
)
_LONGEST_CHUNK = 80  # characters; a word of more is no keyword anyhow
_LONGEST_VERB = 5  # English words
#: What says nothing of a name by itself, and what may stand between a verb and what it is about.
_SAY_NOTHING, _BLANK = frozenset({Verb.ADD, Verb.AND, Verb.FILL}), frozenset({Verb.AND, Verb.FILL})
#: Verbs that before a word are part of it: "no code", "all reduce", "just in time".
_BEFORE_TOPICS = frozenset(("no", "not", "but", "except", "just", "all", "any", "minus", "plus"))
_FIRST = 0xE000  # characters of private use stand for names; nobody types them
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_QUOTES = re.compile(
    r"[\"“”„](?P<double>[^\"“”„]+)[\"“”„]|(?<!\w)['‘](?P<single>[^'‘’]+)['’](?![^\s,、;|])"
    "|「(?P<corner>[^」]+)」|『(?P<white>[^』]+)』"
)
_RUN = re.compile(
    r"(?P<end>[;；。\n|]+|(?<=[^\s!?])[!?]+)|(?P<comma>[,，]+)|(?P<and>、+)|(?P<sign>(?<![^\s,，、;；|\ue000-\uf8ff])[-−–—+]+(?=[\s\S]))"
    r"|(?P<chunk>[^\s,，、;；。!?|\"“”„「」『』]+|[!?]+)"
)
_LATIN = re.compile(rf"[^\W_{RUN_ON}]+(?:[.+#-][^\W_{RUN_ON}]+)*[+#]*")
_MARKS = re.compile(r"[#()（）《》:：'\"~～^…·.]+")
_JOINING_MARKS = frozenset("/&+")


class Kind(StrEnum):
    """What a piece is."""

    NAME = "name"  #: of a topic, or a phrase in quotation marks
    WORD = "word"
    VERB = "verb"
    MINUS = "minus"
    PLUS = "plus"
    COMMA = "comma"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece as it was typed. A name in quotation marks may be no topic, and has no ``slug`` then."""

    kind: Kind
    text: str
    slug: str | None = None
    verb: Verb | None = None
    quoted: bool = False

    @property
    def is_named(self) -> bool:
        """Whether it is what something is said of."""
        return self.kind in (Kind.NAME, Kind.WORD)


def pieces_of(words: str, topics: Topics) -> tuple[Piece, ...]:
    """The pieces of what was typed, in order."""
    masked, names = _masked(_PRIVATE.sub("", unicodedata.normalize("NFKC", words)), topics)
    if len(words) > _LONGEST_SAID:
        return tuple(_unsaid(run, names) for run in _RUN.finditer(masked))
    found = [piece for run in _RUN.finditer(masked) for piece in _pieces(run, names)]
    return tuple(_meant(tuple(_with_english_verbs(found))))


def _masked(text: str, topics: Topics) -> tuple[str, tuple[Piece, ...]]:
    """The text with a character for each name in it, and the names."""
    names: list[Piece] = []

    def put(name: Piece) -> str:
        names.append(name)
        return chr(_FIRST + len(names) - 1)

    def quoted(found: re.Match[str]) -> str:
        phrase = next(filter(None, found.groups()))
        return put(Piece(kind=Kind.NAME, text=phrase, slug=topics.find(phrase), quoted=True))

    text = _QUOTES.sub(quoted, text)
    parts, done = list[str](), 0
    for start, end, slug in topics.named_in(text):
        parts += [text[done:start], put(Piece(kind=Kind.NAME, text=text[start:end], slug=slug))]
        done = end
    return "".join((*parts, text[done:])), tuple(names)


def _pieces(run: re.Match[str], names: Sequence[Piece]) -> Sequence[Piece]:
    return _of_chunk(run["chunk"], names) if run["chunk"] else (_unsaid(run, names),)


def _unsaid(run: re.Match[str], names: Sequence[Piece]) -> Piece:
    """A run as what it is by itself: a sign, a name or a word."""
    if chunk := run["chunk"]:
        bare = chunk.rstrip(_SENTENCE_ENDS) or chunk
        is_name = len(bare) == 1 and _PRIVATE.match(bare)
        return names[ord(bare) - _FIRST] if is_name else _word(bare, names)
    if sign := run["sign"]:
        return Piece(kind=Kind.MINUS if sign.strip("+") else Kind.PLUS, text=sign)
    if run["and"]:
        return Piece(kind=Kind.VERB, text=run[0], verb=Verb.AND)
    return Piece(kind=Kind.COMMA if run["comma"] else Kind.END, text=run[0])


def _of_chunk(chunk: str, names: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces of what stands between blanks: a sentence, or a word, before which a sure verb may stand."""
    bare = chunk.rstrip(_SENTENCE_ENDS) or chunk
    if len(bare) <= _LONGEST_CHUNK and (sentence := _sentence(bare, names)):
        return sentence
    folded = _folded(bare)
    if end := sure_verb(folded):
        verb = verb_at(folded[:end], 0)
        said = Piece(kind=Kind.VERB, text=bare[:end], verb=verb[0] if verb else Verb.ADD)
        return (said, _word(_without_particle(bare[end:]), names))
    word = _word(bare, names)
    has_topic = any(names[ord(char) - _FIRST].slug for char in _PRIVATE.findall(bare))
    if len(bare) <= _LONGEST_CHUNK and ((has_topic and _is_said(folded)) or asks(folded)):
        return (*_named_in(bare, names), replace(word, kind=Kind.VERB, verb=Verb.ODD))
    return (word,)


def _sentence(chunk: str, names: Sequence[Piece]) -> list[Piece] | None:
    """The pieces of a chunk that is all names, verbs and Latin words; None for another.

    Two names of topics that touch are one word: 语音识别芯片.
    """
    if _PRIVATE.search(chunk) is None and not re.search(f"[{RUN_ON}]", chunk):
        return None
    folded, found, at = _folded(chunk), list[Piece](), 0
    while at < len(chunk):
        piece, end = _piece_at(chunk, folded, at, names)
        if piece is None or (
            found and piece.is_named and found[-1].is_named and not _may_touch(found[-1], piece)
        ):
            return None
        found += [piece] if piece.text else []
        at = end
    return found if any(piece.kind is not Kind.WORD for piece in found) else None


def _piece_at(chunk: str, folded: str, at: int, names: Sequence[Piece]) -> tuple[Piece | None, int]:
    """The piece that begins there, and where it ends; one without text for marks; None for anything else."""
    if _PRIVATE.match(chunk[at]):
        return names[ord(chunk[at]) - _FIRST], at + 1
    if chunk[at] in _JOINING_MARKS:
        return Piece(kind=Kind.VERB, text=chunk[at], verb=Verb.AND), at + 1
    if marks := _MARKS.match(chunk, at):
        return Piece(kind=Kind.COMMA, text=""), marks.end()
    if verb := verb_at(folded, at):
        return Piece(kind=Kind.VERB, text=chunk[at : verb[1]], verb=verb[0]), verb[1]
    word = _LATIN.match(chunk, at)
    if word is None:
        return None, at
    verb_here = verb_of(word[0].casefold())
    kind = Kind.VERB if verb_here else Kind.WORD
    return Piece(kind=kind, text=word[0], verb=verb_here), word.end()


def _may_touch(one: Piece, other: Piece) -> bool:
    return one.quoted or other.quoted


def _folded(chunk: str) -> str:
    """The chunk in small, simplified characters, each in its place."""
    return "".join(folded if len(folded := fold_keyword(char)) == 1 else char for char in chunk)


def _word(masked: str, names: Sequence[Piece]) -> Piece:
    text = _PRIVATE.sub(lambda char: names[ord(char[0]) - _FIRST].text, masked)
    return Piece(kind=Kind.WORD, text=text)


def _named_in(masked: str, names: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(names[ord(char) - _FIRST] for char in _PRIVATE.findall(masked))


def _without_particle(text: str) -> str:
    return re.sub("(?<=.)[了吧啦呀]$", "", text)


def _is_said(folded: str) -> bool:
    """Whether a chunk says something of a topic, though not what: 我对商业没兴趣."""
    verbs = (verb_at(folded, at) for at in range(len(folded)))
    return any(verb and verb[0] not in _SAY_NOTHING for verb in verbs)


def _with_english_verbs(found: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, words that are a verb together as one."""
    at = 0
    while at < len(found):
        length, verb = _english_verb(found, at)
        text = " ".join(piece.text for piece in found[at : at + length])
        yield Piece(kind=Kind.VERB, text=text, verb=verb) if verb else found[at]
        at += length


def _english_verb(found: Sequence[Piece], at: int) -> tuple[int, Verb | None]:
    """How many of the words from there on are one verb, and which; one and None if none are."""
    words = list(takewhile(lambda piece: piece.kind is Kind.WORD, found[at : at + _LONGEST_VERB]))
    for length in range(len(words), 0, -1):
        said = " ".join(word.text for word in words[:length]).casefold().replace("’", "'")
        if verb := verb_of(said):
            return length, verb
    return 1, None


def _meant(found: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, those verbs as words that say nothing of any name."""
    kept = [piece.kind is not Kind.VERB or _is_meant(found, at) for at, piece in enumerate(found)]
    verbs = {piece.verb for piece, stays in zip(found, kept, strict=True) if stays and piece.verb}
    named = any(piece.is_named for piece in found)
    said = any(piece.slug for piece in found) or bool(verbs - _SAY_NOTHING) or (Verb.ADD in verbs and named)
    said = said or (len(found) > 1 and any(is_polite(piece.text.casefold()) for piece in found if piece.verb))
    for piece, stays in zip(found, kept, strict=True):
        if stays and (said or piece.verb is None or piece.verb is Verb.AND):
            yield piece
        else:
            yield from (Piece(kind=Kind.WORD, text=word) for word in piece.text.split())


def _is_meant(found: Sequence[Piece], at: int) -> bool:
    """Whether a verb is one: before or behind a name, before a single word, before another verb, or alone."""
    verb = found[at]
    if verb.verb in _SAY_NOTHING or is_sure(verb.text.casefold()):
        return True
    clause = list(takewhile(lambda piece: piece.kind not in (Kind.COMMA, Kind.END), found[at + 1 :]))
    rest = [piece for piece in clause if piece.verb not in _BLANK]
    if not rest:
        before = [piece for piece in found[:at] if piece.verb not in _BLANK]
        return not before or before[-1].kind is not Kind.WORD
    if rest[0].kind is not Kind.WORD:
        return True
    alone = len(rest) == 1 or rest[1].kind is not Kind.WORD
    return alone and verb.text.casefold() not in _BEFORE_TOPICS

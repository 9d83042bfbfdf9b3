"""The topics a digest knows: their names, and the words that give them away."""

import difflib
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from pydantic import Field, model_validator

from bot.digest.checked import Checked
from bot.digest.profile import Slug
from bot.digest.topics.kinds import Term, Word, Words
from bot.digest.topics.probability import Fitted
from bot.model import Language, Written, text_language
from bot.words.folding import BETWEEN_SCRIPTS, PLURAL, fold, fold_keyword
from bot.words.scripts import RUN_ON, in_word, runs_on

_MISSPELT, _ALIKE = 0.7, 8  # how alike words are that are compared, as difflib counts, and how many
_SHORT, _ENOUGH, _LONG = 3, 5, 8  # characters
_IN_WORD = rf"[^\W_{RUN_ON}]"  # a letter or digit of a script with blanks between its words


class Weights(Checked):
    """What a word counts by the place it stands in, and how much makes a topic."""

    title: float = Field(
        default=3.0,
        ge=0,
        description="In the title or a tag; without a title, in the first sentence, as in a flash.",
    )
    subject: float = Field(default=2.0, ge=0, description="As whom a flash is about.")
    opening: float = Field(
        default=1.5,
        ge=0,
        description="In the first sentence of the summary; in what follows it in a flash.",
    )
    body: float = Field(default=0.5, ge=0, description="Further down.")
    hint: float = Field(default=0.5, ge=0, le=1, description="A hint counts this much of a term.")
    again: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="The same word again in the same place counts this much of the time before.",
    )
    most: float = Field(
        default=3.0,
        gt=0,
        description="One place counts at most as much as this many words: the body alone makes no topic.",
    )
    yielding: float = Field(
        default=0.33,
        ge=0,
        le=1,
        description="What remains of a word's weight where its topic yields.",
    )
    threshold: float = Field(default=2.0, gt=0, description="What makes a topic, all its words together.")


class Topic(Checked):
    """One topic: its names, its words by how much they say, and how it stands to other topics."""

    names: dict[Written, Word] = Field(
        description="What readers see, in each language; both also work in /topic."
    )
    aliases: tuple[Word, ...] = Field(default=(), description="Further words that /topic understands.")
    formerly: tuple[Slug, ...] = Field(
        default=(),
        description="Keys that this topic had before, or of topics that became part of it: who followed one"
        " of them follows this one from the bot's next start, and the old key works wherever a name does.",
    )
    terms: Words = Field(description="Words that say what an item is about.")
    hints: Words = Field(default={}, description="Words that only point towards it, and count less.")
    subjects: Words = Field(
        default={},
        description="Words that count in full where they are what the text is about (the title, a tag, the"
        " subject of a flash) and as hints elsewhere: companies, and words that stand everywhere.",
    )
    exclude: tuple[Term, ...] = Field(
        default=(), alias="not", description="Phrases in which a term means something else."
    )
    yields: tuple[str, ...] = Field(
        default=(),
        description="Topics of which this one is usually but a part: every phone chip has a CPU. Beside a"
        " weightier one of these, only its words in title, tags and subject count in full.",
    )
    several_of: tuple[str, ...] = Field(
        default=(),
        description="Topics of which this one is the parent: an item that names several of them in one place"
        " is about it too; each from the second on counts as a word of it.",
    )
    by_means: bool = Field(
        default=True,
        description="false: an item that only says what it is made with, or by whom, is not about it."
        " One made with Vulkan is about GPUs; one made in a process of so many nanometres is not about"
        " processes.",
    )

    fitted: Fitted | None = Field(
        default=None,
        description="Written by jianbao topics fit: how probable the topic is where its words weigh so much.",
    )

    @model_validator(mode="after")
    def _named_in_both(self) -> "Topic":
        missing = {"zh", "en"} - set(self.names)
        if missing:
            raise ValueError(f"has no name in {' and '.join(sorted(missing))}")
        return self

    @property
    def words(self) -> tuple[str, ...]:
        """Its terms, hints and subjects, of whatever kind."""
        return tuple(chain(*self.terms.values(), *self.hints.values(), *self.subjects.values()))


class Topics(Checked):
    """All topics of a digest, in the order in which readers see them."""

    weights: Weights = Weights()
    topics: dict[Slug, Topic] = Field(
        description="The topics, each under its slug.", json_schema_extra={"additionalProperties": False}
    )

    @model_validator(mode="after")
    def _all_known(self) -> "Topics":
        for slug, topic in self.topics.items():
            for key in ("yields", "several_of"):
                for other in getattr(topic, key):
                    if other not in self.topics or other == slug:
                        raise ValueError(f"topics.{slug}.{key}: {other!r} is not another topic of this file")
        return self

    @model_validator(mode="after")
    def _former_once(self) -> "Topics":
        seen: dict[str, str] = {}
        for slug, topic in self.topics.items():
            for old in topic.formerly:
                where = f"topics.{slug}.formerly: {old!r}"
                if old in self.topics:
                    raise ValueError(f"{where} is a topic of this file")
                if old in seen:
                    raise ValueError(f"{where} is what topics.{seen[old]} was called too")
                seen[old] = slug
        return self

    @property
    def former(self) -> dict[str, str]:
        """The slug of each topic by what it was called."""
        return {old: slug for slug, topic in self.topics.items() for old in topic.formerly}

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]  # the slugs, not pydantic's fields
        return iter(self.topics)

    def name(self, slug: str, language: Language) -> str:
        """What readers call a topic; the slug itself for one that the file no longer has."""
        topic = self.topics.get(slug)
        return topic.names[text_language(language)] if topic else slug

    def find(self, word: str) -> str | None:
        """The slug of the topic that somebody calls ``word``: slug, name or alias, in any case."""
        return self._calls.get(_fold_name(word))

    def named_in(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where in a text a topic is called by any of its names, and its slug; of several the longest."""
        folded = fold(text)
        for found in self._named.finditer(folded.text):
            start, end = folded.span(*found.span())
            name = _fold_name(found[0])
            yield start, end, self._calls.get(name) or self._calls[name.removesuffix("s")]

    def suggestions(self, word: str, *, limit: int = 3) -> tuple[str, ...]:
        """The slugs that come nearest to a word nobody knows, nearest first; may be empty."""
        folded = _fold_name(word)
        inside = [call for call in self._calls if len(folded) > 1 and (folded in call or call in folded)]
        near = difflib.get_close_matches(folded, self._calls, n=limit * 3, cutoff=0.6)
        return tuple(dict.fromkeys(self._calls[call] for call in (*near, *inside)))[:limit]

    def misspelt(self, word: str, *, limit: int = 3) -> tuple[str, ...]:
        """The slugs of topics that ``word`` is probably meant to name, nearest first.

        A plural; one letter of five is wrong, too many or missing, two of eight; of a few characters that
        run on, one is another.
        """
        folded = _fold_name(word)
        alike = difflib.get_close_matches(folded, self._calls, n=_ALIKE, cutoff=_MISSPELT)
        most = 0 if len(folded) < _ENOUGH else 1 if len(folded) < _LONG else 2
        close = [call for call in alike if folded == f"{call}s" or _edits(folded, call) <= most]
        short = [call for call in self._calls if _one_is_another(folded, call)]
        return tuple(dict.fromkeys(self._calls[call] for call in (*close, *short)))[:limit]

    @cached_property
    def _calls(self) -> dict[str, str]:
        calls = {_fold_name(slug): slug for slug in self.topics}
        for slug, topic in self.topics.items():
            for word in _names_of(topic):
                calls.setdefault(_fold_name(word), slug)
        return calls

    @cached_property
    def _named(self) -> re.Pattern[str]:
        """Finds any name, as :meth:`named_in` says."""
        names = (name for slug, one in self.topics.items() for name in (slug, *_names_of(one)))
        known = {fold_keyword(name).lstrip("#") for name in names} - {""}
        spelled = sorted(map(_spelled, known), key=len, reverse=True)
        return re.compile("|".join(spelled) or "(?!)")


def _names_of(topic: Topic) -> tuple[str, ...]:
    return (*topic.names.values(), *topic.aliases, *topic.formerly)


def _spelled(name: str) -> str:
    """What finds a folded name: with or without blanks, also where scripts meet; a Latin one stands alone."""
    inside = BETWEEN_SCRIPTS.sub(" ?", re.escape(name).replace("\\ ", " {0,3}"))
    before = f"(?<!{_IN_WORD})" if in_word(name[0]) else ""
    behind = f"[s{PLURAL}]?(?!{_IN_WORD})" if in_word(name[-1]) else ""
    return f"{before}{inside}{behind}"


def _edits(word: str, call: str) -> int:
    """How many letters tell two words apart."""
    steps = difflib.SequenceMatcher(None, word, call, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in steps if kind != "equal")


def _one_is_another(word: str, call: str) -> bool:
    """Whether two short words of the same length, of a script without blanks, differ in one character."""
    if not 1 < len(word) == len(call) <= _SHORT or not all(map(runs_on, word + call)):
        return False
    return sum(one != other for one, other in zip(word, call, strict=True)) == 1


def _fold_name(word: str) -> str:
    """What words are folded by, spaces and a leading # do not part two names."""
    return fold_keyword(word).lstrip("#").replace(" ", "")

"""Where the words of all topics stand in a text: one pass, however many words there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from bot.digest.topics.attributes import Attributes
from bot.digest.topics.kinds import BESIDE
from bot.digest.topics.vocabulary import Topic, Topics
from bot.words.finding import begins_alone, ends_alone, spellings, stands_alone, word_end, word_start
from bot.words.folding import BETWEEN_SCRIPTS, fold
from bot.words.scripts import runs_on


class _Sense(NamedTuple):
    """What a term stands for: a topic, what it counts, and whether in full as what a text is about.

    A share of 0 silences the topic's words that it covers. One that is not ``alone`` makes no topic alone.
    Of the longer words that a starred term stands in, it leaves out ``others``: they mean something else.
    """

    topic: str
    share: float
    subject: bool
    alone: bool
    goes_on_before: bool
    goes_on_after: bool
    others: frozenset[str]


#: A word of a topic in a text: where it begins and ends, and the first four of its sense. Plain tuples of
#: plain values, for there are many in an issue, and those the garbage collector passes over.
Hit = tuple[int, int, str, float, bool, bool]


class _Meaning(NamedTuple):
    """What one folded word stands for; a Latin one stands alone or in a longer word."""

    latin: bool
    senses: tuple[_Sense, ...]
    told: tuple[tuple[str, float, bool, bool], ...]  #: of each sense what a hit tells; asked often


class Lexicon:
    """The words of all topics. Built once; safe to use from several threads."""

    def __init__(self, topics: Topics) -> None:
        senses = _senses(topics)
        kept = cache(_Meaning)  # what is equal is kept once, here and below: it took half a megabyte
        self._meanings = tuple(
            kept(_is_latin(word), tuple(meant), _told(meant)) for word, meant in senses.items()
        )
        self._attributes = Attributes(senses)
        self._automaton = AhoCorasick(
            (*senses, *self._attributes.beginnings),
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def find(self, text: str) -> list[Hit]:
        """The words in reading order; of one topic's words that overlap, the first and longest.

        They are found as :mod:`bot.words` says, and stand where they are written.
        """
        folded = fold(text)
        searched = folded.text
        meanings, attributes = self._meanings, self._attributes
        words = len(meanings)
        found: list[Hit] = []
        for word, start, end in self._automaton.find_matches_as_indexes(searched, overlapping=True):
            if word >= words:
                for beyond, meant in attributes.ends(searched, word - words, end):
                    found += [(start, beyond, *sense[:4]) for sense in meant if sense.share]
                continue
            latin, senses, told = meanings[word]
            if latin and not stands_alone(searched, start, end):
                found += _inside(searched, start, end, senses)
            else:
                for sense in told:
                    found.append((start, end, *sense))
        hits = _apart(found)
        return hits if folded.places is None else [(*folded.span(*hit[:2]), *hit[2:]) for hit in hits]

    def without(self, text: str) -> str:
        """The text with a line break for every word that a topic has."""
        kept, end = [], 0
        for hit in self.find(text):
            kept.append(text[end : hit[0]])
            end = max(end, hit[1])
        return "\n".join((*kept, text[end:]))


def _told(senses: Iterable[_Sense]) -> tuple[tuple[str, float, bool, bool], ...]:
    return tuple(sense[:4] for sense in senses)


def _inside(text: str, start: int, end: int, senses: Iterable[_Sense]) -> Iterator[Hit]:
    """The hits of terms that stand in a longer word and may: the whole word is theirs."""
    begins, ends = begins_alone(text, start), ends_alone(text, start, end)
    for sense in senses:
        if (begins or sense.goes_on_before) and (ends or sense.goes_on_after):
            first, beyond = word_start(text, start), word_end(text, end)
            if text[first:beyond] not in sense.others:
                yield first, beyond, *sense[:4]


def _apart(found: list[Hit]) -> list[Hit]:
    """The hits without those that another one of the same topic covers."""
    found.sort(key=itemgetter(1), reverse=True)
    found.sort(key=itemgetter(0))  # the longest first of those with one beginning
    reached: dict[str, int] = {}
    kept = []
    for hit in found:
        start, end, topic, share, _, _ = hit
        if start >= reached.get(topic, 0):
            reached[topic] = end
            if share:
                kept.append(hit)
    return kept


def _senses(topics: Topics) -> dict[str, list[_Sense]]:
    """What each folded word stands for."""
    senses: dict[str, list[_Sense]] = defaultdict(list)
    sense = cache(_Sense)
    for slug, topic in topics.topics.items():
        others = frozenset(fold(term).text for term in topic.exclude)
        for terms, share, subject, alone in _groups(topic, topics.weights.hint):
            for term in terms:
                told = sense(slug, share, subject, alone, term[0] == "*", term[-1] == "*", others)
                for word in _spellings(term.strip("*")):
                    senses[word].append(told)
    return senses


def _groups(topic: Topic, hint: float) -> Iterator[tuple[Iterable[str], float, bool, bool]]:
    """The words of a topic: what they count, in full as a subject, and whether alone they make it."""
    yield topic.exclude, 0.0, False, False
    for by_kind, share, subject in (
        (topic.terms, 1.0, False),
        (topic.subjects, hint, True),
        (topic.hints, hint, False),
    ):
        for kind, terms in by_kind.items():
            yield terms, share, subject, kind not in BESIDE


def _is_latin(word: str) -> bool:
    return not (runs_on(word[0]) and runs_on(word[-1]))


def _spellings(term: str) -> list[str]:
    """The term with and without a space wherever scripts with and without blanks meet."""
    first, *others = BETWEEN_SCRIPTS.split(fold(term).text)
    spelled = [first]
    for part in others:
        spelled = [f"{spelling}{joint}{part}" for spelling in spelled for joint in ("", " ")]
    return [spelling for spaced in spelled for spelling in spellings(spaced) if spelling]

"""The words of a text, and of what is searched for, as tokens of an index.

Who is found by a keyword (:mod:`bot.words.keywords`) is found by its tokens, one right behind the other:

- Where scripts run on, each character is a token with the one that follows it, and the last of a run one by
  itself: 神经网 is 神经 经网 网. So any two characters are found at once, and one by what begins with it.
- Other words are parted where digits follow letters, and at a dot within, which stays with what follows:
  "qwen2.5" is "qwen", "2", ".5", "vue.js" is "vue", ".js". "c++" and "c#" are tokens of their own, and so is
  a dot that may end a sentence or begin a name (学.NET).
- A plural s falls away behind more than three letters; behind fewer, that of capitals ("GPUs") is a token
  of its own, so that "iOS" is no plural of "IO".

A token is made of letters, marks and digits, all small, and of ``.``, ``+`` and ``#``.
"""

from collections.abc import Iterator

from bot.words.finding import SHORT, begins_alone, may_have_version, sign_behind, word_end
from bot.words.folding import PLURAL, fold_text
from bot.words.scripts import in_word, runs_on

Phrase = tuple[str, ...]  #: tokens that stand one right behind the other

#: At the end of a phrase: whatever begins so.
BEGINNING = "*"

#: Characters of a token; what is longer is no word, and a database may refuse it.
LONGEST = 64


def tokens_of(text: str) -> Phrase:
    """The tokens of a text, in its order."""
    return tuple(token[:LONGEST] for token in _tokens(fold_text(text)))


def phrase_of(searched: str) -> Phrase:
    """The tokens of a word, or of several in this order, that somebody searches for.

    Empty where there is no letter or digit. A text has the phrase if it has one of its :func:`spellings`.
    """
    tokens = tokens_of(searched)
    if tokens and tokens[-1] == PLURAL:
        return tokens[:-1]
    if not tokens or len(tokens[-1]) > 1 or not runs_on(tokens[-1]):
        return tokens
    *before, last = tokens
    goes_on = bool(before) and len(before[-1]) > 1 and before[-1][1] == last
    return (*before,) if goes_on else (*before, last + BEGINNING)


def spellings(phrase: Phrase) -> tuple[Phrase, ...]:
    """How a phrase may stand among the tokens of a text."""
    first, *others = phrase
    found = _with_plural(phrase)
    if first.startswith(".") and len(first) > 1:
        found += _with_plural((".", first[1:], *others))
    return found


def _with_plural(phrase: Phrase) -> tuple[Phrase, ...]:
    """The phrase, and with the plural or the version of its last word if that is another token."""
    *before, last = phrase
    stem = last.removesuffix("s")
    found = [phrase]
    if may_have_version(last):
        found.append((*before, f"{last}v"))
    if in_word(last[-1]) and last[-1].isalpha():
        if stem != last and 1 < len(stem) <= SHORT:
            found.append((*before, stem, PLURAL))
        if before and len(last) <= SHORT:
            found.append((*before, f"{last}s"))
    return tuple(found)


def _tokens(text: str) -> Iterator[str]:
    place = 0
    while place < len(text):
        if runs_on(text[place]):
            end = _run_end(text, place)
            for start in range(place, end):
                yield text[start : min(start + 2, end)]
        elif in_word(text[place]):
            end = word_end(text, place)
            sign = sign_behind(text, end)
            yield from _word(text, place, end, sign)
            end += len(sign)
        else:
            end = place + 1
        place = end


def _run_end(text: str, end: int) -> int:
    while end < len(text) and runs_on(text[end]):
        end += 1
    return end


def _word(text: str, start: int, end: int, sign: str) -> Iterator[str]:
    """The tokens of the word ``text[start:end]``."""
    head = ""
    if text[start - 1 : start] == ".":
        if not begins_alone(text, start):
            head = "."
        elif start > 1 and not in_word(text[start - 2]):
            yield "."
    for place in range(start + 1, end):
        if text[place].isdigit() and not text[place - 1].isdigit():
            yield from _singular(head + text[start:place])
            start, head = place, ""
    last = head + text[start:end]
    yield from (last + sign,) if sign else _singular(last)


def _singular(word: str) -> tuple[str, ...]:
    """The word without its plural s."""
    stem, end = word[:-1], word[-1]
    if end == PLURAL and len(stem) == 1:
        return (f"{stem}s",)  # "As", "Is"
    if end == PLURAL and len(stem) <= SHORT:
        return (stem, PLURAL)
    if end == PLURAL or (end == "s" and len(stem) > SHORT and stem[-1].isalpha()):
        return (stem,)
    return (word,)

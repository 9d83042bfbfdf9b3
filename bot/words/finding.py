"""Words in a text: where scripts have blanks they stand alone, elsewhere anywhere. All texts are folded.

Digits begin a word that belongs to the letters before it, as what follows a dot belongs to what stands
before: "qwen" is in "qwen2.5" and "vue" in "vue.js", but "js" is not, nor "net" in ".net". So does a v before
digits: "yolo" is in "yolov8". "c++" and "c#" are words, and not "c".
"""

from collections.abc import Iterator

from bot.words.folding import PLURAL
from bot.words.scripts import in_word, runs_on

#: Letters of a word that may have another one behind it; of fewer, that makes another word.
SHORT = 3
#: What parts a word from others, whatever they are, or nothing at all: most words are told by these alone.
_PARTING = frozenset(("", *" \n,:;()/、。的在和与上中为是了"))


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a word of its own; a plural s may follow."""
    if text[start - 1 : start] in _PARTING and text[end : end + 1] in _PARTING:
        return True
    return begins_alone(text, start) and ends_alone(text, start, end)


def begins_alone(text: str, start: int) -> bool:
    """Whether no word goes on into what begins at ``start``."""
    if start == 0:
        return True
    before, first = text[start - 1], text[start]
    if not in_word(before):
        return before != "." or not _goes_on_behind_dot(text, start)
    return first != "." and (not in_word(first) or (first.isdigit() and not before.isdigit()))


def ends_alone(text: str, start: int, end: int) -> bool:
    """Whether what ends at ``end`` does not go on, but for digits, a version or a plural s."""
    if end == len(text):
        return True
    last, after = text[end - 1], text[end]
    if not in_word(after):
        return after not in "+#" or not in_word(last) or not sign_behind(text, end)
    if after.isdigit():
        return not last.isdigit()
    return not in_word(last) or _is_plural(text, start, end) or _is_version(text, start, end)


def word_end(text: str, end: int) -> int:
    """Where the word ends that goes on at ``end``; ``end`` itself where none does."""
    while end < len(text) and in_word(text[end]):
        end += 1
    return end


def word_start(text: str, start: int) -> int:
    """Where the word begins that goes on into ``start``; ``start`` itself where none does."""
    while start > 0 and in_word(text[start - 1]):
        start -= 1
    return start


def sign_behind(text: str, end: int) -> str:
    """The signs at ``end`` that are part of the word before: C++, g++, and behind a single letter C#."""
    if text.startswith("++", end):
        return "++"
    return "#" if text.startswith("#", end) and (end == 1 or not in_word(text[end - 2])) else ""


def find_word(word: str, text: str) -> Iterator[int]:
    """Where a word stands in a text, from its beginning on, in its first spelling that does."""
    for spelling in spellings(word):
        start = text.find(spelling) if spelling else -1
        while start >= 0:
            if stands_alone(text, start, start + len(spelling)):
                yield start
            start = text.find(spelling, start + len(spelling))


def spellings(word: str) -> tuple[str, ...]:
    """How a folded word may stand in a folded text: of "gpus", the s may be one behind capitals."""
    singular = word.removesuffix("s").removesuffix(PLURAL)
    return (word,) if word == singular or not in_word(word[-1]) else (f"{singular}s", f"{singular}{PLURAL}")


def _is_plural(text: str, start: int, end: int) -> bool:
    """Whether only a plural s follows, behind capitals or more than three letters."""
    return (
        (text[end] == PLURAL or (text[end] == "s" and end - start > SHORT))
        and text[end - 1].isalpha()
        and (end + 1 == len(text) or not in_word(text[end + 1]))
        and not sign_behind(text, end + 1)
    )


def _is_version(text: str, start: int, end: int) -> bool:
    """Whether a v and a digit follow, behind more than three letters."""
    return text[end] == "v" and text[end + 1 : end + 2].isdigit() and may_have_version(text[start:end])


def may_have_version(word: str) -> bool:
    """Whether a v with digits may follow: of fewer letters it makes another word: con, conv2d."""
    return len(word) > SHORT and word[-SHORT - 1 :].isalpha()


def _goes_on_behind_dot(text: str, start: int) -> bool:
    """Whether the dot before ``start`` is within a word, a number, or a name that begins with it."""
    first, before = text[start], text[start - 2 : start - 1]
    if first.isdigit():
        return before.isdigit()
    return in_word(first) and not before.isdigit() and (not before or not (before == "." or runs_on(before)))

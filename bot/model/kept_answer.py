"""Answers of editors about topics that the bot keeps, for it cannot write into a repository."""

from collections.abc import Iterable
from dataclasses import dataclass

#: Stands where the name of a file of topics would stand.
KEPT = "answers"
_SIGNS = {True: "+", False: "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """Whether an item has a topic; the ``item`` is called as in a file of topics."""

    item: str
    topic: str
    yes: bool

    @property
    def words(self) -> str:
        """What would stand beside the item in a file of topics."""
        return f"{_SIGNS[self.yes]}{self.topic}"


def text_of_answers(answers: Iterable[KeptAnswer]) -> str:
    """Answers about an issue, as they stand in its text: a line each."""
    return "".join(f"{one.words}\t{' '.join(one.item.split())}\n" for one in answers)


def answers_in_text(text: str) -> tuple[KeptAnswer, ...]:
    """What was written so."""
    lines = (line.partition("\t") for line in text.splitlines())
    return tuple(
        KeptAnswer(item=item, topic=words[1:], yes=words[0] == _SIGNS[True])
        for words, _, item in lines
        if words[1:] and item
    )

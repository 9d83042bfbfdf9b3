"""Answers of editors that the bot keeps: they count of whatever the issue itself does not decide."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from bot.digest.topics.editors_word import EditorsWord
from bot.digest.topics.sidecar import Names, key_of
from bot.model import KEPT, Flash, Issue, Item, KeptAnswer, SaidTopics

_Thing = TypeVar("_Thing", Item, Flash)


def with_kept(issue: Issue, answers: Iterable[KeptAnswer], editor: EditorsWord) -> Issue:
    """The issue with the answers about its items.

    Left out are those of which the issue or the file beside it says something, those about items that are
    there no more, and those about topics that are none any more.
    """
    names = Names(issue.things)
    fitting: dict[int, list[KeptAnswer]] = defaultdict(list)
    for answer in answers:
        found = names.find(answer.item)
        if len(found) == 1 and editor.knows(answer.topic):
            fitting[id(found[0])].append(answer)

    def told(thing: _Thing) -> _Thing:
        decided = editor.verdict(thing)
        left = [one for one in fitting[id(thing)] if not decided.decides(one.topic)]
        kept: tuple[SaidTopics, ...] = tuple(SaidTopics(words=one.words, line=0, file=KEPT) for one in left)
        return replace(thing, said=(*thing.said, *kept)) if kept else thing

    if not fitting:
        return issue
    return replace(
        issue,
        flash=tuple(map(told, issue.flash)),
        sections=tuple(replace(one, items=tuple(map(told, one.items))) for one in issue.sections),
    )


def counting(issue: Issue) -> tuple[KeptAnswer, ...]:
    """The kept answers that count in an issue."""
    return tuple(
        KeptAnswer(item=key_of(thing), topic=said.words[1:], yes=said.words.startswith("+"))
        for thing in issue.things
        for said in thing.said
        if said.file == KEPT
    )

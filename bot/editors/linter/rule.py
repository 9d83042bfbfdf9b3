"""What a rule is, and what it knows beside the draft."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.digest.profile import Profile
from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding
from bot.editors.linter.seen_before import SeenIndex
from bot.messages import Message
from bot.model import Issue, Item, Section, TopicMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleContext:
    """What a rule knows beside the draft: the digest that it belongs to.

    ``seen`` is what its issues link to, ``messages`` counts those that an item takes,
    ``whole`` gives all of an issue, ``candidates`` are the topics that any word of an item speaks
    for, weightiest first.
    """

    profile: Profile
    seen: SeenIndex
    messages: Callable[[Section, Item], int]
    whole: Callable[[Issue], tuple[Message, ...]]
    candidates: Callable[[Item], tuple[TopicMatch, ...]]


#: A rule looks at a draft and tells what it finds, in any order.
Rule = Callable[[Draft, RuleContext], Iterator[Finding]]

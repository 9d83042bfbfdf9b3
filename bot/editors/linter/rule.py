"""What a rule is, and what it knows beside the draft."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.digest.profile import Profile
from bot.editors.linter.draft import Draft
from bot.editors.linter.finding import Finding
from bot.editors.linter.seen_before import Told
from bot.model import Item, Section, TopicMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The digest that a draft belongs to.

    ``told`` is what its issues hold, ``messages`` counts those that an item takes,
    ``candidates`` are the topics that any word of an item speaks for, weightiest first.
    """

    profile: Profile
    told: Told
    messages: Callable[[Section, Item], int]
    candidates: Callable[[Item], tuple[TopicMatch, ...]]


#: A rule looks at a draft and tells what it finds, in any order.
Rule = Callable[[Draft, Digest], Iterator[Finding]]

"""Lists that may hold items in issues that were not seen."""

from collections.abc import Iterator, Sequence

from bot.digest.habits import ItemStart
from bot.digest.parsing.starts import starts_of
from bot.digest.profile import Profile
from bot.editors.profile_inference.sample import Layout, changed, parts_of

_LISTS = (ItemStart.BULLET, ItemStart.NUMBER)

_Order = tuple[ItemStart, ...]


def with_lists(profile: Profile, issues: Sequence[Layout]) -> Profile:
    """The profile with bullets and numbers behind its beginnings, where that changes nothing in these issues.

    Editors change from one list to another over the years, and a section that shows none of a
    profile's beginnings is text. Paragraphs stay the last: they take whatever has a link.
    """
    begin = profile.items.begin
    for kind in _LISTS:
        further = _before_paragraphs(begin, kind)
        if kind not in begin and _alike(begin, further, profile, issues):
            begin = further
    return changed(profile, items=profile.items.model_copy(update={"begin": begin}))


def _before_paragraphs(begin: _Order, kind: ItemStart) -> _Order:
    place = begin.index(ItemStart.PARAGRAPH) if ItemStart.PARAGRAPH in begin else len(begin)
    return (*begin[:place], kind, *begin[place:])


def _alike(one: _Order, other: _Order, profile: Profile, issues: Sequence[Layout]) -> bool:
    """Whether items begin at the same places by either."""
    return all(places == others for places, others in _places(one, other, profile, issues))


def _places(
    one: _Order, other: _Order, profile: Profile, issues: Sequence[Layout]
) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    longest = profile.items.longest
    for parts in parts_of(issues, profile):
        for part in parts:
            if profile.items_of(part.slug).begin == profile.items.begin:
                yield starts_of(part.rows, one, longest).places, starts_of(part.rows, other, longest).places

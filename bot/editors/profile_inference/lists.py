"""Lists that may hold items in issues that were not seen."""

from collections.abc import Sequence

from bot.digest.habits import ItemStart
from bot.digest.parsing.rows import Rows
from bot.digest.parsing.starts import starts_of
from bot.digest.profile import Profile
from bot.editors.profile_inference.sample import Layout, changed, parts_of

_LISTS = (ItemStart.BULLET, ItemStart.NUMBER, ItemStart.LINK)

_Order = tuple[ItemStart, ...]


def with_lists(profile: Profile, issues: Sequence[Layout]) -> Profile:
    """The profile with bullets, numbers and links behind its beginnings, where these issues stay as they are.

    Editors change from one list to another over the years, and a section that shows none of a
    profile's beginnings is text. Paragraphs stay the last: they take whatever has a link.
    """
    own = begin = profile.items.begin
    parts = [part for issue in parts_of(issues, profile) for part in issue]
    rows = [part.rows for part in parts if profile.items_of(part.slug).begin == own]
    for kind in _LISTS:
        further = _before_paragraphs(begin, kind)
        if kind not in begin and _places(further, rows, profile) == _places(own, rows, profile):
            begin = further
    return changed(profile, items=profile.items.model_copy(update={"begin": begin}))


def _before_paragraphs(begin: _Order, kind: ItemStart) -> _Order:
    place = begin.index(ItemStart.PARAGRAPH) if ItemStart.PARAGRAPH in begin else len(begin)
    return (*begin[:place], kind, *begin[place:])


def _places(begin: _Order, sections: Sequence[Rows], profile: Profile) -> list[frozenset[int]]:
    """Where items begin in each section."""
    return [starts_of(rows, begin, profile.items.longest).places for rows in sections]

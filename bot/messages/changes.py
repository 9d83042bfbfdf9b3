"""What differs between two texts of an issue, as one reader sees them: for one line of words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.messages.selection import select
from bot.model import Cut, Issue, Item, Section

Numbers = Mapping[str, str]  #: of the items that a reader sees, by id
Name = Callable[[Section], str]  #: what a section is called


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that is otherwise: ``place`` is "issue", "flash" or "item".

    ``what`` is new, gone, or which of title, link, text, topics and lead differ. ``section`` is empty where
    the number alone says which item it is.
    """

    place: str
    what: tuple[str, ...]
    number: str = ""
    title: str = ""
    section: str = ""


Placed = tuple[Section, Item]


def changes_of(
    old: Issue, new: Issue, cut: Cut, *, before: Numbers, after: Numbers, name: Name
) -> tuple[Change, ...]:
    """What a reader of this cut has otherwise now; ``before`` and ``after`` are the numbers of the items."""
    was, now = select(old, cut).issue, select(new, cut).issue
    alone = len(set(after.values())) == len(after) and len(set(before.values())) == len(before)

    def changed(placed: Placed, what: Sequence[str], numbers: Numbers) -> Change:
        section, item = placed
        return Change(
            place="item",
            what=tuple(what),
            number=numbers.get(item.id, ""),
            title=item.title or "",
            section="" if alone else name(section),
        )

    def items() -> Iterator[Change]:
        pairs, gone, added = _paired(_placed(was), _placed(now))
        for one, other in pairs:
            if what := tuple(_differences(one[1], other[1])):
                yield changed(other, what, after)
        yield from (changed(one, ("new",), after) for one in added)
        yield from (changed(one, ("gone",), before) for one in gone)

    return (*_of_issue(was, now), *_of_flash(was, now), *items())


def _of_issue(was: Issue, now: Issue) -> Iterator[Change]:
    if (was.title, was.date) != (now.title, now.date):
        yield Change(place="issue", what=("title",))
    if (was.lead, was.tagline, was.highlights) != (now.lead, now.tagline, now.highlights):
        yield Change(place="issue", what=("lead",))


def _of_flash(was: Issue, now: Issue) -> Iterator[Change]:
    told = [[(flash.subject, flash.text) for flash in issue.flash] for issue in (was, now)]
    if len(told[0]) != len(told[1]):
        yield Change(place="flash", what=("text",))
        return
    for number, (one, other) in enumerate(zip(*told, strict=True), start=1):
        if one != other:
            yield Change(place="flash", what=("text",), number=str(number))


def _placed(issue: Issue) -> list[Placed]:
    return [(section, item) for section in issue.sections for item in section.items]


def _paired(
    was: list[Placed], now: list[Placed]
) -> tuple[list[tuple[Placed, Placed]], list[Placed], list[Placed]]:
    """Items that are the same: by id, else by title, else by their places where as many are left."""
    pairs: list[tuple[Placed, Placed]] = []
    for same in (_by_id, _by_title):
        known = {same(one): one for one in was}
        found = [(known[same(other)], other) for other in now if same(other) in known]
        pairs += found
        was = [one for one in was if one not in (pair[0] for pair in found)]
        now = [one for one in now if one not in (pair[1] for pair in found)]
    if [one[0].slug for one in was] == [one[0].slug for one in now]:
        return [*pairs, *zip(was, now, strict=True)], [], []
    return pairs, was, now


def _by_id(one: Placed) -> object:
    return one[1].id


def _by_title(one: Placed) -> object:
    return one[0].slug, one[1].title or one[1].id


def _differences(one: Item, other: Item) -> Iterable[str]:
    if one.title != other.title:
        yield "title"
    if (one.url, one.links) != (other.url, other.links):
        yield "link"
    told = [(item.summary, item.source, item.tags, item.groups) for item in (one, other)]
    if told[0] != told[1]:
        yield "text"
    topics = [{match.slug for match in item.topics} for item in (one, other)]
    if topics[0] != topics[1] and told[0] == told[1] and one.title == other.title:
        yield "topics"

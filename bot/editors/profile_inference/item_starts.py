"""What an item begins with, where its title ends, and what belongs to it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.digest.parsing.items import ItemReader
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import SectionRows
from bot.digest.parsing.rows import Rows
from bot.digest.parsing.starts import begins_paragraph, starts_of
from bot.digest.profile import ItemHabit, ItemStart, Profile
from bot.editors.profile_inference.fitness import letters_of
from bot.editors.profile_inference.sample import Layout, changed, parts_of
from bot.model import Item

Issues = Sequence[Layout]
Parts = Sequence[Sequence[SectionRows]]

#: What is tried, in this order; of those that fit alike the first is taken. A deeper heading reads as a bold
#: line, and may be a link from end to end: what is said of it first is that it is a heading.
_TRIED = (ItemStart.BULLET, ItemStart.NUMBER, ItemStart.HEADING, ItemStart.BOLD, ItemStart.LINK)

_GAIN = 0.01  # by which a further kind of beginning must fit better
_BETTER = 0.02  # by which other beginnings than those of the draft must fit better
_SOURCES = ("|｜", "·", "—", "–")
_SOURCED = 0.4  # of the titles have a source
_LONGEST_SOURCE = 30
_FOLLOWED = 0.1  # of the bullets, or of the lists, have a paragraph below them


def habit_of(issues: Issues, draft: Profile) -> ItemHabit:
    """How the items of these issues look. What the draft says of them stays where it fits as well."""
    plain = changed(draft, items=draft.items.model_copy(update={"source": ""}))
    begin = _begin(issues, plain)
    if fit(issues, _beginning(plain, begin))[0] <= fit(issues, plain)[0] + _BETTER:
        begin = draft.items.begin
    found = _beginning(plain, begin)
    parts = parts_of(issues, found)
    titles = [item.title for item in _items(parts, found) if item.title]
    return ItemHabit(
        begin=begin,
        source=_marks(_source(titles), draft.items.source),
        paragraphs=_paragraphs_belong(parts, found.items),
    )


def fit(laid: Issues, profile: Profile) -> tuple[float, int]:
    """How well the sections of issues divide into items, from 0 to 1, and into how many.

    Text should stand inside items, titles should be links, and one that comes again in
    another issue is no title of an item. A section in which none begins is text.
    """
    parts = parts_of(laid, profile)
    divided = [[part for part in issue if starts_of(part.rows, profile.items.begin).habit] for issue in parts]
    issues = [list(_items([issue], profile)) for issue in divided]
    titled = [item for issue in issues for item in issue if item.title]
    letters = sum(len(row.text) for issue in parts for part in issue for row in part.rows)
    if not titled:
        return 0.0, 0
    times = Counter(title for issue in issues for title in {item.title for item in issue})
    distinct = sum(times[item.title] == 1 for item in titled) / len(titled)
    linked = sum(bool(item.url) for item in titled) / len(titled)
    share = sum(map(letters_of, titled)) / letters
    return share * distinct * (1 + linked) / 2, len(titled)


def _begin(issues: Issues, draft: Profile) -> tuple[ItemStart, ...]:
    """Beginnings in the order in which they fit best, each for what it adds to those before.

    Of orders that fit alike the one with the most items is taken: it merges none.
    """
    best: tuple[ItemStart, ...] = ()
    reached = 0.0
    while True:
        tried = {order: fit(issues, _beginning(draft, order)) for order in _one_more(best)}
        order = max(tried, key=lambda order: (round(tried[order][0], 2), tried[order][1]), default=best)
        if not tried or tried[order][0] < reached + _GAIN:
            return best or draft.items.begin
        best, reached = order, tried[order][0]


def _one_more(order: tuple[ItemStart, ...]) -> Iterator[tuple[ItemStart, ...]]:
    for start in _TRIED:
        if start not in order:
            for place in range(len(order), -1, -1):
                yield (*order[:place], start, *order[place:])


def _beginning(draft: Profile, order: tuple[ItemStart, ...]) -> Profile:
    return changed(draft, items=draft.items.model_copy(update={"begin": order}))


def _items(parts: Parts, profile: Profile) -> Iterator[Item]:
    reader = ItemReader(profile, Notes())
    return (item for issue in parts for part in issue for item in reader.read(part))


def _marks(found: str, known: str) -> str:
    return known if found and set(found) <= set(known) else found


def _source(titles: Sequence[str]) -> str:
    """The marks with something short behind them in many titles; none if no mark is."""
    for marks in _SOURCES:
        sourced = sum(_ends_in_source(title, marks) for title in titles)
        if sourced > _SOURCED * len(titles):
            return marks
    return ""


def _ends_in_source(title: str, marks: str) -> bool:
    last = max(title.rfind(mark) for mark in marks)
    source, rest = title[last + 1 :].strip(), title[: max(last, 0)].strip()
    return last > 0 and 0 < len(source) <= min(_LONGEST_SOURCE, len(rest))


def _paragraphs_belong(parts: Parts, habit: ItemHabit) -> bool:
    """Whether a paragraph below a bullet belongs to it: not if such stand behind last bullets alone.

    Where none stand anywhere the habit stays.
    """
    between, behind, inner, sections = 0, 0, 0, 0
    for part in (part for issue in parts for part in issue):
        starts = starts_of(part.rows, habit.begin)
        if starts.habit is ItemStart.BULLET:
            *others, last = _followed(part.rows, sorted(starts.places))
            inner += len(others)
            between += sum(others)
            behind += last
            sections += 1
    if between > _FOLLOWED * inner:
        return True
    return habit.paragraphs and behind <= _FOLLOWED * sections


def _followed(rows: Rows, places: Sequence[int]) -> list[bool]:
    """Of each item, whether a paragraph at the margin stands below its first row."""
    ends = (*places[1:], len(rows))
    return [
        any(map(begins_paragraph, rows[place + 1 : end])) for place, end in zip(places, ends, strict=True)
    ]

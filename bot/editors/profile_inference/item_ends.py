"""What an item begins with, where its title ends, and what belongs to it."""

from collections.abc import Iterator, Sequence

from bot.digest.habits import ItemHabit, ItemStart
from bot.digest.parsing.items import ItemReader
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.opening_lines import begins_paragraph
from bot.digest.parsing.outline import SectionRows
from bot.digest.parsing.rows import Rows
from bot.digest.parsing.starts import starts_of
from bot.digest.profile import Profile
from bot.editors.profile_inference.sample import Layout, parts_of
from bot.model import Item

Issues = Sequence[Layout]
Parts = Sequence[Sequence[SectionRows]]

_SOURCES = ("|｜", "·", "—", "–")
_SOURCED = 0.4  # of the titles have a source
_LONGEST_SOURCE = 30
_FOLLOWED = 0.1  # of the bullets, or of the lists, have a paragraph below them


def habit_of(issues: Sequence[Layout], draft: Profile) -> ItemHabit:
    """How the items of these issues look, whose beginnings the draft says."""
    parts = parts_of(issues, draft)
    titles = [item.title for item in _items(parts, draft) if item.title]
    return ItemHabit(
        begin=draft.items.begin, source=_source(titles), paragraphs=_paragraphs_belong(parts, draft.items)
    )


def _items(parts: Parts, profile: Profile) -> Iterator[Item]:
    reader = ItemReader(profile, Notes())
    return (item for issue in parts for part in issue for item in reader.read(part))


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

"""An issue that lost its Markdown on the way: no headings, and items glued to the line before by " - ".

What is left tells enough: the lead announces the sections in their order, as in
``【新闻】…；【论文】…``, and a line above labelled fields is an item's title. Which
section an item belongs to follows from the order and from the words that its title
shares with what the lead says of each.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.digest.parsing.edges import stripped, text_of, without_end, without_start
from bot.digest.parsing.labels import Labels
from bot.digest.parsing.notes import Notes
from bot.digest.parsing.outline import Outline, SectionRows
from bot.digest.parsing.rows import Row, RowKind, Rows, bold
from bot.digest.profile import Profile

_ANNOUNCED = re.compile(r"[【「『](?P<heading>[^【】「」『』]{1,20})[】」』]")
_FEWEST_SECTIONS = 2
_FEWEST_ITEMS = 2
_GLUE = re.compile(r"(?<!\s)\s{1,4}[-–—]\s{1,4}")
_SENTENCE_END = tuple("。！？；!?;.…”」』)）")
_WORD = re.compile(r"[a-z0-9][a-z0-9.+-]*[a-z0-9]|[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Announced:
    """A section as the lead announces it."""

    slug: str
    heading: str
    words: frozenset[str]


def restored(rows: Sequence[Row], profile: Profile, notes: Notes) -> Outline | None:
    """The outline of a flattened issue; None where this is none."""
    labels = Labels(profile.labels)
    unglued = tuple(_unglued(rows, labels))
    starts = [place for place, row in enumerate(unglued) if _begins_item(unglued, place, labels)]
    if len(starts) < _FEWEST_ITEMS or any(row.level > 1 for row in rows):
        return None
    above = unglued[: starts[0]]
    lead = next((row for row in above if len(_announced(row.text, profile)) >= _FEWEST_SECTIONS), None)
    notes.add("flattened", lead.number if lead else unglued[starts[0]].number)
    ends = [*starts[1:], len(unglued)]
    items = [_item(unglued[start:end], profile, notes) for start, end in zip(starts, ends, strict=True)]
    sections = _announced(lead.text, profile) if lead else (_unnamed(profile),)
    return Outline(
        title=next((row for row in above if row.level), None),
        head=tuple(_head((row for row in above if not row.level), lead, profile, notes)),
        sections=tuple(_parts(items, sections, labels, profile)),
    )


def _unnamed(profile: Profile) -> _Announced:
    """The section of all items where the lead announces none."""
    other = profile.sections.get("other")
    heading = other.names.get(profile.language, "") if other else profile.name
    return _Announced(slug="other", heading=heading, words=frozenset())


def _announced(text: str, profile: Profile) -> tuple[_Announced, ...]:
    """The sections that a text announces, each with the words up to the next."""
    found = [one for one in _ANNOUNCED.finditer(text) if profile.section_slug(one["heading"])]
    ends = [*(one.start() for one in found[1:]), len(text)][: len(found)]
    return tuple(
        _Announced(
            slug=profile.section_slug(one["heading"]) or "other",
            heading=one["heading"],
            words=_words(text[one.end() : end]),
        )
        for one, end in zip(found, ends, strict=True)
    )


def _unglued(rows: Sequence[Row], labels: Labels) -> Iterator[Row]:
    """The rows; one that ends in the title of the next item becomes two."""
    for place, row in enumerate(rows):
        cut = _glue(row) if labels.lead_to_summary(rows, place + 1) else None
        if cut is None:
            yield row
            continue
        yield row._replace(spans=stripped(without_end(row.spans, len(text_of(row.spans)) - cut.start())))
        spans = stripped(without_start(row.spans, cut.end()))
        yield row._replace(kind=RowKind.BULLET, marker="•", depth=1, spans=spans, opens=True)


def _glue(row: Row) -> re.Match[str] | None:
    """The dash that glues a title to a text: the last one behind a sentence, or the last of all in a text."""
    text = text_of(row.spans)
    dashes = list(_GLUE.finditer(text))
    behind = [dash for dash in dashes if text[dash.start() - 1 : dash.start()] in _SENTENCE_END]
    if behind or row.kind is RowKind.BULLET:
        return behind[-1] if behind else None
    return dashes[-1] if dashes else None


def _begins_item(rows: Rows, place: int, labels: Labels) -> bool:
    row = rows[place]
    return not row.level and labels.read(row) is None and labels.lead_to_summary(rows, place + 1)


def _head(rows: Iterable[Row], lead: Row | None, profile: Profile, notes: Notes) -> Iterator[Row]:
    """What stands before the first item; the line above the lead was bold once."""
    for row in rows:
        if lead and row.number < lead.number:
            yield bold(row)
        elif rule := profile.left_out_line(row.text):
            notes.leave_out(row.number, row.spans, rule)
        else:
            yield row


def _item(rows: Rows, profile: Profile, notes: Notes) -> Rows:
    """The rows of an item: its bullets belong to it, and a note at its end is not of it."""
    first, *following = rows
    rules = [profile.left_out_line(row.text) for row in following]
    noted = next((place for place, rule in enumerate(rules) if rule), len(rules))
    for row in following[noted:]:
        notes.leave_out(row.number, row.spans, rules[noted] or "")
    inner = (row._replace(depth=row.depth + 1) if row.depth else row for row in following[:noted])
    return first._replace(kind=RowKind.BULLET, marker="•", depth=1), *inner


def _parts(
    items: Sequence[Rows], sections: Sequence[_Announced], labels: Labels, profile: Profile
) -> Iterator[SectionRows]:
    places = _assigned([_likeness(item, sections, labels, profile) for item in items])
    for place, section in enumerate(sections):
        own = [item for item, assigned in zip(items, places, strict=True) if assigned == place]
        rows = tuple(row for item in own for row in item)
        line = rows[0].number if rows else items[-1][0].number
        yield SectionRows(slug=section.slug, heading=section.heading, line=line, rows=rows)


def _likeness(
    item: Rows, sections: Sequence[_Announced], labels: Labels, profile: Profile
) -> tuple[float, ...]:
    """How well an item goes with each section: rare words that they share, and labels that are headings."""
    known = Counter(word for section in sections for word in section.words)
    words = _words(item[0].text)
    found = (labels.read(row) for row in item[1:])
    hinted = {profile.section_slug(one.label) for one in found if one is not None}
    return tuple(
        sum(1 / known[word] for word in words & section.words) + (section.slug in hinted)
        for section in sections
    )


def _assigned(likeness: Sequence[Sequence[float]]) -> tuple[int, ...]:
    """The section of each item, never going back, that together go best."""
    scores: Sequence[float] = [0.0]
    steps: list[list[int]] = []
    for row in likeness:
        before = [
            max(range(min(place + 1, len(scores))), key=scores.__getitem__) for place in range(len(row))
        ]
        scores = [scores[came] + row[place] for place, came in enumerate(before)]
        steps.append(before)
    place = max(range(len(scores)), key=lambda one: (scores[one], one))
    path = [place]
    for before in reversed(steps[1:]):
        place = before[place]
        path.append(place)
    return tuple(reversed(path))


def _words(text: str) -> frozenset[str]:
    """Latin words whole, Chinese ones as pairs of characters."""
    words: set[str] = set()
    for run in _WORD.findall(text.lower()):
        words.update([run] if run.isascii() else (run[at : at + 2] for at in range(len(run) - 1)))
    return frozenset(words)

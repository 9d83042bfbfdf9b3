"""An issue as one message: its titles, each linked, and a button a section that unfolds it in place.

============ ======================================================================================
face         shows
============ ======================================================================================
folded       what is to say of the issue, and the titles of each section; in pages if they are many
unfolded     the same with a section in place of its titles, if all of it fits into the message;
             else that section by itself, in pages
============ ======================================================================================

A face's buttons lead to the others: ``at:<issue slug>:<number>``, 0 for the message as it was sent. They say
what is to be seen and not what is to change, so that a second tap changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.messages import limits
from bot.messages.chapters import Chapter, Headers, messages_of, part_name
from bot.messages.limits import size
from bot.messages.marks import Mark
from bot.messages.markup import Marked, join, parse
from bot.messages.message import Button, Buttons, Message
from bot.messages.splitter import SEPARATOR, pack
from bot.messages.templating import clipped

_MOST_BUTTONS = 40  # sections with a button each; of more, several share one
_A_ROW = 2
_LABEL = 20  # characters of a heading on a button
_FOLDED, _OPEN = "▸", "▾"


def face_data(issue_slug: str, number: int) -> str:
    """What the button of a face sends back: at most 64 bytes, however long the slug."""
    return f"at:{issue_slug}:{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """A chapter, its titles under their heading, and how many entries it has."""

    chapter: Chapter
    titles: Marked
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What one face shows; ``fold`` is the place of what is unfolded on it, None if nothing is."""

    name: str
    body: Marked
    marks: tuple[Mark, ...] = ()
    fold: int | None = None
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OneMessage:
    """Makes the message of an issue. ``head`` stands above all, ``title`` above a section by itself."""

    issue_slug: str
    name: str
    head: Marked
    title: Marked
    headers: Headers
    foot: Buttons = ()

    def of(self, folds: Sequence[Fold], *, silent: bool) -> Message:
        """The message with all of its faces."""
        shared = tuple(_shared(folds))
        pages = (*self._folded(shared), *chain.from_iterable(self._unfolded(shared)))
        made = [
            Message(
                page.body.html(),
                self._buttons(shared, pages, number),
                silent=silent,
                name=page.name,
                marks=page.marks,
            )
            for number, page in enumerate(pages)
        ]
        return replace(made[0], unfolded=tuple(made[1:]))

    def _folded(self, folds: Sequence[tuple[Fold, ...]]) -> list[_Page]:
        blocks = (self.head, *(fold.titles for group in folds for fold in group))
        bodies = [piece.marked for piece in pack(blocks, limits.MESSAGE)]
        return [
            _Page(name=part_name(self.name, part), body=body, part=part, parts=len(bodies))
            for part, body in enumerate(bodies, start=1)
        ]

    def _unfolded(self, folds: Sequence[tuple[Fold, ...]]) -> Iterator[list[_Page]]:
        for place, group in enumerate(folds):
            chapters = [fold.chapter for fold in group]
            alone = messages_of(chapters, self.headers, preface=self.title)
            whole = self._in_place(folds, place)
            if whole is not None:
                name, marks = chapters[0].name, tuple(chain.from_iterable(one.marks for one in alone))
                yield [_Page(name=name, body=whole, marks=marks, fold=place)]
                continue
            yield [
                _Page(
                    name=part_name(chapters[0].name, part),
                    body=parse(one.html),
                    marks=one.marks,
                    fold=place,
                    part=part,
                    parts=len(alone),
                )
                for part, one in enumerate(alone, start=1)
            ]

    def _in_place(self, folds: Sequence[tuple[Fold, ...]], place: int) -> Marked | None:
        """All titles, with one group whole in place of its own; None if that is too much for a message."""
        blocks = [self.head]
        for at, group in enumerate(folds):
            if at != place:
                blocks += [fold.titles for fold in group]
                continue
            pieces = messages_of([fold.chapter for fold in group], self.headers)
            if len(pieces) > 1:
                return None
            blocks += [parse(piece.html) for piece in pieces]
        whole = join(SEPARATOR, blocks)
        return whole if size(whole).fits(limits.MESSAGE) else None

    def _buttons(self, folds: Sequence[tuple[Fold, ...]], pages: Sequence[_Page], number: int) -> Buttons:
        shown = pages[number]
        firsts = {page.fold: at for at, page in reversed(list(enumerate(pages)))}
        buttons = [
            self._button(0 if place == shown.fold else firsts[place], _label(group, place == shown.fold))
            for place, group in enumerate(folds)
        ]
        rows = [tuple(buttons[at : at + _A_ROW]) for at in range(0, len(buttons), _A_ROW)]
        turns = tuple(self._turns(shown, number))
        return (*((turns,) if turns else ()), *rows, *self.foot)

    def _turns(self, shown: _Page, number: int) -> Iterator[Button]:
        if shown.part > 1:
            yield self._button(number - 1, f"◂ {shown.part - 1}/{shown.parts}")
        if shown.part < shown.parts:
            yield self._button(number + 1, f"{shown.part + 1}/{shown.parts} ▸")

    def _button(self, number: int, label: str) -> Button:
        return Button(label, data=face_data(self.issue_slug, number))


def _shared(folds: Sequence[Fold]) -> Iterator[tuple[Fold, ...]]:
    """The folds, each by itself; as many together as it takes for a keyboard that Telegram takes."""
    each = -(-len(folds) // _MOST_BUTTONS) or 1
    return (tuple(folds[at : at + each]) for at in range(0, len(folds), each))


def _label(group: Sequence[Fold], is_open: bool) -> str:  # noqa: FBT001  # private, its caller's expression
    first, count = group[0].chapter.heading, sum(fold.count for fold in group)
    more = " …" if len(group) > 1 else ""
    return f"{_OPEN if is_open else _FOLDED} {clipped(first, _LABEL)}{more}" + (f" {count}" if count else "")

"""An issue as a rich message: a contents that jumps, and a fold a section; as many messages as it needs.

All of the issue is told, as in full: titles, summaries, quotes, code, and tables as tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.messages.chapters import Headings, part_name
from bot.messages.labelled_lines import told_in
from bot.messages.limits import Size
from bot.messages.markup import Kind, Marked, clean, escape
from bot.messages.message import Buttons, Message
from bot.messages.numbering import counted
from bot.messages.pictures import as_links
from bot.messages.rich import BLOCKS, marked_line, tables
from bot.messages.rich_blocks import Block, Fold, Quote, Table, Text, blocks_of, paragraphs
from bot.messages.rich_check import MOST_COLUMNS
from bot.messages.section_chapters import SectionChapters, before_flash
from bot.messages.splitter import pack
from bot.messages.tables import table
from bot.messages.titles import shown_summary
from bot.model import Issue, Item, LineKind, RichText, Section

RICH = "rich"

#: Of 32,768 characters and 500 blocks some stay spare.
_LENGTH, _COUNT = 32_000, 480
_PIECE = Size(length=8_000, entities=10**6, entity_bytes=10**9, raw_bytes=10**9)


class RichEdition:
    """Makes the messages of an issue from its ``head``, which is what is said of the whole."""

    def __init__(self, made: SectionChapters, *, picture: str) -> None:
        self._made = made
        self._picture = picture

    def messages(self, issue: Issue, head: Marked, *, silent: bool, buttons: Buttons) -> tuple[Message, ...]:
        """In order; the first makes a sound, the last has the buttons."""
        title, *about = blocks_of(head)
        first = [Text("h1", title.marked) if isinstance(title, Text) else title, *about]
        folds = list(self._folds(issue))
        parts = _packed(first, [fold for whole in folds for fold in _cut(whole)])
        last = len(parts) - 1
        return tuple(
            Message(
                html,
                buttons if number == last else (),
                silent=silent or number > 0,
                name=part_name(RICH, number + 1),
                rich=True,
            )
            for number, html in enumerate(parts)
        )

    def _folds(self, issue: Issue) -> Iterator[Fold]:
        sections: list[Section | None] = list(issue.sections)
        sections.insert(before_flash(issue), None)
        for number, (section, chapter) in enumerate(
            zip(sections, self._made.of(issue), strict=True), start=1
        ):
            if not chapter.blocks:
                continue
            blocks = self._flash(issue) if section is None else self._items(section)
            yield Fold(
                anchor=f"s{number}",
                heading=tuple(_headings(chapter.above, chapter.heading)),
                summary=str(len(chapter.blocks)),
                blocks=tuple(blocks),
            )

    def _flash(self, issue: Issue) -> Iterator[Block]:
        for flash in issue.flash:
            subject = _plain(flash.subject).within(Kind.BOLD) if flash.subject else None
            yield from paragraphs(subject, "h4") if subject else ()
            yield from self._summary(flash.text)

    def _items(self, section: Section) -> Iterator[Block]:
        for groups, items in groupby(self._made.numbered(section), key=lambda one: one[0].groups):
            for group in groups:
                yield from paragraphs(_plain(group), "h3")
            for item, number in items:
                yield from self._item(item, number)

    def _item(self, item: Item, number: str | None) -> Iterator[Block]:
        shown = shown_summary(item)
        told = told_in((link for link in item.links if link.url != item.url), shown)
        head = list(paragraphs(self._made.head(replace(item, links=told.links), number)))
        if number and head:
            yield Text("h4", head.pop(0).marked)
        tags = [head.pop()] if item.topics and head and head[-1].marked.text.startswith("#") else []
        yield from head
        yield from self._summary(told.text)
        yield from tags

    def _summary(self, text: RichText) -> Iterator[Block]:
        lines = as_links(tuple(counted(text)), self._picture)
        for kind, group in groupby(lines, key=lambda line: BLOCKS.get(line.kind)):
            found = list(group)
            match kind:
                case LineKind.ROW:
                    for head, rows in tables(found):
                        yield from _table(head, rows)
                case LineKind.CODE:
                    yield from blocks_of(_plain("\n".join(line.text for line in found)).within(Kind.PRE))
                case LineKind.QUOTE:
                    quoted = tuple(text for line in found for text in paragraphs(marked_line(line)))
                    if quoted:
                        yield Quote(quoted)
                case _:
                    for line in found:
                        yield from paragraphs(marked_line(line))


def _plain(text: str) -> Marked:
    return Marked(clean(text))


def _headings(above: Headings, heading: str) -> Iterator[Text]:
    for one in above:
        yield from paragraphs(_plain(one), "h2")
    yield from paragraphs(_plain(heading), "h3" if above else "h2")


def _table(head: tuple[Marked, ...], rows: Sequence[tuple[Marked, ...]]) -> Iterator[Block]:
    shown = tuple(row for row in rows if any(cell.text for cell in row))
    if max((len(row) for row in (head, *shown)), default=0) > MOST_COLUMNS:
        yield from blocks_of(table(head, rows))
    elif head or shown:
        yield Table(head, shown)


def _cut(fold: Fold) -> Iterator[Fold]:
    """The fold, in pieces if it is too long for a message."""
    held: list[Block] = []
    number = 1
    for block in _short(fold.blocks):
        grown = fold.holding((*held, block), fold.anchor)
        if held and (grown.length > _LENGTH or grown.count > _COUNT):
            yield fold.holding(tuple(held), f"{fold.anchor}-{number}")
            held, number = [], number + 1
        held.append(block)
    yield fold.holding(tuple(held), f"{fold.anchor}-{number}")


def _short(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those that are too long for a message in pieces."""
    for block in blocks:
        if block.length <= _PIECE.length and block.count <= _COUNT:
            yield block
        elif isinstance(block, Table):
            yield from (Table(block.head, (row,)) for row in block.rows)
        elif isinstance(block, Quote):
            yield from (Quote((line,)) for line in block.lines)
        else:
            marked = block.marked if isinstance(block, Text) else Marked(block.text)
            for piece in pack((marked,), _PIECE):
                yield from paragraphs(piece.marked)


def _packed(head: Sequence[Block], folds: Sequence[Fold]) -> list[str]:
    """The HTML of each message: folds that fit together, below the contents of them."""
    groups: list[list[Fold]] = [[]]
    length, count = sum(one.length for one in head), sum(one.count for one in head) + 1
    for fold in folds:
        named = sum(one.length for one in fold.heading)
        more, blocks = fold.length + named, fold.count + 1
        if groups[-1] and (length + more > _LENGTH or count + blocks > _COUNT):
            groups.append([])
            length, count = 0, 1
        groups[-1].append(fold)
        length, count = length + more, count + blocks
    begun = "".join(block.html for block in head)
    return [
        (begun if at == 0 else "") + _jumps(group) + "".join(fold.html for fold in group)
        for at, group in enumerate(groups)
    ]


def _jumps(folds: Sequence[Fold]) -> str:
    """A line for each fold, which leads to it."""
    if len(folds) < 2:  # there is nothing to choose
        return ""
    return "".join(
        f'<p><a href="#{fold.anchor}">{escape(fold.heading[-1].marked.text)}</a> {escape(fold.summary)}</p>'
        for fold in folds
        if fold.heading
    )


def rich_sample(words: Marked) -> Message:
    """What readers are shown before they choose rich messages, of eight lines of words."""
    title, about, heading, summary, *cells = (text.marked for text in paragraphs(words))
    table = Table(tuple(cells[:2]), (tuple(cells[2:]),))
    fold = Fold(anchor="s1", heading=(Text("h2", heading),), summary=summary.text, blocks=(table,))
    jump = f'<p><a href="#s1">{escape(heading.text)}</a></p>'
    return Message(Text("h1", title).html + Text("p", about).html + jump + fold.html, silent=True, rich=True)

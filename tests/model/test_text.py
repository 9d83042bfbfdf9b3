"""Styled text: its plain reading, and the cells of a table's line."""

from bot.model import CELL_BREAK, Line, LineKind, Span, plain


def test_only_the_break_divides_a_line_into_cells_not_what_reads_like_it() -> None:
    bar, c = Span(text=" | "), Span(text="c")
    line = Line(spans=(bar, CELL_BREAK, c, CELL_BREAK), kind=LineKind.ROW)
    assert line.cells == ((bar,), (c,), ())
    assert plain((line,)) == " |  | c | "

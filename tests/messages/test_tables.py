"""A table can be read on a phone, whatever its size."""

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.rich import rich
from bot.model import CELL_BREAK, Line, LineKind, RichText, Span
from tests.telegram_judge import judge_html

Cell = str | Span


def row(*cells: Cell, kind: LineKind = LineKind.ROW) -> RichText:
    spans: list[Span] = []
    for cell in cells:
        spans += (CELL_BREAK, cell) if isinstance(cell, Span) else (CELL_BREAK, Span(text=cell))
    return (Line(spans=tuple(span for span in spans[1:] if span.text), kind=kind),)


def head(*cells: Cell) -> RichText:
    return row(*cells, kind=LineKind.HEAD)


def test_a_small_table_stands_in_columns_under_a_rule() -> None:
    text = (*head("chip", "TOPS"), *row("A17", "35"), *row("XU4 mini", "2"))
    assert rich(text).html() == "<pre>chip      TOPS\n--------------\nA17       35\nXU4 mini  2</pre>"


def test_columns_are_filled_with_chinese_blanks_where_cells_are_chinese() -> None:
    """Two narrow blanks are wider than one Chinese character on a phone; a Chinese blank is just as wide."""
    text = (*head("模型", "精度"), *row("小网", "71"), *row("net", "2"))
    assert rich(text).text == "模型     精度\n-----------\n小网     71\nnet\u3000\u3000  2"


def test_a_table_of_two_columns_too_wide_for_a_line_is_a_list_of_pairs() -> None:
    text = (*head("参数", "意义"), *row("--bits", "每个权重用几个比特来表示，默认是八个"), *row("-v", ""))
    assert rich(text).html() == ("<b>参数 · 意义</b>\n• --bits: 每个权重用几个比特来表示，默认是八个\n• -v")


def test_a_wide_table_is_told_row_by_row_each_cell_with_its_head() -> None:
    text = (
        *head("模型", "精度", "延迟 / ms", ""),
        *row("MobileNetV2 1.4x", "71.8", "5.1", "移动端常用的网络"),
        *row("小网", "", "3"),
    )
    assert rich(text).html() == (
        "<b>模型</b>\n"
        "• <b>MobileNetV2 1.4x</b>\n精度：71.8 · 延迟 / ms：5.1 · 移动端常用的网络\n"
        "• <b>小网</b>\n延迟 / ms：3"
    )


def test_links_in_a_table_stay_links() -> None:
    text = (*head("a", "b"), *row(Span(text="x", url="https://a.com"), "1"))
    assert rich(text).html() == '<b>a · b</b>\n• <a href="https://a.com">x</a>: 1'


def test_each_head_begins_a_table_and_rows_may_have_none() -> None:
    text = (*row("1", "2"), *head("a"), *row("3"), *head("b"), *row("4"))
    assert rich(text).html() == "<pre>1  2</pre>\n<pre>a\n-\n3</pre>\n<pre>b\n-\n4</pre>"


def test_empty_tables_leave_nothing() -> None:
    assert rich(row("", "")).text == rich((*head("", ""), *row("", ""))).text == ""


cells = st.text(alphabet="量化ab1 ，.\u3000", max_size=9)
tables = st.lists(st.lists(cells, min_size=1, max_size=5), min_size=2, max_size=5)


@given(tables)
def test_no_cell_of_a_row_is_lost(table: list[list[str]]) -> None:
    names, *rows = table
    marked = rich((*head(*names), *(line for cells in rows for line in row(*cells))))
    judge_html(marked.html())
    for cell in (cell for cells in rows for cell in cells):
        assert cell.strip() in marked.text


def test_the_head_of_a_column_without_cells_is_told() -> None:
    wide = "a very long cell that makes columns too wide for any phone, whatever its make"
    text = (*head("name", "what", "where", "when"), *row(wide, wide, wide, ""))
    assert all(word in rich(text).text for word in ("name", "what", "where", "when"))

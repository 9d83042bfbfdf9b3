"""Styled lines look right on a phone."""

from hypothesis import example, given

from bot.messages.limits import MESSAGE, size
from bot.messages.markup import clean, visible
from bot.messages.rich import rich
from bot.model import CELL_BREAK, Line, LineKind, RichText, Span, Style
from tests.messages.strategies import rich_texts
from tests.telegram_judge import judge_html


def line(text: str, kind: LineKind = LineKind.TEXT, depth: int = 0, marker: str = "") -> Line:
    return Line(spans=(Span(text=text),), kind=kind, depth=depth, marker=marker)


def span(text: str, *styles: Style, url: str | None = None) -> RichText:
    return (Line(spans=(Span(text=text, styles=frozenset(styles), url=url),)),)


def test_lists_are_indented_by_depth() -> None:
    text = (
        line("一", LineKind.BULLET, 1, "•"),
        line("续", depth=1),
        line("二", LineKind.BULLET, 2, "•"),
        line("三", LineKind.BULLET, 3, "•"),
        line("四", LineKind.NUMBER, 1, "4."),
        line("五", LineKind.NUMBER, 2, "1)"),
    )
    assert rich(text).text == "• 一\n\u2003续\n\u2003◦ 二\n\u2003\u2003▪ 三\n4. 四\n\u20031) 五"


def test_numbers_that_repeat_are_counted_on_as_markdown_does() -> None:
    one, two = (LineKind.NUMBER, 1, "1."), (LineKind.NUMBER, 2, "1)")
    text = (
        line("一", *one),
        line("甲", *two),
        line("乙", *two),
        line("code", LineKind.CODE),
        line("二", *one),
        line("甲", *two),
        line("续", depth=1),
        line("三", *one),
        line("别的"),
        line("一", *one),
        line("三", LineKind.NUMBER, 1, "3."),
    )
    numbers = [shown.split()[0] for shown in rich(text).text.splitlines()]
    assert numbers == ["1.", "1)", "2)", "code", "2.", "1)", "续", "3.", "别的", "1.", "3."]


def test_numbers_that_an_editor_counted_stay_as_written() -> None:
    text = tuple(line(marker, LineKind.NUMBER, 1, marker) for marker in ("1.", "2.", "2.", "4.", "1."))
    assert [shown.split()[0] for shown in rich(text).text.splitlines()] == ["1.", "2.", "2.", "4.", "1."]


def test_code_lines_stand_together_and_quoted_lines_too() -> None:
    text = (
        line("前"),
        line("a <b>", LineKind.CODE),
        line("  c", LineKind.CODE),
        line("引", LineKind.QUOTE),
        line("文", LineKind.QUOTE),
        line("后"),
    )
    assert rich(text).html() == "前\n<pre>a &lt;b&gt;\n  c</pre>\n<blockquote>引\n文</blockquote>\n后"
    assert rich(text, quoted=True).html() == "前\n<pre>a &lt;b&gt;\n  c</pre>\n│ 引\n│ 文\n后"


def test_styles_and_links_become_entities() -> None:
    url = "https://a.com/?a=1&b=_2_"
    assert rich(span("x", Style.BOLD, Style.ITALIC)).html() == "<i><b>x</b></i>"
    assert rich(span("x", Style.CODE, Style.BOLD)).html() == "<code>x</code>"
    assert rich(span("x", Style.CODE, url=url)).html() == '<a href="https://a.com/?a=1&amp;b=_2_">x</a>'


def test_a_link_that_telegram_would_drop_stays_as_text() -> None:
    for url in ("mailto:a@b.cn", "/x", "javascript:alert(1)", "http://localhost"):
        assert rich(span("x", Style.BOLD, url=url)).html() == "<b>x</b>"


def test_an_address_glued_to_chinese_text_is_linked_without_it() -> None:
    assert rich(span("见https://a.com/b。好")).html() == '见<a href="https://a.com/b">https://a.com/b</a>。好'


def test_blank_lines_at_the_ends_go_and_of_several_one_stays() -> None:
    text = tuple(map(line, ("", "一", "", "", "二", "")))
    assert rich(text).text == "一\n\n二"


@example((line("$A:" * 101),))  # more than a message may hold
@given(rich_texts)
def test_any_text_is_read_by_telegram_as_we_mean_it_and_loses_nothing(text: RichText) -> None:
    marked = rich(text)
    if size(marked).fits(MESSAGE):
        judge_html(marked.html())
    for shown in text:
        for span in shown.spans:
            if visible(span.text) and span != CELL_BREAK and shown.kind is not LineKind.HEAD:
                assert clean(span.text).strip() in marked.text

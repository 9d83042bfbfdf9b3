"""Our reading of Telegram's HTML is Telegram's own, or a refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InvalidMessage
from bot.messages.markup import Entity, Kind, Marked, clean, join, parse, visible
from tests.messages.strategies import marked_texts
from tests.telegram_judge import judge_html, settled, telegram_parse


@pytest.mark.parametrize(
    "html",
    [
        "<b>a</b> <i>b</i> <u>c</u> <s>d</s> <tg-spoiler>e</tg-spoiler> <code>f</code>",
        "<strong>a</strong><em>b</em><ins>c</ins><del>d</del><strike>e</strike>",
        "<pre>a\n b</pre>\n<blockquote>c</blockquote>\n<blockquote expandable>d<b>e</b></blockquote>",
        '<b><a href="https://a.com/?x=1&amp;y=&quot;2&quot;">t</a> u</b>',
        "&lt;&gt;&amp;&quot; &#65;&#x42; &nbsp; &amp &unknown; &",
        "<B>a</B> 👩‍👩‍👧 <b>🇨🇳</b>x",
        "<b></b>a > b",
    ],
)
def test_text_and_entities_are_what_telegram_reads(html: str) -> None:
    judge_html(html)


@pytest.mark.parametrize(
    "html",
    [
        "<br>",
        "<p>x</p>",
        "<!-- x -->",
        "a < b",
        "<b>a",
        "a</b>",
        "<b>a</i>",
        "<b><i>a</b></i>",
        "<a href=https://a.com>x</a>",
    ],
)
def test_what_telegram_refuses_is_refused(html: str) -> None:
    with pytest.raises(InvalidMessage):
        parse(html)
    assert telegram_parse(html)["@type"] == "error"


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x">a</a>',
        '<a href="mailto:a@b.cn">a</a>',
        "<a>a.com</a>",
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
        "<code><b>x</b></code>",
        '<a href="https://a.com"><code>x</code></a>',
        "a\x01b",
        "a&#1;b",
        "a\u202eb",
        "a\ud800b",
    ],
)
def test_what_telegram_would_change_without_a_word_is_refused(html: str) -> None:
    with pytest.raises(InvalidMessage):
        parse(html)


SOUP = st.lists(
    st.sampled_from(
        [
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<code>",
            "</code>",
            '<a href="https://a.com">',
            "</a>",
            "<pre>",
            "</pre>",
            "<blockquote>",
            "</blockquote>",
            "<blockquote expandable>",
            "&lt;",
            "&amp",
            "&#65;",
            "&#0;",
            "<",
            ">",
            "&",
            "x",
            "量",
            "\n",
            "🇨🇳",
        ]
    ),
    max_size=10,
).map("".join)


@given(SOUP)
def test_whatever_is_not_refused_reads_as_telegram_reads_it(html: str) -> None:
    try:
        parse(html)
    except InvalidMessage:
        return
    judge_html(html)


@given(marked_texts())
def test_html_and_back_is_the_same(marked: Marked) -> None:
    assert parse(marked.html()) == marked
    judge_html(marked.html())


@given(marked_texts(), st.integers(0, 60))
def test_two_halves_hold_the_whole_and_both_are_balanced(marked: Marked, at: int) -> None:
    front, back = marked.cut(0, at), marked.cut(at)
    assert front.text + back.text == marked.text
    judge_html(front.html())
    judge_html(back.html())


@given(marked_texts(), marked_texts())
def test_joining_keeps_the_entities_of_both(left: Marked, right: Marked) -> None:
    whole = join("\n\n", (left, right))
    assert whole.html() == f"{left.html()}\n\n{right.html()}"
    assert whole.cut(len(left) + 2) == right


def test_stripping_shortens_the_entities_at_the_ends() -> None:
    marked = Marked(" a \n", (Entity(Kind.BOLD, 0, 4),))
    assert marked.strip() == Marked("a", (Entity(Kind.BOLD, 0, 1),))


@given(st.text())
def test_cleaned_text_is_never_refused(text: str) -> None:
    marked = Marked(clean(text))
    assert parse(marked.html()) == marked


def test_blanks_of_every_kind_are_invisible() -> None:
    assert not visible(" \n\u200b\u3000\u2800\ufeff\u3164")
    assert visible(" x ")


@pytest.mark.parametrize("mark", ["\u030a", "\u0333", "\u033f"])
def test_marks_that_telegram_takes_off_are_taken_off_before_counting(mark: str) -> None:
    html = f"{clean(f'a{mark}')}<blockquote>b</blockquote>"
    theirs = telegram_parse(html)
    assert settled(theirs)["text"] == theirs["text"]

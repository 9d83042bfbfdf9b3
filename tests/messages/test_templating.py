"""The filters that templates share."""

from datetime import date

import pytest
from jinja2 import DictLoader, UndefinedError

from bot.messages.templating import clipped, environment_of, hashtag, is_long, link
from bot.model import Language, Link
from bot.words.english import plural
from tests import builders as build
from tests.telegram_judge import execute


def filled(template: str, language: Language = "zh", **values: object) -> str:
    return environment_of(DictLoader({"t": template}), language).get_template("t").render(values)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("量化", "#量化"),
        ("AI 芯片", "#AI芯片"),
        ("RISC-V", "#RISC_V"),
        ("Super resolution", "#Super_resolution"),
        ("数据集/基准", "#数据集基准"),
        ("C++ & 编译器", "#C编译器"),
        ("2024", ""),
        ("—", ""),
    ],
)
def test_a_hashtag_is_letters_digits_and_underscores(name: str, expected: str) -> None:
    assert hashtag(name) == expected
    found = execute("getTextEntities", text=expected)["entities"]
    assert [(tag["offset"], tag["length"]) for tag in found] == ([(0, len(expected))] if expected else [])


def test_english_hashtags_are_lower_case() -> None:
    assert filled("{{ 'Super resolution'|hashtag }}", "en") == "#super_resolution"
    assert filled("{{ 'GPU'|hashtag }}", "zh") == "#GPU"


def test_dates_are_written_in_the_language() -> None:
    day = date(2022, 2, 22)
    assert filled("{{ day|date }}", "zh", day=day) == "2022年2月22日"
    assert filled("{{ day|date }}", "en", day=day) == "22 February 2022"


def test_english_counts_have_their_noun() -> None:
    assert [plural(count, "item") for count in (0, 1, 2)] == ["0 items", "1 item", "2 items"]
    assert plural(2, "match", "matches") == "2 matches"


def test_values_are_escaped_and_filters_are_not_escaped_twice() -> None:
    assert filled("{{ x }}", x='<b>&"') == "&lt;b&gt;&amp;&#34;"
    assert filled("{{ x|rich }}", x=build.text("<b>&")) == "&lt;b&gt;&amp;"
    assert filled("{{ 'a<b'|link('https://a.com/?x&y') }}") == '<a href="https://a.com/?x&amp;y">a&lt;b</a>'


def test_an_unknown_name_in_a_template_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        filled("{{ nobody }}")


def test_a_link_is_plain_text_where_there_is_nothing_to_link() -> None:
    assert link("x", None) == link("x", "/x") == "x"
    assert link(" \u200b", "https://a.com") == "\u200b"


def test_long_texts_are_told_from_short_ones() -> None:
    assert not is_long(build.text("字" * 280))
    assert is_long(build.text("字" * 281))
    assert not is_long(build.text(*"六行不算长吧"))
    assert is_long(build.text(*"七行就算长了吧"))


def test_a_clipped_text_is_one_line_with_an_ellipsis_where_it_ends() -> None:
    assert clipped("a\n b", 3) == "a b"
    assert clipped("一二三四", 3) == "一二…"


def test_what_stands_far_behind_the_end_of_a_clipped_text_is_not_looked_at() -> None:
    assert clipped("  a" + " " * 1000 + "b", 5) == "a…"
    assert clipped(" " * 1000 + "一二三" + " " * 1000, 3) == "一二三"
    assert clipped("一" * 1000, 3) == "一一…"


def test_a_labelled_address_in_a_summary_is_a_link_where_it_stands_and_none_above() -> None:
    lines = build.text("代码：https://example.com/c（已开源）", "论文：https://example.com/p2")
    links = [Link(label="代码", url="https://example.com/c"), Link(label="论文", url="https://example.com/p")]
    template = (
        "{% set told = links|told_in(lines) %}{{ told.links|map('labelled')|join }} {{ told.text|rich }}"
    )
    assert filled(template, links=links, lines=lines) == (
        '<a href="https://example.com/p">论文</a> <a href="https://example.com/c">代码</a>（已开源）\n'
        "论文：https://example.com/p2"
    )
    twice = filled("{{ (links|told_in(lines)).links|length }}", links=[*links, links[0]], lines=lines)
    assert twice == "2"

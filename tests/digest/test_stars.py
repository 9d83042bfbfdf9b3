"""Which stars and underlines are emphasis, and which mean themselves."""

import pytest

from bot.model import Style
from tests.digest.shipped import issue_of, read


def looks(line: str) -> list[tuple[str, set[Style]]]:
    """The spans of a summary."""
    (item,) = read(issue_of("- [题目](https://example.com/a)", f"摘要：{line}")).items
    return [(span.text, set(span.styles)) for span in item.summary[-1].spans]


@pytest.mark.parametrize(
    "line",
    [
        "2**3 等于8， ** 不是强调",
        "snake_case_name 与 a * b * c",
        "摘自 x_y_z",
        "卷积核3*3，步长2*2，输入224*224*3。",
        "__init__ 与 __call__，在 __init__.py 里，__FILE__ 也是",
        "长*宽，高*深",
        "总价=单价*数量*折扣",
        "金额为单价*数量。",
        "a*b*c 与 2**3**4",
        "体积按长*宽*高估算",
        "收入即人数*单价，支出即人数*成本*汇率",
        "底*高与底*高的一半",
        "2*π*r，以及 k*θ*2",
        "(m+n)*k*(p-q)，x[i]*y[j]*z，（甲+乙）*丙*（丁）",
        "折后90%*0.8*0.5",
        "/opt/*/share/*/doc 与 src/**/test/**/data",
        "lib/*.so bin/*.exe",
        "A*算法与D*算法，A*、B*、C*",
        "*注：面积=底*高",
    ],
)
def test_a_star_or_an_underline_that_means_itself_stays(line: str) -> None:
    assert looks(line) == [(line, set())]


@pytest.mark.parametrize(
    ("line", "italic"),
    [
        ("这是*重点*内容", "重点"),
        ("用*Transformer*架构", "Transformer"),
        ("_斜_ 的", "斜"),
        ("*先说*结论", "先说"),
        ("结果：*没有*变化", "没有"),
        ("我*很*确定", "很"),
        ("精度*不*下降", "不"),
        ("训练*更快*的模型", "更快"),
        ("*只用 GPU 训练*模型", "只用 GPU 训练"),
        ("底*高与*重点*", "重点"),
        ("总价（*含税*）为单价*数量", "含税"),
        ("foo*bar*", "bar"),
        ("**粗**与*斜*", "斜"),
    ],
)
def test_a_pair_of_marks_around_a_word_is_emphasis(line: str, italic: str) -> None:
    assert (italic, {Style.ITALIC}) in looks(line)


def test_stars_in_code_and_in_addresses_are_no_half_of_any_other() -> None:
    assert looks("用`*p`与`*q`算底*高*深") == [
        ("用", set()),
        ("*p", {Style.CODE}),
        ("与", set()),
        ("*q", {Style.CODE}),
        ("算底*高*深", set()),
    ]

"""Budgets are never underestimated."""

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.limits import MESSAGE, Size, size
from bot.messages.markup import Marked, join, parse
from tests.messages.strategies import marked_texts, texts
from tests.telegram_judge import detected, settled, telegram_parse

NOISE = st.lists(
    st.sampled_from(
        [
            "#",
            "@",
            "/",
            "$",
            ".",
            ":",
            "a",
            "com",
            "README.md",
            "AAPL",
            "1",
            "23",
            "4111111111111111",
            "2019-10-31    2019-10-17",
            "https://",
            "例子",
            "中国",
            " ",
            "，",
            "(",
            "_",
            "x@y.cn",
            "1.2.3.4",
            "www.",
            "tg://",
            "-",
            "１",
            "·",
        ]
    ),
    max_size=14,
).map("".join)


@given(st.one_of(NOISE, texts(20), st.text(max_size=60)))
def test_at_least_as_many_entities_are_counted_as_telegram_detects(text: str) -> None:
    assert size(Marked(text)).entities >= detected(text)


@given(marked_texts(), marked_texts())
def test_sizes_add_up(left: Marked, right: Marked) -> None:
    gap = Size(length=2, raw_bytes=2)
    assert size(join("\n\n", (left, right))) == size(left) + gap + size(right)


@given(marked_texts())
def test_the_bytes_are_those_of_the_html(marked: Marked) -> None:
    assert size(marked).raw_bytes == len(marked.html().encode())


def test_each_budget_counts() -> None:
    taken = size(parse('量<b>化</b> <a href="https://a.com/&amp;">x</a> #y'))
    assert taken == Size(length=7, entities=3, entity_bytes=3 * 12 + 20, raw_bytes=52)
    assert taken.fits(MESSAGE)
    assert not taken.fits(Size(length=6, entities=3, entity_bytes=99, raw_bytes=99))


@given(marked_texts())
def test_at_least_as_many_entities_are_counted_as_telegram_makes_of_overlapping_ones(marked: Marked) -> None:
    made = settled(telegram_parse(marked.html()))["entities"]
    assert size(marked).entities >= len(made)


def test_a_style_that_telegram_splits_counts_as_often() -> None:
    marked = parse('<b>[x] <a href="https://a.com">y</a></b>')
    assert size(marked).entities == len(settled(telegram_parse(marked.html()))["entities"]) == 3


def test_a_letter_that_telegram_knows_and_python_does_not_makes_a_hashtag() -> None:
    assert size(Marked("#\U00013460")).entities == detected("#\U00013460") == 1

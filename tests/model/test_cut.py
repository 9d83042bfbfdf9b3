"""A cut is written as one line and read back, in the words of older databases too."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.model import NOTHING, Cut, Interests, Mode
from tests.messages.strategies import cuts, interests

WORDS: dict[str, Callable[[tuple[str, ...]], Cut]] = {
    "topics": lambda words: Cut(topics=words),
    "keywords": lambda words: Cut(keywords=words),
    "sections": lambda words: Cut(sections=words),
    "excluded topics": lambda words: Cut(excluded=Interests(topics=words)),
    "excluded keywords": lambda words: Cut(excluded=Interests(keywords=words)),
}
several = st.lists(st.text("ab,|%量", min_size=1, max_size=2), max_size=4).map(tuple)


@pytest.mark.parametrize("field", WORDS)
@given(words=several)
@example(words=("a", "a"))
@example(words=("b", "a"))
def test_a_cut_has_its_words_sorted_and_each_once_or_cannot_be(field: str, words: tuple[str, ...]) -> None:
    in_order = tuple(sorted(set(words)))
    cut = WORDS[field](in_order)
    if words == in_order:
        assert WORDS[field](words) == cut
    else:
        with pytest.raises(ValueError, match="sorted, and each is there once"):
            WORDS[field](words)


@given(several, several)
def test_any_interests_make_a_cut(words: tuple[str, ...], others: tuple[str, ...]) -> None:
    named, left_out = Interests(topics=words, keywords=others), Interests(topics=others, keywords=words)
    cut = Cut().about(named, excluded=left_out)
    assert (cut.followed, cut.excluded) == (named.in_order, left_out.in_order)


def test_a_line_that_an_older_program_wrote_in_another_order_is_the_same_cut() -> None:
    line = "zh|full|cut|gpu,compiler,gpu|papers,news|b,a|y,x|d,c,d"
    assert Cut.parse(line).signature == "zh|full|cut|compiler,gpu|news,papers|a,b|x,y|c,d"


@given(cuts)
def test_a_cut_is_read_back_from_its_signature(cut: Cut) -> None:
    assert Cut.parse(cut.signature) == cut
    assert "\n" not in cut.signature


@given(interests, interests)
def test_cuts_are_equal_however_their_interests_came_about(followed: Interests, without: Interests) -> None:
    turned = Interests(topics=followed.topics[::-1], keywords=followed.keywords[::-1])
    cut, other = (Cut().about(one, excluded=without) for one in (followed, turned))
    assert (cut, cut.signature) == (other, other.signature)


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("zh|full|cut||", Cut()),
        (
            "en|headlines|cut|compiler,gpu|",
            Cut(language="en", mode=Mode.HEADLINES, topics=("compiler", "gpu")),
        ),
        ("zh|full|rest|gpu|news,papers", Cut(topics=("gpu",), sections=("news", "papers"), rest=True)),
    ],
)
def test_lines_written_before_there_were_keywords_mean_what_they_meant_and_stay_as_they_were(
    line: str, cut: Cut
) -> None:
    assert Cut.parse(line) == cut
    assert cut.signature == line


@pytest.mark.parametrize(
    "cut",
    [
        Cut(keywords=("%2C", "100%", "a,b", "a|b")),
        Cut(excluded=Interests(topics=("business",))),
        Cut(excluded=Interests(keywords=("广告",)), rest=True),
    ],
)
def test_what_parts_the_line_may_stand_in_a_keyword(cut: Cut) -> None:
    assert Cut.parse(cut.signature) == cut


@pytest.mark.parametrize(
    "line", ["", "zh|full", "fr|full|cut||", "zh|loud|cut||", "zh|full|cut|||", "zh|full|cut|||||||"]
)
def test_a_line_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # which of several it is does not matter
        Cut.parse(line)


def test_a_cut_filters_when_anything_may_be_left_out() -> None:
    assert not Cut().filters
    for cut in (Cut(topics=("a",)), Cut(keywords=("a",)), Cut(sections=("a",))):
        assert cut.filters
    assert Cut(excluded=Interests(keywords=("a",))).filters
    assert not Cut(excluded=Interests(keywords=("a",))).about(NOTHING, excluded=NOTHING).filters

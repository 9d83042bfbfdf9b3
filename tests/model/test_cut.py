"""A cut is written as one line and read back, in the words of older databases too."""

import pytest
from hypothesis import given

from bot.model import NOTHING, Cut, Interests, Mode
from tests.messages.strategies import cuts, interests


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
        Cut(keywords=("100%", "a,b", "a|b", "%2C")),
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

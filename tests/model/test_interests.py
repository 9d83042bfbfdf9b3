"""Interests are compared as readers would; a choice twice is a choice once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import MOST_KEYWORDS, NOTHING, Choice, Cut, Interests
from tests.messages.strategies import cuts, interests

choices = st.builds(Choice, follow=interests, unfollow=interests, omit=interests, admit=interests)


def words(*keywords: str) -> Interests:
    return Interests(keywords=keywords)


@pytest.mark.parametrize(
    "other", ["kv cache", "KV-Cache", "ＫＶ　cache", "kv_cache", " KV  cache ", "KV–cache", "KV−cache"]
)
def test_a_keyword_is_one_keyword_however_it_is_spelt(other: str) -> None:
    assert words("KV cache") | words(other) == words("KV cache")
    assert words("KV cache") - words(other) == NOTHING
    assert words("KV cache") & words(other) == words("KV cache")


def test_interests_keep_the_order_in_which_they_were_named() -> None:
    both = Interests(topics=("b", "a"), keywords=("y",)) | Interests(topics=("c", "a"), keywords=("x",))
    assert both == Interests(topics=("b", "a", "c"), keywords=("y", "x"))
    assert both.in_order == Interests(topics=("a", "b", "c"), keywords=("x", "y"))
    assert [len(one.topics + one.keywords) for one in both.each] == [1] * 5


def test_a_topic_and_a_keyword_of_the_same_letters_are_two() -> None:
    assert Interests(topics=("gpu",)) - words("gpu") == Interests(topics=("gpu",))


def test_readers_can_tell_a_keyword_from_a_topic() -> None:
    assert Interests(topics=("gpu",), keywords=("x",)).called(str.upper) == ("GPU", "“x”")


def test_what_is_followed_is_not_left_out_any_more_and_the_other_way_round() -> None:
    cut = Choice(omit=words("x")).applied(Cut(keywords=("X", "y")))
    assert (cut.followed, cut.excluded) == (words("y"), words("x"))
    cut = Choice(follow=words("x")).applied(cut)
    assert (cut.followed, cut.excluded) == (words("x", "y"), NOTHING)


def test_what_is_taken_in_again_is_not_followed_yet() -> None:
    cut = Choice(admit=Interests(topics=("gpu",))).applied(Cut(excluded=Interests(topics=("gpu", "nlp"))))
    assert (cut.followed, cut.excluded) == (NOTHING, Interests(topics=("nlp",)))


@given(cuts, choices)
def test_to_decide_twice_is_to_decide_once(cut: Cut, choice: Choice) -> None:
    once = choice.applied(cut)
    assert choice.applied(once) == once


def test_keywords_beyond_the_most_are_not_taken_and_are_told() -> None:
    many = tuple(f"w{number:02}" for number in range(MOST_KEYWORDS - 1))
    choice = Choice(follow=Interests(topics=("gpu",), keywords=("a", "b")), omit=words("c"))
    cut = choice.applied(Cut(keywords=many))
    assert cut.followed == Interests(topics=("gpu",), keywords=("a", *many))
    assert choice.surplus(cut) == words("b", "c")


def test_a_full_list_lets_what_it_holds_move_and_what_goes_makes_room() -> None:
    full = Cut(keywords=tuple(f"w{number:02}" for number in range(MOST_KEYWORDS)))
    moved = Choice(omit=words("w00")).applied(full)
    assert moved.excluded == words("w00")
    swapped = Choice(unfollow=words("w00"), follow=words("new"))
    assert "new" in swapped.applied(full).keywords
    assert swapped.surplus(swapped.applied(full)) == NOTHING

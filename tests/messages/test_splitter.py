"""Pieces fit, nothing is lost, nothing doubled, and a cut falls where a reader would make it."""

import base64
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.limits import MESSAGE, Size, size
from bot.messages.markup import Entity, Kind, Marked, parse
from bot.messages.splitter import Piece, pack
from tests.effort import cpu_at_most, lines_run
from tests.messages.strategies import marked_texts
from tests.nightly import nightly
from tests.telegram_judge import judge_html

WIDE = Size(length=10**6, entities=10**6, entity_bytes=10**6, raw_bytes=10**6)


def room(length: int) -> Size:
    return Size(length=length, entities=90, entity_bytes=9000, raw_bytes=32_768)


def shown(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.marked.text for piece in pieces]


def plain(*texts: str) -> list[Marked]:
    return [Marked(text) for text in texts]


def test_a_cut_falls_between_blocks() -> None:
    assert shown(pack(plain("a" * 6, "b" * 6, "c" * 6), room(14))) == ["aaaaaa\n\nbbbbbb", "cccccc"]


def test_a_long_block_begins_a_piece_of_its_own_and_shares_its_last_one() -> None:
    assert shown(pack(plain("短", "一行字\n二行字\n三行字", "尾"), room(8))) == [
        "短",
        "一行字\n二行字",
        "三行字\n\n尾",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("一二三四\n五六七八\n九十", "一二三四\n五六七八"),
        ("一二三四。五六七！八九十百千", "一二三四。五六七！"),
        ("One two. Three 4.5 six seven", "One two."),
        ("“一二三四。”五六七八九十", "“一二三四。”"),
        ("one two three four", "one two "),
        ("一二三四，五六七八九十", "一二三四，"),
        ("一二三四五六七八九十甲乙丙", "一二三四五六七八九十"),
    ],
)
def test_a_long_block_is_cut_at_a_line_then_a_sentence_then_a_word(text: str, first: str) -> None:
    pieces = pack(plain(text), room(10))
    assert pieces[0].marked.text == first
    assert pieces[0].continues is None
    assert pieces[1].continues == 0


def test_the_indentation_of_a_line_stays_behind_a_cut() -> None:
    assert shown(pack(plain("• 一二三四\n\u2003◦ 五六"), room(8)))[1] == "\u2003◦ 五六"


@pytest.mark.parametrize(
    "html",
    [
        'abcdef<a href="https://a.com">ghijklm</a>n',
        "abcdef<code>ghijklm</code>n",
        "abcde #ghijkl n",
        "abcde a.b@cd.efg n",
    ],
)
def test_links_code_hashtags_and_addresses_stay_whole(html: str) -> None:
    whole = re.sub("<.*?>", "", html)[6:13]
    assert any(whole in text for text in shown(pack([parse(html)], room(10))))


@pytest.mark.parametrize("cluster", ["👩‍👩‍👧", "🇨🇳", "e\u0301\u0302", "👍🏽", "한", "\u1112\u1161\u11ab"])
def test_what_is_seen_as_one_character_stays_whole(cluster: str) -> None:
    for text in shown(pack(plain(cluster * 10), room(7))):
        assert text.replace(cluster, "") == ""


def test_quotes_and_styles_are_closed_at_a_cut_and_opened_again() -> None:
    block = parse("<blockquote expandable>一<b>二三四\n五六七</b>八</blockquote>")
    assert [piece.marked.html() for piece in pack([block], room(6))] == [
        "<blockquote expandable>一<b>二三四</b></blockquote>",
        "<blockquote expandable><b>五六七</b>八</blockquote>",
    ]


def test_a_link_larger_than_a_piece_is_a_link_in_each() -> None:
    block = Marked("字" * 25, (Entity(Kind.LINK, 0, 25, "https://a.com"),))
    pieces = pack([block], room(10))
    assert [piece.marked.entities for piece in pieces] == [
        (Entity(Kind.LINK, 0, length, "https://a.com"),) for length in (10, 10, 5)
    ]


@pytest.mark.parametrize("budget", ["entities", "entity_bytes", "raw_bytes"])
def test_each_budget_makes_a_cut(budget: str) -> None:
    link = f'<a href="https://a.com/{"p" * 100}">x</a> '
    block = parse(link * 300)
    limit = {"length": 10**6, "entities": 10**6, "entity_bytes": 10**6, "raw_bytes": 10**6}
    limit[budget] = getattr(MESSAGE, budget)
    pieces = pack([block], Size(**limit))
    assert len(pieces) > 1
    assert sum(len(piece.marked.entities) for piece in pieces) == 300


LONG = 200_000


@pytest.mark.parametrize(
    "text",
    [
        "a" * LONG,
        "字" * LONG,
        base64.b64encode(bytes(n * n * 31 % 251 for n in range(LONG * 3 // 4))).decode(),
        "1" * LONG,
        "a.b+" * (LONG // 4),
        "🇨🇳" * (LONG // 2),
        "e" + "\u0301" * LONG,
        "\n" * LONG,
    ],
    ids=["latin", "chinese", "base64", "digits", "address", "flags", "accents", "blank"],
)
def test_a_long_run_without_a_place_to_cut_takes_no_long_time(text: str) -> None:
    """One room is so wide that work which grows with its square takes minutes, not a quarter of a second."""
    for limit in (MESSAGE, replace(WIDE, length=LONG // 2)):
        with cpu_at_most(20):
            pieces = pack([Marked(text)], limit)
        assert "".join(shown(pieces)) == text.strip("\n")


@nightly("to count the work of a long text takes seconds")
def test_a_block_eight_times_as_long_with_as_many_more_links_is_eight_times_the_work() -> None:
    def work(links: int) -> int:
        entities = tuple(Entity(Kind.LINK, n * 20, n * 20 + 2, "https://a.com") for n in range(links))
        block = Marked("链接和一些别的文字，写满了二十个字为止。" * links, entities)
        return lines_run(lambda: pack([block], MESSAGE))

    assert work(8_000) < 9 * work(1_000)


def test_a_block_that_shall_come_first_begins_a_piece_however_much_room_there_is() -> None:
    pieces = pack(plain("a", "b", "c", "d"), WIDE, first={0, 2})
    assert shown(pieces) == ["a\n\nb", "c\n\nd"]
    assert [piece.begins for piece in pieces] == [0, 2]


def test_a_piece_that_continues_a_block_begins_with_none() -> None:
    pieces = pack(plain("字" * 15, "尾"), room(10), first={0})
    assert [piece.begins for piece in pieces] == [0, None]


def test_blank_blocks_take_no_place() -> None:
    assert shown(pack(plain("", "a", "\n\n", "b"), room(10))) == ["a\n\nb"]
    assert pack([], room(10)) == ()


BLOCKS = st.lists(marked_texts(), max_size=6)
ROOMS = st.builds(
    Size,
    length=st.integers(24, 80),
    entities=st.integers(8, 20),
    entity_bytes=st.integers(400, 900),
    raw_bytes=st.integers(700, 2000),
)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(BLOCKS, ROOMS)
def test_nothing_is_lost_nothing_doubled_and_everything_fits(blocks: list[Marked], limit: Size) -> None:
    pieces = pack(blocks, limit)
    assert squeezed("".join(shown(pieces))) == squeezed("".join(block.text for block in blocks))
    for piece in pieces:
        assert piece.fragments
        assert size(piece.marked).fits(limit)
        judge_html(piece.marked.html())
    order = [fragment.block for piece in pieces for fragment in piece.fragments]
    assert order == sorted(order)


@given(BLOCKS, ROOMS)
def test_a_continued_block_opens_its_piece_and_follows_itself(blocks: list[Marked], limit: Size) -> None:
    for before, after in pairwise(pack(blocks, limit)):
        assert all(not fragment.continued for fragment in after.fragments[1:])
        if after.continues is not None:
            assert before.fragments[-1].block == after.continues


@given(BLOCKS)
def test_what_fits_is_one_piece(blocks: list[Marked]) -> None:
    assert len(pack(blocks, WIDE)) <= 1

"""What people type to find items, and what they mean by it."""

from datetime import date

import pytest

from bot.model import SearchQuery
from bot.readers.search import understood
from bot.settings import load
from bot.words.tokens import phrase_of

TOPICS = load("embedded-ai").topics


def query(*words: str, without: str = "", **fields: object) -> SearchQuery:
    excluded = (phrase_of(without),) if without else ()
    return SearchQuery(phrases=tuple(map(phrase_of, words)), excluded=excluded, **fields)  # type: ignore[arg-type]  # of several types


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("量化 手机", query("量化", "手机")),
        ('"low bit" 「逐字」', query("low bit", "逐字")),
        ("量化 -训练", query("量化", without="训练")),
        ("in:论文 gpu", query("gpu", section="论文")),
        ("栏目：论文", query(section="论文")),
        ("#量化", query(topic="quantization")),
        ("#nothingcalledso", query("nothingcalledso")),
        ("gpu 2021", query("gpu", since=date(2021, 1, 1), until=date(2021, 12, 31))),
        ("2024-02", query(since=date(2024, 2, 1), until=date(2024, 2, 29))),
        ("2021年7月", query(since=date(2021, 7, 1), until=date(2021, 7, 31))),
        ('"2021"', query("2021")),
        ("ＧＰＵ", query("gpu")),
        ("。，", query()),
        ("", query()),
    ],
)
def test_words_mean_what_people_mean_by_them(typed: str, meant: SearchQuery) -> None:
    asked = understood(typed, TOPICS)
    assert (asked.query, bool(asked)) == (meant, meant != SearchQuery())


@pytest.mark.parametrize("typed", ["https://example.com/a?b=c", "2106.01234", "arxiv:2106.01234v3"])
def test_an_address_alone_is_looked_for_as_one(typed: str) -> None:
    asked = understood(typed, TOPICS)
    assert (asked.address, asked.query) == (typed, SearchQuery())

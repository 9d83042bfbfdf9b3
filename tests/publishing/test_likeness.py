"""Of which other issue an issue is a copy, by their items alone."""

from dataclasses import replace
from itertools import permutations

import pytest

from bot.model import Entry, EntryKind, ToldItem, entries_of
from bot.publishing.likeness import Copied, copied
from tests.builders import entry
from tests.corpus import CORPUS, needs_corpus
from tests.digest.shipped import read


def told(*entries: Entry) -> tuple[ToldItem, ...]:
    return tuple((one.title or "", one.url or "", one.summary) for one in entries)


def untitled(number: int) -> Entry:
    return entry(url=None, title=f"题{number}")


def test_without_addresses_titles_are_compared() -> None:
    new, old = [untitled(n) for n in range(3)], [untitled(n) for n in range(1, 4)]
    mended = [replace(one, summary="改过。") for one in new]
    assert copied(mended, {"old": told(*old)}) == Copied(slug="old", same=2, items=3)
    assert copied(new, {"old": told(*old[1:])}) is None


def test_of_flash_news_about_the_same_the_words_are_compared() -> None:
    new = [replace(untitled(n), kind=EntryKind.FLASH, summary="今天的。") for n in range(3)]
    old = [replace(one, summary="昨天的。") for one in new]
    assert copied(new, {"old": told(*old)}) is None
    assert copied(new, {"old": told(*new)}) == Copied(slug="old", same=3, items=3)


def test_an_address_that_several_items_have_tells_none_apart() -> None:
    page = "https://example.com/page"
    new = [entry(url=f"{page}#{n}", title=f"今天{n}") for n in range(3)]
    old = [entry(url=f"{page}#{n}", title=f"昨天{n}") for n in range(3)]
    assert copied(new, {"old": told(*old)}) is None
    assert copied(new, {"old": told(*new)}) == Copied(slug="old", same=3, items=3)


def test_notices_without_title_and_address_count_only_by_themselves() -> None:
    notices = [replace(entry(url=None, title=None), summary=f"关注我们{n}。") for n in range(5)]
    assert copied([untitled(1), *notices], {"old": told(untitled(2), *notices)}) is None
    assert copied(notices, {"old": told(*notices)}) == Copied(slug="old", same=5, items=5)


def test_the_issue_that_has_most_is_named() -> None:
    new = [untitled(n) for n in range(5)]
    others = {"some": told(*new[:3]), "most": told(*new[:4]), "none": ()}
    assert copied(new, others) == Copied(slug="most", same=4, items=5)
    assert str(copied(new, others)) == "most of its items (4 of 5) stand in issue most too"


@pytest.mark.parametrize("others", [{}, {"old": ()}])
def test_an_issue_without_items_is_no_copy(others: dict[str, tuple[ToldItem, ...]]) -> None:
    assert copied([], others) is None


@needs_corpus
def test_of_real_issues_none_is_a_copy_of_another() -> None:
    issues = [entries_of(read(path.read_text(), slug=path.stem)) for path in CORPUS]
    pairs = [(one, other) for one, other in permutations(issues, 2) if copied(one, {"other": told(*other)})]
    assert (pairs, len(issues) > 1) == ([], True)

import re

import pytest

from bot.words.addresses import ADDRESS, LONGEST, fold_address


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("https://www.example.com/a/", "example.com/a"),
        ("http://Example.com/A#part", "example.com/A"),
        ("example.com/a?utm_source=x&id=3&utm_medium=y", "example.com/a?id=3"),
        ("https://example.com/a?utm_source=x", "example.com/a"),
        ("https://example.com/?q=a%20b", "example.com?q=a%20b"),
        (" https://example.com ", "example.com"),
        *((words, "") for words in ("", "量化", "word", "https://[half", "mailto:a")),
    ],
)
def test_an_address_is_one_however_it_is_written(written: str, folded: str) -> None:
    assert fold_address(written) == folded


@pytest.mark.parametrize(
    "written",
    [
        "https://arxiv.org/abs/2106.01234",
        "http://www.arxiv.org/abs/2106.01234v2",
        "https://arxiv.org/pdf/2106.01234.pdf",
        "https://arxiv.org/pdf/2106.01234v1.pdf#page=3",
        "https://arxiv.org/html/2106.01234v3/",
        "https://export.arxiv.org/abs/2106.01234?context=cs",
        "https://huggingface.co/papers/2106.01234",
        "https://www.alphaxiv.org/abs/2106.01234",
        "arXiv:2106.01234",
        "arxiv: 2106.01234v2",
        "2106.01234",
    ],
)
def test_a_paper_is_one_by_whichever_page(written: str) -> None:
    assert fold_address(written) == "arxiv:2106.01234"


def test_an_old_paper_has_its_archive_in_its_name() -> None:
    assert fold_address("https://arxiv.org/abs/cs/0112017v1") == "arxiv:cs/0112017"


def test_an_address_is_cut_where_a_database_would_refuse_it() -> None:
    assert len(fold_address("example.com/" + "a" * 9000)) == LONGEST


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://example.com(b)", "https://example.com"),
        ("www.example.com(b)", "www.example.com"),
        ("https://example.com/a_(b)。", "https://example.com/a_(b)"),
        ("https://example.com?x=(1).", "https://example.com?x=(1)"),
        ("(https://example.com/)", "https://example.com/"),
    ],
)
def test_brackets_belong_to_an_address_behind_its_host_and_not_to_the_host(text: str, found: str) -> None:
    assert re.findall(ADDRESS, text) == [found]

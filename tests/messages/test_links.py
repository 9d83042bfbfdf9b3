"""What counts as a good address is decided by Telegram's own parser."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.messages.links import accepted, host, with_scheme
from bot.messages.markup import escape
from tests.telegram_judge import telegram_parse


def kept_by_telegram(url: str) -> bool:
    return bool(telegram_parse(f'<a href="{escape(url)}">x</a>')["entities"])


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "HTTP://EXAMPLE.com/A_b*c?x=1&y=2#z",
        "example.com/path",
        "https://例子.中国/路径?q=好",
        "https://example.com:8080/",
        "http://1.2.3.4/x",
        "https://en.wikipedia.org/wiki/A_(b)",
        "https://mp.weixin.qq.com/s/6SNUsc68WJLNb-2QQ9R4ZQ",
    ],
)
def test_an_address_that_telegram_takes_is_taken_as_written(url: str) -> None:
    assert accepted(url) == url
    assert kept_by_telegram(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "/x",
        "//host.com/x",
        "ftp://a.com",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://localhost/x",
        "https://host/x",
        "a b.com",
        "mailto:a@b.cn",
        "tg://user?id=1",
        "https://a..com",
        "https://.com",
        "http://a.com:0/",
        "https://a.com/\x00",
        "x",
        "1.2.3",
        "https://a.com/" + "x" * 2100,
    ],
)
def test_an_address_that_telegram_drops_or_mangles_is_not_taken(url: str) -> None:
    assert accepted(url) is None


def test_spaces_in_a_path_are_encoded() -> None:
    assert accepted(" https://a.com/x y ") == "https://a.com/x%20y"


ALPHABET = st.sampled_from(
    [
        "https://",
        "http://",
        "//",
        "/",
        ".",
        "com",
        "a",
        "例",
        "-",
        "_",
        ":",
        "8",
        "@",
        "?",
        "#",
        "=",
        "%",
        "[",
        " ",
        "&",
        '"',
        "'",
    ]
)


@given(st.one_of(st.lists(ALPHABET, max_size=9).map("".join), st.text(max_size=20)))
@example("https://a-.com/")
@example("http://a.com:65535/")
@example("http://a.com:99999/")
@example("http://1.2.3.256/")
@example("http://01.2.3.4/")
def test_telegram_keeps_every_address_that_is_taken(url: str) -> None:
    if taken := accepted(url):
        assert kept_by_telegram(taken)


def test_the_host_is_named_without_www() -> None:
    assert host("https://www.example.com/x?y") == "example.com"
    assert host("example.com/x") == "example.com"


def test_an_address_without_a_scheme_is_one_of_http() -> None:
    assert with_scheme("example.com/x") == "http://example.com/x"
    assert with_scheme("HTTPS://example.com/x") == "HTTPS://example.com/x"

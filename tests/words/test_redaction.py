"""A secret is shown nowhere, and a short one tears no words apart."""

import pytest

from bot.words.redaction import hiding

TORN = "no connection to the proxy http://proxy.example:3128; it does not accept this user and password"


@pytest.mark.parametrize("secret", ["p", "a", "user", "proxy", "3", "it", "no", "word"])
def test_a_short_secret_leaves_words_whole(secret: str) -> None:
    assert hiding([secret])(TORN) == TORN


@pytest.mark.parametrize("secret", ["p", "p.", "p@", "user", "秘密", r"\d"])
@pytest.mark.parametrize(
    "text",
    [
        "http://bot:{}@proxy.example:3128",
        "cannot read http://bot:{}@proxy.example:3128",
        "password={}",
        "password={}, user=bot",
        'password: "{}"',
        "UnicodeEncodeError('{}', 1)",
        "the password of (bot:{})",
        "bot:{}; and no more",
    ],
)
def test_a_short_secret_is_hidden_where_it_stands_as_a_value(secret: str, text: str) -> None:
    assert hiding([secret])(text.format(secret)) == text.format("***")


def test_a_long_secret_is_hidden_wherever_it_stands() -> None:
    hide = hiding(["123456:abcdefghijklmnop", "abcdefghijklmnop"])
    assert hide("/bot123456:abcdefghijklmnop/getMe xabcdefghijklmnopx") == "/bot***/getMe x***x"


def test_of_one_secret_that_is_part_of_another_nothing_is_left() -> None:
    assert hiding(["secret-word", "secret-word-of-old", ""])("secret-word-of-old") == "***"
    assert hiding([])("nothing to hide") == "nothing to hide"

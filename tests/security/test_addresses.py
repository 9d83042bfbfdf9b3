"""Addresses in issues: the bot fetches none, and hands Telegram those of the web alone."""

import pytest

from bot.messages.links import accepted
from bot.messages.pictures import shown_picture
from tests.builders import picture

REFUSED = (
    *("file:///etc/passwd", "FILE:/etc/passwd", "/etc/passwd", "../secret", "//example.com/x", "\\\\host\\x"),
    *(
        "javascript:alert(1)",
        "data:text/html,x",
        "tg://user?id=1",
        "ftp://example.com/",
        "gopher://example.com",
    ),
    *(
        "http://localhost/",
        "localhost:8080",
        "http://metrics/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
    ),
    *(
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://user:word@example.com/",
    ),
    *(
        "http://example.com\n/x",
        "http://exa\u202emple.com/",
        "http://example.com/\x00",
        "http://exam ple.com",
    ),
    *("http://example.com:99999/", "http://.com/", "http://-.com/", "http://" + "a." * 2000 + "com"),
)


@pytest.mark.parametrize("address", REFUSED)
def test_only_addresses_of_the_web_are_handed_to_telegram(address: str) -> None:
    assert accepted(address) is None
    assert shown_picture(picture(address)) is None

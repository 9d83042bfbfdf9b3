"""A message that Telegram would refuse or spoil cannot exist."""

import json

import pytest

from bot.errors import InvalidMessage, JianbaoError
from bot.messages import Button, Message
from tests.telegram_judge import judge

LINK = '<a href="https://example.com/{}">x</a> '


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "visible"),
        (" \n\u200b <b> </b>", "visible"),
        ("量" * 4097, "length"),
        (f"{'&amp;' * 6554}", "bytes"),
        ("<b>a</b>b" * 91, "entities"),
        ("#a " * 91, "entities"),
        ("".join(LINK.format("p" * 250) for _ in range(40)), "entity_bytes"),
        ("<p>a</p>", "tag"),
        ("<b>a", "closed"),
        ('<a href="/x">a</a>', "drops"),
        ("a\x00b", "control"),
        ("a\udc00", "control"),
    ],
)
def test_a_text_that_telegram_would_refuse_or_spoil_is_refused(html: str, reason: str) -> None:
    with pytest.raises(InvalidMessage, match=reason):
        Message(html)


@pytest.mark.parametrize(
    "html",
    ["量" * 4096, f"\n{'量' * 4096} \n", "<b>a</b>b" * 90, "&lt;" * 4096, LINK.format("p" * 200) * 35],
)
def test_a_text_just_within_the_limits_is_taken(html: str) -> None:
    judge(Message(html))


def test_a_refusal_is_an_error_of_ours() -> None:
    assert issubclass(InvalidMessage, JianbaoError)


@pytest.mark.parametrize(
    "fields",
    [
        {"label": " ", "data": "x"},
        {"label": "x"},
        {"label": "x", "data": "x", "url": "https://a.com"},
        {"label": "x", "data": ""},
        {"label": "x", "data": "量" * 22},
        {"label": "x", "url": "/x"},
        {"label": "x", "url": "http://localhost"},
    ],
)
def test_a_button_that_telegram_would_refuse_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(InvalidMessage):
        Button(**fields)


BUTTON = Button("x", data="x")


@pytest.mark.parametrize(
    "rows",
    [
        ((BUTTON,),) * 101,
        ((BUTTON,) * 9,),
        ((),),
        ((Button("量" * 1800, data="x"),),),
    ],
)
def test_too_many_buttons_are_refused(rows: tuple[tuple[Button, ...], ...]) -> None:
    with pytest.raises(InvalidMessage):
        Message("x", rows)


def test_parameters_are_those_of_send_message() -> None:
    rows = ((Button("是", data="yes"), Button("看", url="https://a.com")),)
    assert Message("<b>x</b>", rows, silent=True).params(7) == {
        "chat_id": 7,
        "text": "<b>x</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "disable_notification": True,
        "reply_markup": {
            "inline_keyboard": [
                [{"text": "是", "callback_data": "yes"}, {"text": "看", "url": "https://a.com"}],
            ]
        },
    }


def test_a_picture_is_the_large_preview_of_a_link_above_the_text() -> None:
    assert Message("x", picture="https://a.com/p.png").params()["link_preview_options"] == {
        "url": "https://a.com/p.png",
        "show_above_text": True,
        "prefer_large_media": True,
    }


@pytest.mark.parametrize("address", ["", "/p.png", "https://a.com/x y.png", "data:image/png;base64,AA"])
def test_a_picture_that_telegram_would_drop_is_refused(address: str) -> None:
    with pytest.raises(InvalidMessage, match="picture"):
        Message("x", picture=address)


def test_a_plain_message_asks_for_nothing_more() -> None:
    assert Message("x").params() == {
        "text": "x",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    json.dumps(Message("x", ((BUTTON,),)).params(1))

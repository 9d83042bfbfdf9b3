"""Messages and their limits, with Telegram's own words for what it refuses."""

from typing import Any

import pytest

from bot.sandbox import Entity, Sandbox
from tests.sandbox.conftest import ADA, GROUP, LIN, Client

INVALID_URL = "inline keyboard button URL '{}' is invalid: "


def _keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\t "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "字" * 11_000}, "text is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {"text": "<br>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "br" at byte offset 0',
        ),
        ({"text": "x", "chat_id": 5}, "chat not found"),
        ({"text": "x", "chat_id": "@somebody"}, "chat not found"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)
async def test_a_bad_text_is_refused(call: Client, params: dict[str, Any], reason: str) -> None:
    assert await call.refused("sendMessage", **({"chat_id": LIN} | params)) == f"Bad Request: {reason}"


async def test_length_is_counted_after_parsing_and_trimming_in_code_points(
    call: Client, telegram: Sandbox
) -> None:
    await call.ok("sendMessage", chat_id=LIN, text=f"<b>{'𝄞' * 4096}</b> \n", parse_mode="HTML")
    (message,) = telegram.chat(LIN).from_bot
    assert message.text == "𝄞" * 4096
    assert message.entities == (Entity(kind="bold", offset=0, length=8192),)


async def test_a_text_is_cleaned_and_its_entities_move_along(call: Client, telegram: Sandbox) -> None:
    await call.ok("sendMessage", chat_id=LIN, text="\n a\r<b>b\x07c</b>\t#话题 ", parse_mode="HTML")
    (message,) = telegram.chat(LIN).from_bot
    assert message.text == "ab c #话题"
    assert [(e.kind, e.offset, e.length) for e in message.entities] == [("bold", 1, 3), ("hashtag", 5, 3)]


async def test_entities_of_one_kind_join_and_inner_quotes_vanish(call: Client, telegram: Sandbox) -> None:
    text = "<b>a</b><b>b</b><blockquote>c<blockquote>d</blockquote></blockquote>"
    await call.ok("sendMessage", chat_id=LIN, text=text, parse_mode="HTML")
    (message,) = telegram.chat(LIN).from_bot
    assert [(e.kind, e.offset, e.length) for e in message.entities] == [
        ("bold", 0, 2),
        ("blockquote", 2, 2),
    ]


async def test_links_that_telegram_does_not_take_vanish(call: Client, telegram: Sandbox) -> None:
    text = '<a href="http://localhost/x">a</a> <a href="//h.com">b</a> <a href="https://h.com/#x">c #d</a>'
    await call.ok("sendMessage", chat_id=LIN, text=text, parse_mode="HTML")
    (message,) = telegram.chat(LIN).from_bot
    assert [(e.kind, e.url) for e in message.entities] == [("text_link", "https://h.com/#x")]


async def test_at_most_a_hundred_entities_stay(call: Client, telegram: Sandbox) -> None:
    await call.ok("sendMessage", chat_id=LIN, text="<b>a</b> " * 150, parse_mode="HTML")
    assert len(telegram.chat(LIN).from_bot[0].entities) == 100


async def test_entities_of_too_many_bytes_are_refused(call: Client) -> None:
    link = f'<a href="https://example.com/{"p" * 230}">x</a> '
    await call.ok("sendMessage", chat_id=LIN, text=link * 30, parse_mode="HTML")
    refused = await call.refused("sendMessage", chat_id=LIN, text=link * 40, parse_mode="HTML")
    assert refused == "Bad Request: ENTITIES_TOO_LONG"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (_keyboard([{"text": "x", "callback_data": "d" * 65}]), "BUTTON_DATA_INVALID"),
        (
            _keyboard([{"text": "x", "url": "ftp://h.com"}]),
            INVALID_URL.format("ftp://h.com") + "Unsupported URL protocol",
        ),
        (
            _keyboard([{"text": "x", "url": "http://localhost"}]),
            INVALID_URL.format("http://localhost") + "Wrong HTTP URL",
        ),
        (
            _keyboard([{"text": "x"}]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (_keyboard(*[[{"text": "x", "callback_data": "d"}]] * 101), "REPLY_MARKUP_TOO_LONG"),
        (_keyboard([{"text": "x", "callback_data": "d"}] * 9), "REPLY_MARKUP_TOO_LONG"),
        (_keyboard(*[[{"text": "字" * 60, "callback_data": "d" * 64}]] * 60), "REPLY_MARKUP_TOO_LONG"),
        ("nonsense", "object expected as reply markup"),
    ],
)
async def test_a_bad_keyboard_is_refused(call: Client, telegram: Sandbox, markup: Any, reason: str) -> None:
    refused = await call.refused("sendMessage", chat_id=LIN, text="x", reply_markup=markup)
    assert refused == f"Bad Request: {reason}"
    assert telegram.chat(LIN).from_bot == ()


async def test_callback_data_may_have_64_bytes(call: Client, telegram: Sandbox) -> None:
    markup = _keyboard([{"text": "x", "callback_data": "d" * 64}, {"text": "y", "url": "t.me/x"}])
    await call.ok("sendMessage", chat_id=LIN, text="x", reply_markup=markup)
    assert [button.text for button in telegram.chat(LIN).from_bot[0].buttons] == ["x", "y"]


async def test_the_preview_of_a_link_is_kept_with_the_message(call: Client, telegram: Sandbox) -> None:
    options = {"url": "https://example.com/p.png", "show_above_text": True, "prefer_large_media": True}
    sent = await call.ok("sendMessage", chat_id=LIN, text="x", link_preview_options=options)
    assert sent["link_preview_options"] == options
    (message,) = telegram.chat(LIN).from_bot
    assert message.preview
    assert message.preview.url == "https://example.com/p.png"


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({}, None),
        (
            {"url": "https://example.com", "is_disabled": True, "prefer_large_media": True},
            {"is_disabled": True},
        ),
        ({"url": "http://localhost/p.png", "prefer_large_media": True}, None),
        ({"prefer_small_media": True, "show_above_text": True}, {"show_above_text": True}),
    ],
)
async def test_of_a_preview_only_what_has_a_meaning_is_kept(
    call: Client, options: dict[str, Any], kept: dict[str, Any] | None
) -> None:
    sent = await call.ok("sendMessage", chat_id=LIN, text="x", link_preview_options=options)
    assert sent.get("link_preview_options") == kept


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("nonsense", "can't parse link preview options JSON object"),
        ([], "object expected as link preview options"),
        ({"is_disabled": "true"}, 'field "is_disabled" must be of type Boolean'),
        ({"url": ["x"]}, 'field "url" must be of type String'),
    ],
)
async def test_bad_options_of_a_preview_are_refused(call: Client, options: Any, reason: str) -> None:
    for method in ("sendMessage", "editMessageText"):
        given = {"chat_id": LIN, "message_id": 1, "text": "x", "link_preview_options": options}
        assert await call.refused(method, **given) == f"Bad Request: {reason}"


async def test_a_caption_has_its_own_limit(call: Client, telegram: Sandbox) -> None:
    photo = {"chat_id": LIN, "photo": "https://example.com/a.png"}
    await call.ok("sendPhoto", **photo, caption="<b>图</b>", parse_mode="HTML")
    assert telegram.chat(LIN).from_bot[0].text == "图"
    refused = await call.refused("sendPhoto", **photo, caption="字" * 1025)
    assert refused == "Bad Request: message caption is too long"
    assert await call.refused("sendPhoto", chat_id=LIN) == "Bad Request: there is no photo in the request"


async def test_a_person_who_never_wrote_blocked_or_left_cannot_be_written_to(
    call: Client, telegram: Sandbox
) -> None:
    send = {"chat_id": ADA, "text": "x"}
    assert await call.refused("sendMessage", **send) == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    await telegram.say(ADA, "/start")
    await call.ok("sendMessage", **send)
    telegram.block(ADA)
    assert await call.refused("sendMessage", **send) == "Forbidden: bot was blocked by the user"
    telegram.unblock(ADA)
    await call.ok("sendMessage", **send)
    telegram.deactivate(ADA)
    assert await call.refused("sendMessage", **send) == "Forbidden: user is deactivated"


async def test_a_text_that_was_sent_before_is_read_no_differently(call: Client, telegram: Sandbox) -> None:
    for chat_id, mode in ((LIN, "HTML"), (LIN, ""), (GROUP, "HTML")):
        await call.ok("sendMessage", chat_id=chat_id, text="<b>a</b> #b", parse_mode=mode)
    for _ in range(2):
        refused = await call.refused("sendMessage", chat_id=LIN, text="<b>", parse_mode="HTML")
        assert refused.startswith("Bad Request: can't parse entities: ")
    marked, plain = telegram.chat(LIN).from_bot
    assert (marked.text, plain.text) == ("a #b", "<b>a</b> #b")
    assert telegram.chat(GROUP).from_bot[0].entities == marked.entities

"""What people send besides text, and texts that they write anew, as Telegram tells the bot."""

import json
from typing import Any

import pytest

from bot.errors import BadInput
from bot.sandbox import Sandbox
from bot.sandbox.attachments import KINDS
from tests.corpus import SHARED
from tests.sandbox.conftest import ADA, GROUP, LIN, Client

BOT_API = SHARED / "telegram" / "bot-api-10.1.json"
_TYPES = {"photo": "PhotoSize"}


@pytest.fixture(scope="module")
def types() -> dict[str, Any]:
    if not BOT_API.is_file():
        pytest.skip("the Bot API as data is not beside this checkout (../shared)")
    types: dict[str, Any] = json.loads(BOT_API.read_text(encoding="utf-8"))["types"]
    return types


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_sent_has_the_fields_of_the_bot_api(
    call: Client, telegram: Sandbox, kind: str, types: dict[str, Any]
) -> None:
    await telegram.send(LIN, kind)
    (update,) = await call.ok("getUpdates")
    message = update["message"]
    assert not {"text", "caption"} & message.keys()
    assert kind in {field["name"] for field in types["Message"]["fields"]}
    one = message[kind][0] if kind == "photo" else message[kind]
    fields = types[_TYPES.get(kind, kind.capitalize())]["fields"]
    assert {field["name"] for field in fields if field["required"]} <= one.keys()
    assert one.keys() <= {field["name"] for field in fields}


async def test_a_caption_is_no_text(call: Client, telegram: Sandbox) -> None:
    await telegram.send(GROUP, "photo", "/latest", by=ADA)
    (update,) = await call.ok("getUpdates")
    assert update["message"]["caption"] == "/latest"
    assert update["message"]["caption_entities"][0]["type"] == "bot_command"
    assert update["message"]["from"]["id"] == ADA
    assert "text" not in update["message"]


async def test_a_text_that_is_written_anew_comes_as_edited(call: Client, telegram: Sandbox) -> None:
    said = await telegram.say(LIN, "/latest")
    edited = await telegram.edit(LIN, said.message_id, "/help")
    first, second = await call.ok("getUpdates")
    assert first["message"]["text"] == "/latest"
    assert "message" not in second
    message = second["edited_message"]
    assert (message["message_id"], message["text"]) == (said.message_id, "/help")
    assert message["date"] == first["message"]["date"]
    assert message["edit_date"] >= message["date"]
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
    assert telegram.chat(LIN).messages == (edited,)


async def test_what_is_not_ones_own_text_cannot_be_edited(call: Client, telegram: Sandbox) -> None:
    bots = await call.ok("sendMessage", chat_id=LIN, text="x")
    photo = await telegram.send(LIN, "photo")
    theirs = await telegram.say(GROUP, "x", by=LIN)
    for chat, message, text in (
        (LIN, bots["message_id"], "y"),
        (LIN, photo.message_id, "y"),
        (LIN, 9999, "y"),
        (GROUP, theirs.message_id, "y"),
    ):
        with pytest.raises(BadInput, match="nobody can edit this"):
            await telegram.edit(chat, message, text, by=None if chat == LIN else ADA)
    for text in ("x", " "):
        with pytest.raises(BadInput, match="nothing to change"):
            await telegram.edit(GROUP, theirs.message_id, text, by=LIN)


@pytest.mark.parametrize(("kind", "caption"), [("text", ""), ("sticker", "x"), ("", "")])
async def test_only_what_telegram_knows_can_be_sent(telegram: Sandbox, kind: str, caption: str) -> None:
    with pytest.raises(BadInput):
        await telegram.send(LIN, kind, caption)


async def test_the_page_sends_and_edits(call: Client, telegram: Sandbox) -> None:
    for what, given in (
        ("say", {"text": "a"}),
        ("attach", {"kind": "voice", "text": "b"}),
        ("edit", {"message_id": 1, "text": "c"}),
    ):
        async with call.http.post(f"{telegram.url}/sandbox/{what}", json={"chat_id": LIN, **given}) as answer:
            assert answer.status == 200
    said, voice, edited = await call.ok("getUpdates")
    assert said["message"]["message_id"] == edited["edited_message"]["message_id"] == 1
    assert voice["message"]["caption"] == "b"

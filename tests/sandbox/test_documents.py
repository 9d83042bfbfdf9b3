"""Files that the bot sends: uploaded, shown, downloaded, sent again."""

from typing import Any

import aiohttp
import httpx
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import GROUP, LIN, TOKEN, Client

NAME, CONTENT = "收藏 2026-03-02.md", "# 收藏\n".encode()


async def _upload(call: Client, content: bytes = CONTENT, **fields: Any) -> dict[str, Any]:
    form = aiohttp.FormData({"chat_id": str(LIN)} | fields, quote_fields=False)
    form.add_field("document", content, filename=NAME)
    async with call.http.post(f"{call.url}/bot{TOKEN}/sendDocument", data=form) as response:
        answer: dict[str, Any] = await response.json()
    return answer


async def test_an_uploaded_file_is_a_message_with_its_name_size_and_caption(
    call: Client, telegram: Sandbox
) -> None:
    keyboard = '{"inline_keyboard": [[{"text": "好", "callback_data": "yes"}]]}'
    answer = await _upload(call, caption="<b>导出</b>", parse_mode="HTML", reply_markup=keyboard)
    sent = answer["result"]
    assert sent["document"].items() >= {
        ("file_name", NAME),
        ("mime_type", "text/markdown"),
        ("file_size", len(CONTENT)),
    }
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("导出", "bold")
    (message,) = telegram.chat(LIN).from_bot
    assert message.document
    assert (message.document.name, message.document.data) == (NAME, CONTENT)
    assert [button.text for button in message.buttons] == ["好"]


async def test_the_encoding_of_another_http_client_is_read_too(call: Client, telegram: Sandbox) -> None:
    async with httpx.AsyncClient() as http:
        answer = await http.post(
            f"{call.url}/bot{TOKEN}/sendDocument",
            data={"chat_id": str(LIN), "document": "attach://file"},
            files={"file": (NAME, CONTENT)},
        )
    assert answer.json()["result"]["document"]["file_name"] == NAME
    assert telegram.chat(LIN).from_bot[0].document


async def test_a_file_is_downloaded_as_it_was_uploaded(call: Client) -> None:
    file_id = (await _upload(call))["result"]["document"]["file_id"]
    async with call.http.get(f"{call.url}/sandbox/documents/{file_id}") as response:
        assert await response.read() == CONTENT
        assert response.content_disposition
        assert (response.content_disposition.type, response.content_disposition.filename) == (
            "attachment",
            NAME,
        )
    async with call.http.get(f"{call.url}/sandbox/documents/none") as response:
        assert response.status == 404


async def test_a_file_is_sent_again_by_its_id(call: Client, telegram: Sandbox) -> None:
    file_id = (await _upload(call))["result"]["document"]["file_id"]
    await call.ok("sendDocument", chat_id=GROUP, document=file_id)
    (message,) = telegram.chat(GROUP).from_bot
    assert message.document
    assert message.document.data == CONTENT


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "there is no document in the request"),
        ({"document": "nonsense"}, "wrong remote file identifier specified: Wrong character in the string"),
        ({"document": "ftp://example.com/a"}, "wrong HTTP URL specified"),
        ({"document": "https://example.com/a.pdf"}, "failed to get HTTP URL content"),
    ],
)
async def test_what_is_no_file_is_refused(call: Client, given: dict[str, Any], reason: str) -> None:
    assert await call.refused("sendDocument", chat_id=LIN, **given) == f"Bad Request: {reason}"


async def test_an_empty_file_and_a_long_caption_are_refused(call: Client) -> None:
    assert (await _upload(call, b""))["description"] == "Bad Request: file must be non-empty"
    long = await _upload(call, caption="字" * 1025)
    assert long["description"] == "Bad Request: message caption is too long"


async def test_a_closed_group_takes_no_files(call: Client, telegram: Sandbox) -> None:
    file_id = (await _upload(call))["result"]["document"]["file_id"]
    telegram.close(GROUP)
    refused = await call.refused("sendDocument", chat_id=GROUP, document=file_id)
    assert refused == "Bad Request: not enough rights to send documents to the chat"


async def test_a_file_has_no_text_to_edit_and_its_keyboard_can_change(
    call: Client, telegram: Sandbox
) -> None:
    own = {"chat_id": LIN, "message_id": (await _upload(call))["result"]["message_id"]}
    refused = await call.refused("editMessageText", **own, text="x")
    assert refused == "Bad Request: there is no text in the message to edit"
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "yes"}]]}
    changed = await call.ok("editMessageReplyMarkup", **own, reply_markup=markup)
    assert "edit_date" not in changed
    assert telegram.chat(LIN).from_bot[0].buttons
    again = await call.refused("editMessageReplyMarkup", **own, reply_markup=markup)
    assert again.startswith("Bad Request: message is not modified: ")
    await call.ok("editMessageReplyMarkup", **own)
    assert telegram.chat(LIN).from_bot[0].reply_markup is None

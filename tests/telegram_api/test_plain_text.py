"""Markup that Telegram cannot parse: the words arrive all the same, and the operator is told once."""

import asyncio

import pytest
import structlog

from bot.errors import MessageRefused
from bot.messages import Button, Message
from bot.model import Destination
from bot.telegram_api import Client, Sender
from bot.telegram_api.plain_text import RejectedMarkup
from tests.telegram_api.server import BotApi, refusal

HELLO = Message('<b>你好</b> &amp; <a href="https://example.com/a_b">link</a>', silent=True)
BARE = "你好 & link (https://example.com/a_b)"
UNPARSABLE = "Bad Request: can't parse entities: unexpected end tag"


async def test_the_bare_text_goes_in_its_place_with_all_the_rest(client: Client, api: BotApi) -> None:
    api.answers.append(refusal(400, UNPARSABLE))
    await Sender(client).send(Destination(7), HELLO, reply_to=5)
    first, second = api.said("sendMessage")
    assert second == {name: value for name, value in first.items() if name != "parse_mode"} | {"text": BARE}


async def test_an_edit_too_goes_as_bare_text(client: Client, api: BotApi) -> None:
    message = Message(HELLO.html, ((Button("全部", data="rest:1"),),))
    api.answers.append(refusal(400, UNPARSABLE))
    await Sender(client).edit(7, 42, message)
    first, second = api.said("editMessageText")
    assert second == {name: value for name, value in first.items() if name != "parse_mode"} | {"text": BARE}


async def test_the_operator_is_told_once_and_later_chats_get_the_bare_text_at_once(
    client: Client, api: BotApi
) -> None:
    sender = Sender(client)
    api.answers.append(refusal(400, UNPARSABLE))
    with structlog.testing.capture_logs() as logs:
        for chat_id in (7, 8, 9):
            await sender.send(Destination(chat_id), HELLO)
        await sender.edit(7, 42, HELLO)
    assert [entry["event"] for entry in logs] == ["markup_rejected"]
    assert (logs[0]["chat"], logs[0]["log_level"]) == (7, "error")
    sent = [(seen["chat_id"], seen["text"]) for seen in api.said("sendMessage")]
    assert sent == [(7, HELLO.html), (7, BARE), (8, BARE), (9, BARE)]
    assert [seen["text"] for seen in api.said("editMessageText")] == [BARE]


async def test_chats_asked_at_the_same_time_are_one_complaint(client: Client, api: BotApi) -> None:
    sender = Sender(client)
    api.answers += [refusal(400, UNPARSABLE)] * 8
    with structlog.testing.capture_logs() as logs:
        await asyncio.gather(*(sender.send(Destination(chat_id), HELLO) for chat_id in range(1, 9)))
    assert len(logs) == 1
    arrived = [seen["chat_id"] for seen in api.said("sendMessage") if seen["text"] == BARE]
    assert sorted(arrived) == [*range(1, 9)]


async def test_another_message_keeps_its_markup(client: Client, api: BotApi) -> None:
    sender = Sender(client)
    api.answers.append(refusal(400, UNPARSABLE))
    await sender.send(Destination(7), HELLO)
    await sender.send(Destination(7), Message("<b>再见</b>"))
    assert api.said("sendMessage")[-1]["parse_mode"] == "HTML"


async def test_what_is_refused_as_bare_text_too_is_refused(client: Client, api: BotApi) -> None:
    api.answers += [refusal(400, UNPARSABLE), refusal(400, "Bad Request: message is too long")]
    with pytest.raises(MessageRefused, match="too long"):
        await Sender(client).send(Destination(7), HELLO)


def test_no_more_refused_messages_are_remembered_than_there_is_room_for() -> None:
    refused = RejectedMarkup(most=2)
    one, two, three = (Message(text) for text in ("one", "two", "three"))
    assert [refused.add(message) for message in (one, two, two, three)] == [True, True, False, True]
    assert [message in refused for message in (one, two, three)] == [False, True, True]

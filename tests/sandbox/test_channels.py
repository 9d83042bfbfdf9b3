"""Channels: the bot posts in their name, is told what it may, and gets what is forwarded from them."""

from dataclasses import replace

import aiohttp
import pytest

from bot.errors import BadInput
from bot.sandbox import CHANNEL, Group, Sandbox
from tests.sandbox.conftest import ADA, GROUP, LIN, PEOPLE, TOKEN, Client

PUBLIC = replace(CHANNEL, id=-1001002005, username="digest_channel")


@pytest.fixture
async def telegram(telegram: Sandbox) -> Sandbox:
    del telegram
    return Sandbox(token=TOKEN, people=PEOPLE, groups=(CHANNEL, PUBLIC, Group(id=GROUP, title="读者群")))


@pytest.fixture
async def call(http: aiohttp.ClientSession, telegram: Sandbox) -> Client:
    await telegram.start()
    return Client(http, telegram.url)


async def test_a_post_is_the_channels_own_and_nobodys(call: Client, telegram: Sandbox) -> None:
    telegram.let_in(PUBLIC.id)
    post = await call.ok("sendMessage", chat_id=PUBLIC.id, text="x")
    assert "from" not in post
    assert post["sender_chat"] == post["chat"]
    assert (post["chat"]["type"], post["chat"]["username"]) == ("channel", "digest_channel")
    await telegram.stop()


async def test_who_lets_the_bot_in_makes_it_an_administrator_who_may_post_or_not(
    call: Client, telegram: Sandbox
) -> None:
    refusal = await call.refused("sendMessage", chat_id=CHANNEL.id, text="x")
    assert refusal == "Forbidden: bot was kicked from the channel chat"
    telegram.let_in(CHANNEL.id)
    telegram.mute(CHANNEL.id)
    refusal = await call.refused("sendMessage", chat_id=CHANNEL.id, text="x")
    assert refusal.startswith("Bad Request: not enough rights")
    told = [one["my_chat_member"]["new_chat_member"] for one in await call.ok("getUpdates")]
    assert [(one["status"], one["can_post_messages"]) for one in told] == [
        ("administrator", True),
        ("administrator", False),
    ]
    await telegram.stop()


async def test_a_forwarded_post_names_its_channel(call: Client, telegram: Sandbox) -> None:
    telegram.let_in(CHANNEL.id)
    post = await call.ok("sendMessage", chat_id=CHANNEL.id, text="x")
    telegram.forward(CHANNEL.id, LIN)
    forwarded = (await call.ok("getUpdates"))[-1]["message"]
    assert (forwarded["text"], forwarded["chat"]["id"]) == ("x", LIN)
    origin = forwarded["forward_origin"]
    assert (origin["type"], origin["chat"]["id"], origin["message_id"]) == (
        "channel",
        CHANNEL.id,
        post["message_id"],
    )
    with pytest.raises(BadInput, match="no channel"):
        telegram.forward(GROUP, ADA)
    await telegram.stop()


async def test_the_last_message_that_was_pinned_is_on_top(call: Client, telegram: Sandbox) -> None:
    telegram.let_in(CHANNEL.id)
    ids = [(await call.ok("sendMessage", chat_id=CHANNEL.id, text=text))["message_id"] for text in "ab"]
    for one in (*ids, ids[0]):
        await call.ok("pinChatMessage", chat_id=CHANNEL.id, message_id=one)
    assert telegram.chat(CHANNEL.id).pinned == [ids[1], ids[0]]
    refusal = await call.refused("pinChatMessage", chat_id=CHANNEL.id, message_id=99)
    assert refusal == "Bad Request: message to pin not found"
    await telegram.stop()


async def test_what_is_taken_down_or_deleted_is_on_top_no_more(call: Client, telegram: Sandbox) -> None:
    telegram.let_in(CHANNEL.id)
    ids = [(await call.ok("sendMessage", chat_id=CHANNEL.id, text=text))["message_id"] for text in "abc"]
    for one in ids:
        await call.ok("pinChatMessage", chat_id=CHANNEL.id, message_id=one, disable_notification=True)
    await call.ok("unpinChatMessage", chat_id=CHANNEL.id, message_id=ids[1])
    await call.ok("unpinChatMessage", chat_id=CHANNEL.id, message_id=ids[1])
    assert telegram.chat(CHANNEL.id).pinned == [ids[0], ids[2]]
    await call.ok("deleteMessage", chat_id=CHANNEL.id, message_id=ids[2])
    assert telegram.chat(CHANNEL.id).pinned == [ids[0]]
    await call.ok("unpinChatMessage", chat_id=CHANNEL.id)
    assert telegram.chat(CHANNEL.id).pinned == []
    for asked in ({}, {"message_id": ids[2]}):
        refusal = await call.refused("unpinChatMessage", chat_id=CHANNEL.id, **asked)
        assert refusal == "Bad Request: message to unpin not found"
    await telegram.stop()


async def test_who_may_not_edit_in_a_channel_or_is_a_mere_member_of_a_group_pins_nothing(
    call: Client, telegram: Sandbox
) -> None:
    telegram.let_in(CHANNEL.id)
    telegram.let_pin(CHANNEL.id, allowed=False)
    told = (await call.ok("getUpdates"))[-1]["my_chat_member"]
    assert told["old_chat_member"]["can_edit_messages"]
    assert not told["new_chat_member"]["can_edit_messages"]
    for chat_id in (CHANNEL.id, GROUP):
        post = await call.ok("sendMessage", chat_id=chat_id, text="x")
        for method in ("pinChatMessage", "unpinChatMessage"):
            refusal = await call.refused(method, chat_id=chat_id, message_id=post["message_id"])
            assert refusal == "Bad Request: not enough rights to manage pinned messages in the chat"
    telegram.let_pin(CHANNEL.id, allowed=True)
    last = telegram.chat(CHANNEL.id).from_bot[-1].message_id
    await call.ok("pinChatMessage", chat_id=CHANNEL.id, message_id=last)
    await telegram.stop()

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

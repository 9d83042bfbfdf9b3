"""Pictures, stickers, voice and edited messages: one friendly line a day at most, and nothing else."""

from pathlib import Path

import pytest

from bot.model import Destination
from bot.sandbox import Group, Message
from tests.acceptance.world import ADA, LIN, World, make_world

KINDS = ("photo", "sticker", "voice", "video", "audio", "document")
GROUP = -4001
LINE = "我只看得懂文字"


async def answers(world: World, chat_id: int) -> list[Message]:
    """What the bot has said besides its help, once everything that was sent before is dealt with."""
    chat = world.telegram.chat(chat_id)

    def helps() -> int:
        return sum("/latest" in one.text for one in chat.from_bot)

    before = helps()
    await world.telegram.say(chat_id, "/help")
    await world.telegram.until(lambda: helps() > before)
    return [one for one in chat.from_bot if "/latest" not in one.text]


@pytest.mark.parametrize("first", KINDS)
async def test_of_all_that_is_no_text_the_first_gets_one_line(world: World, first: str) -> None:
    async with world.bot():
        for kind in (first, *KINDS):
            await world.telegram.send(LIN, kind)
        (line,) = await answers(world, LIN)
    assert LINE in line.text
    assert line.buttons


async def test_the_line_is_said_in_the_language_of_each(world: World) -> None:
    async with world.bot():
        await world.telegram.send(ADA, "sticker")
        await world.telegram.send(LIN, "voice")
        (line,), (other,) = [await answers(world, chat) for chat in (ADA, LIN)]
    assert "I can only read text" in line.text
    assert LINE in other.text


async def test_a_command_in_an_edited_message_or_a_caption_is_not_carried_out(world: World) -> None:
    async with world.bot():
        await world.said(LIN, "/help")
        said = next(one for one in world.telegram.chat(LIN).messages if not one.from_bot)
        for text in ("/start", "/topic 量化", "/help"):
            await world.telegram.edit(LIN, said.message_id, text)
        await world.telegram.send(LIN, "photo", "/start")
        (line,) = await answers(world, LIN)
        assert "改过的消息我不会重新看" in line.text
        async with world.storage() as storage:
            assert await storage.subscribers.get(Destination(LIN)) is None


async def test_groups_get_nothing(tmp_path: Path) -> None:
    group = Group(id=GROUP, title="读者群")
    async with make_world(tmp_path, groups=(group,)) as world, world.bot():
        said = await world.telegram.say(GROUP, "大家好")
        await world.telegram.edit(GROUP, said.message_id, "/start")
        for kind in KINDS:
            await world.telegram.send(GROUP, kind, "" if kind == "sticker" else "/start")
        assert await answers(world, GROUP) == []

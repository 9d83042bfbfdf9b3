"""Readers whose copy is corrected get a silent line about it, where the editor says so, and no other does."""

from pathlib import Path

from bot.sandbox import Message
from tests.acceptance.test_editors_chat import DUE, card, claimed, pressed
from tests.acceptance.world import ADA, DE, ISSUE, LIN, World, make_world

LINK = ISSUE.replace("{day}/pruning", "{day}/pruning-again")


def notes(world: World, reader: int) -> list[Message]:
    return [one for one in world.telegram.chat(reader).from_bot if "✏️ 已更正" in one.text]


async def out(world: World) -> None:
    """One reader has all of the issue, the other a topic of it."""
    await claimed(world)
    await world.said(LIN, "/start")
    await world.said(DE, "/start")
    await world.said(DE, "/topic 量化")
    world.write(DUE)
    for reader in (LIN, DE):
        await world.recorded(DUE, reader)


async def corrected(world: World, *texts: str) -> None:
    """Until the correction is over."""
    await card(world, f"No correction of {DUE} waits for a decision any more")
    await world.telegram.until(lambda: [one.text.partition("：")[2] for one in notes(world, LIN)] == [*texts])
    await world.recorded(DUE, LIN)
    await world.recorded(DUE, DE)


async def test_a_reader_whose_copy_changed_is_told_once_what_and_others_are_not(tmp_path: Path) -> None:
    async with make_world(tmp_path) as world:
        async with world.bot():
            await out(world)
            world.write(DUE, text=LINK)
            waits = await card(world, "a correction changes")
            assert "Corrected: the link of item 2 in Papers" in waits.text
            assert await pressed(world, waits, "say so") == "Being corrected in 2 chats"
            await corrected(world, "论文 第 2 条链接")
            (note,) = notes(world, LIN)
            first = next(one for one in world.telegram.chat(LIN).from_bot if "本期四条" in one.text)
            assert note.silent
            assert note.reply_to == first.message_id
            assert notes(world, DE) == []
        async with world.bot():
            world.write(DUE, text=LINK.replace("无需微调", "不必微调"))
            waits = await card(world, "a correction changes 1 message")
            await pressed(world, waits, "say so")
            await world.telegram.until(lambda: len(notes(world, LIN)) > 1)
            assert [one.text for one in notes(world, LIN)] == [
                "✏️ 已更正：论文 第 2 条链接",
                "✏️ 已更正：论文 第 2 条文字",
            ]
            assert notes(world, DE) == []


async def test_no_reader_is_told_where_the_editor_does_not_say_so(tmp_path: Path) -> None:
    async with make_world(tmp_path) as world, world.bot():
        await out(world)
        world.write(DUE, text=LINK)
        waits = await card(world, "a correction changes")
        await pressed(world, waits, "in every chat")
        await corrected(world)
        assert [*notes(world, LIN), *notes(world, DE), *notes(world, ADA)] == []

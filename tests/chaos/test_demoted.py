"""Who administers a group no more decides nothing there, even while an issue is on its way."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import DeliveryState, Destination, SubscriberState
from bot.sandbox import Group
from tests.chaos.crowd import Crowd, make_crowd
from tests.chaos.test_stopped import bot
from tests.chaos.world import PATIENCE, SLUG
from tests.nightly import NIGHTLY, on

OWNER, DEMOTED = 1, 2
READERS = range(1, 200 if NIGHTLY else 20)
#: The bot is told of the members of every second one; of the others it must ask.
GROUPS = tuple(
    Group(id=-8000 - number, title=f"Group {number}", owner=OWNER, bot_administers=not number % 2)
    for number in range(10 if NIGHTLY else 4)
)


@pytest.fixture
async def crowd(tmp_path: Path, database_url: str) -> AsyncIterator[Crowd]:
    async with make_crowd(tmp_path, database_url, groups=GROUPS, topics=0, readers=READERS) as made:
        for group in GROUPS:
            made.world.telegram.promote(group.id, DEMOTED)
        yield made


async def answer(crowd: Crowd, text: str, chat_id: int) -> str:
    """What the bot answers to one who administered a group."""
    telegram = crowd.world.telegram
    said = await telegram.say(chat_id, text, by=DEMOTED)

    def found() -> list[str]:
        there = telegram.chat(chat_id).from_bot
        return [one.text for one in there if one.reply_to == said.message_id]

    await telegram.until(lambda: bool(found()), timeout=PATIENCE)
    return found()[0]


@on("sqlite")
async def test_who_was_demoted_in_mid_delivery_ends_nothing_whichever_process_hears_it(crowd: Crowd) -> None:
    world, telegram, chats = crowd.world, crowd.world.telegram, [group.id for group in GROUPS]
    telegram.faults.add("slow", chats=chats, methods={"sendMessage"}, times=None, delay=0.3)
    async with bot(world) as first:
        await telegram.until(lambda: all(map(crowd.standing, crowd.places)), timeout=PATIENCE)
        for chat_id in chats:
            assert "量化" in await answer(crowd, "/topic 量化", chat_id)
            telegram.demote(chat_id, DEMOTED)
            assert "管理员" in await answer(crowd, "/stop", chat_id)
        if NIGHTLY:
            first.kill()
            await first.wait()
            async with bot(world):
                for chat_id in chats:
                    assert "管理员" in await answer(crowd, "/stop", chat_id)
                await world.until_done()
        else:
            await world.until_done()
    for to in map(Destination, (*READERS, *chats)):
        await crowd.complete(to)
        subscriber = await world.storage.subscribers.get(to)
        assert subscriber is not None
        assert subscriber.state is SubscriberState.ACTIVE
    states = (await world.storage.statistics.counts_of(SLUG)).rows
    assert states.keys() == {DeliveryState.SENT}

"""People, groups, forums and channels together, two processes, and all that can happen to them meanwhile."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.model import Destination, SubscriberState
from bot.sandbox import Group
from tests.chaos.crowd import Crowd, make_crowd
from tests.chaos.test_faults import trouble
from tests.chaos.test_several import ONE, OTHER, handovers, senders
from tests.chaos.world import PATIENCE, SLUG
from tests.nightly import NIGHTLY, on

#: 300 chats at night, a tenth of them by day.
READERS = range(1, 181 if NIGHTLY else 17)
GROUPS, FORUMS, CHANNELS = (40, 30, 50) if NIGHTLY else (5, 4, 5)
TOPICS = 2
KILLS = 3 if NIGHTLY else 1
TERM = 3.0 if NIGHTLY else 1.0  # seconds of a lease, which a busy machine must be able to renew
KINDS = (
    *(Group(id=-8000 - number, title=f"Group {number}") for number in range(GROUPS)),
    *(
        Group(id=-1009_000 - number, title=f"Forum {number}", type="supergroup", is_forum=True)
        for number in range(FORUMS)
    ),
    *(
        Group(id=-1007_000_000_000 - number, title=f"Channel {number}", type="channel")
        for number in range(CHANNELS)
    ),
)
MOVED, NEW_HOME = Destination(-8000), Destination(-1008_000)


@pytest.fixture
async def crowd(tmp_path: Path, database_url: str, seed: int) -> AsyncIterator[Crowd]:
    async with make_crowd(
        tmp_path, database_url, groups=KINDS, topics=TOPICS, readers=READERS, seed=seed
    ) as made:
        yield made


@on("sqlite")
async def test_whatever_happens_to_chats_and_senders_each_chat_gets_all_of_it_in_order(crowd: Crowd) -> None:
    """A group moves, a topic is deleted, a channel puts the bot out, and whoever sends is killed."""
    world, telegram = crowd.world, crowd.world.telegram
    gone, put_out = whole(crowd, "forum"), whole(crowd, "channel")
    if NIGHTLY:
        trouble(world)
    telegram.faults.add("drop", share=0.05, times=3, methods={"sendMessage"})
    unlucky: dict[Destination, Callable[[], None]] = {
        MOVED: lambda: telegram.migrate(MOVED.chat, NEW_HOME.chat),
        gone: lambda: telegram.forum(gone.chat).delete(gone.thread),
        put_out: lambda: telegram.expel(put_out.chat),
    }
    chats = [to.chat for to in unlucky]  # so slow that it happens before the last part is there
    telegram.faults.add("slow", chats=chats, methods={"sendMessage"}, times=None, delay=0.2)
    with ExitStack() as stack:
        running = {host: stack.enter_context(world.process(host=host, term=TERM)) for host in (ONE, OTHER)}
        await asyncio.gather(*(crowd.when_begun(to, act) for to, act in unlucky.items()))
        for _ in range(KILLS):
            killed = senders(world)[-1]
            os.kill(running[killed].pid or 0, signal.SIGKILL)
            await telegram.until(lambda name=killed: senders(world)[-1] != name, timeout=PATIENCE)  # type: ignore[misc]
            running[killed] = stack.enter_context(world.process(host=killed, term=TERM))
        await world.until_done()
    assert handovers(senders(world)) >= KILLS
    await crowd.complete(NEW_HOME, before=crowd.standing(MOVED))
    await crowd.given_up(gone, "Message thread not found", SubscriberState.PARKED)
    await crowd.given_up(put_out, "Forbidden: bot was kicked from the channel chat", SubscriberState.BLOCKED)
    others = [to for to in crowd.places if to not in unlucky]
    for to in (*map(Destination, READERS), *others):
        await crowd.complete(to)
    await links_lead_where_they_should(crowd, [to for to in others if is_channel(to)])
    counts = await world.storage.statistics.counts_of(SLUG)
    assert sum(counts.rows.values()) == len(READERS) + len(crowd.places)


def whole(crowd: Crowd, kind: str) -> Destination:
    """The first channel, or topic of a forum, that gets all of the issue."""
    return next(to for to in crowd.places[::2] if (to.thread if kind == "forum" else is_channel(to)))


def is_channel(to: Destination) -> bool:
    return any(to.chat == kind.id and kind.type == "channel" for kind in KINDS)


async def links_lead_where_they_should(crowd: Crowd, channels: list[Destination]) -> None:
    """The contents of each channel link to posts that stand there, and each of those to the contents."""
    for to in channels:
        contents, *sections = (await crowd.row(to)).parts
        for part in sections:
            post = crowd.world.telegram.chat(to.chat).find(part.message_id or 0)
            assert post is not None
            assert f'/{contents.message_id}"' in post.html

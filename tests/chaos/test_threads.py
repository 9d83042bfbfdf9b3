"""Topics of forums among the chats, with faults, a topic deleted in mid-delivery, and a process killed."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import DeliveryState, SubscriberState
from bot.sandbox import Group
from tests.chaos.crowd import Crowd, make_crowd
from tests.chaos.test_faults import trouble
from tests.chaos.world import READERS, SLUG
from tests.nightly import NIGHTLY, on

FORUMS = tuple(
    Group(id=-1009_000 - number, title=f"Forum {number}", type="supergroup", is_forum=True)
    for number in range(5)
)
#: Topics of each forum besides "General"; by day they get less than the twenty messages of a minute.
TOPICS = 4 if NIGHTLY else 2


@pytest.fixture
async def forums(tmp_path: Path, database_url: str) -> AsyncIterator[Crowd]:
    async with make_crowd(tmp_path, database_url, groups=FORUMS, topics=TOPICS, readers=READERS) as crowd:
        yield crowd


async def test_under_faults_each_topic_gets_its_own_and_one_that_is_deleted_is_parked(forums: Crowd) -> None:
    world, (gone, *_) = forums.world, [to for to in forums.places if to.thread]
    trouble(world)
    async with world.engine():
        await world.telegram.until(lambda: bool(forums.standing(gone)), timeout=60)
        world.telegram.forum(gone.chat).delete(gone.thread)
        await world.until_done()
    others = [to for to in forums.places if to != gone]
    for to in others:
        await forums.complete(to)
    if (await forums.row(gone)).state is DeliveryState.SKIPPED:  # it was deleted before its last part
        await forums.given_up(gone, "Message thread not found", SubscriberState.PARKED)
    counts = await world.storage.statistics.counts_of(SLUG)
    assert sum(counts.rows.values()) == len(READERS) + len(forums.places)


@on("sqlite")
async def test_a_killed_process_loses_and_doubles_nothing_in_topics_but_the_uncertain(forums: Crowd) -> None:
    world = forums.world
    with world.process() as process:
        await world.telegram.until(lambda: any(forums.standing(to) for to in forums.places), timeout=60)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    async with world.engine():
        await world.until_done()
    for to in forums.places:
        await forums.complete(to)

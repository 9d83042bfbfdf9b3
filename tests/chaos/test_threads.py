"""Topics of forums among the chats, with faults, a topic deleted in mid-delivery, and a process killed."""

import os
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.model import Cut, Delivery, DeliveryState, Destination, Interests, Purpose, SubscriberState
from bot.runtime.clock import utc_now
from bot.sandbox import Group
from tests.chaos.test_faults import trouble
from tests.chaos.world import PARTS, READERS, SLUG, World, make_world
from tests.nightly import NIGHTLY, on

FORUMS = tuple(
    Group(id=-1009_000 - number, title=f"Forum {number}", type="supergroup", is_forum=True)
    for number in range(5)
)
#: Topics of each forum besides "General"; by day they get less than the twenty messages of a minute.
TOPICS = 4 if NIGHTLY else 2
QUANTIZATION = Cut().about(Interests(topics=("quantization",)), excluded=Interests())


@dataclass(frozen=True, slots=True, kw_only=True)
class Forums:
    """The world, and the topics of its forums; every second follows quantization alone."""

    world: World
    topics: tuple[Destination, ...]

    async def row(self, to: Destination) -> Delivery:
        row = await self.world.storage.deliveries.get(SLUG, to, Purpose.PUSH)
        assert row is not None
        return row

    def texts(self, to: Destination) -> list[str]:
        chat = self.world.telegram.chat(to.chat)
        return [one.html for one in chat.from_bot if one.thread == to.thread]

    async def accounted(self, to: Destination) -> None:
        """All parts stand in their own topic, in order; only the uncertain may stand there twice."""
        row, there = await self.row(to), self.texts(to)
        assert row.state is DeliveryState.SENT
        assert row.part_count <= len(there) <= row.part_count + row.uncertain
        once = list(dict.fromkeys(there))
        assert len(once) == row.part_count
        assert row.part_count == PARTS or row.cut == QUANTIZATION


@pytest.fixture
async def forums(tmp_path: Path, database_url: str) -> AsyncIterator[Forums]:
    async with make_world(tmp_path, database_url, groups=FORUMS) as world:
        topics = [Destination(group.id) for group in FORUMS]
        for group in FORUMS:
            forum = world.telegram.forum(group.id)
            topics += [Destination(group.id, forum.create(str(number))) for number in range(TOPICS)]
        for place, to in enumerate(topics):
            cut = QUANTIZATION if place % 2 else Cut()
            await world.storage.subscribers.join(to, cut, utc_now())
            await world.storage.planner.plan_one(
                to=to, issue_slug=SLUG, purpose=Purpose.PUSH, cut=cut, now=utc_now()
            )
        yield Forums(world=world, topics=tuple(topics))


async def test_under_faults_each_topic_gets_its_own_and_one_that_is_deleted_is_parked(forums: Forums) -> None:
    world, (gone, *_) = forums.world, [to for to in forums.topics if to.thread]
    trouble(world)
    async with world.engine():
        await world.telegram.until(lambda: bool(forums.texts(gone)), timeout=60)
        world.telegram.forum(gone.chat).delete(gone.thread)
        await world.until_done()
    others = [to for to in forums.topics if to != gone]
    for to in others:
        await forums.accounted(to)
    row = await forums.row(gone)
    if row.state is DeliveryState.SKIPPED:  # it was deleted before its last part
        subscriber = await world.storage.subscribers.get(gone)
        assert subscriber is not None
        assert subscriber.state is SubscriberState.PARKED
        assert row.reason == "Message thread not found"
    counts = await world.storage.statistics.counts_of(SLUG)
    assert sum(counts.rows.values()) == len(READERS) + len(forums.topics)


@on("sqlite")
async def test_a_killed_process_loses_and_doubles_nothing_in_topics_but_the_uncertain(forums: Forums) -> None:
    world = forums.world
    with world.process() as process:
        await world.telegram.until(lambda: any(forums.texts(to) for to in forums.topics), timeout=60)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    async with world.engine():
        await world.until_done()
    for to in forums.topics:
        await forums.accounted(to)

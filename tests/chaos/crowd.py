"""Chats of every kind that an issue is on its way to, and what must be true of each in the end."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bot.model import Cut, Delivery, DeliveryState, Destination, Interests, Purpose, SubscriberState
from bot.runtime.clock import utc_now
from bot.sandbox import Group, Message
from tests.chaos.world import PARTS, PATIENCE, SLUG, World, make_world

QUANTIZATION = Cut().about(Interests(topics=("quantization",)), excluded=Interests())
UP = "\n\n↑ 目录"  # the way back, which a post of a channel has once the contents stand there


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The world, and the groups, topics and channels in it; every second follows quantization alone."""

    world: World
    places: tuple[Destination, ...]

    async def row(self, to: Destination) -> Delivery:
        """What the ledger says of a place."""
        row = await self.world.storage.deliveries.get(SLUG, to, Purpose.PUSH)
        assert row is not None
        return row

    def standing(self, to: Destination) -> list[Message]:
        """What stands in a place, in order, but for answers to what was said there."""
        there = self.world.telegram.chat(to.chat).from_bot
        return [one for one in there if one.thread == to.thread and one.reply_to is None]

    async def when_begun(self, to: Destination, act: Callable[[], None]) -> None:
        """Do it as soon as the first part stands in a place."""
        await self.world.telegram.until(lambda: bool(self.standing(to)), timeout=PATIENCE)
        act()

    async def complete(self, to: Destination, *, before: Sequence[Message] = ()) -> None:
        """Everything stands there, in order, but for what stood there ``before`` the chat had this id."""
        row, standing = await self.row(to), self.standing(to)
        assert row.state is DeliveryState.SENT
        assert row.part_count == PARTS or row.cut == QUANTIZATION
        assert list(row.message_ids) == sorted(row.message_ids)
        assert {one.message_id for one in standing} >= set(row.message_ids)
        accounted(row, [*before, *standing])

    async def given_up(self, to: Destination, reason: str, state: SubscriberState) -> None:
        """Nothing more comes there, and the ledger says why."""
        row, subscriber = await self.row(to), await self.world.storage.subscribers.get(to)
        assert subscriber is not None
        assert (row.state, row.reason) == (DeliveryState.SKIPPED, reason)
        assert subscriber.state is state


def accounted(row: Delivery, standing: Sequence[Message]) -> None:
    """Each part is there, after the one before it; none is twice but the uncertain."""
    texts = [one.text.removesuffix(UP) for one in standing]
    in_order = [text for text, _ in groupby(texts)]
    assert len(in_order) == len(set(in_order)) == row.part_count
    times = Counter(texts)
    twice = {part.name for part, text in zip(row.parts, in_order, strict=True) if times[text] > 1}
    assert twice <= {part.name for part in row.parts if part.uncertain}


@asynccontextmanager
async def make_crowd(
    folder: Path,
    database_url: str,
    *,
    groups: tuple[Group, ...],
    topics: int,
    readers: range,
    seed: int = 5,
) -> AsyncIterator[Crowd]:
    """The issue is planned for readers and groups, and for so many ``topics`` of each forum."""
    async with make_world(folder, database_url, groups=groups, readers=readers, seed=seed) as world:
        places = [Destination(group.id) for group in groups]
        for group in groups:
            if group.is_forum:
                forum = world.telegram.forum(group.id)
                places += [Destination(group.id, forum.create(str(number))) for number in range(topics)]
            if group.type == "channel":
                await world.storage.channels.note(group.id, group.title, group.username)
        for number, to in enumerate(places):
            cut = QUANTIZATION if number % 2 else Cut()
            await world.storage.subscribers.join(to, cut, utc_now())
            await world.storage.planner.plan_one(
                to=to, issue_slug=SLUG, purpose=Purpose.PUSH, cut=cut, now=utc_now()
            )
        yield Crowd(world=world, places=tuple(places))

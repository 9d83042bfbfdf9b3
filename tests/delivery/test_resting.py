"""A group that has had its twenty of this minute keeps no other chat from being served."""

from dataclasses import dataclass, field

from bot.errors import TryLater
from bot.model import DeliveryState
from bot.pacing import Priority
from tests.delivery.world import SLUG, NoQueue, World

WHOLE = [f"{SLUG} 1/3", f"{SLUG} 2/3", f"{SLUG} 3/3"]
GROUPS = range(-5, 0)


@dataclass
class FullGroups(NoQueue):
    """A group may be sent no more for forty seconds, until this is empty."""

    full: set[int] = field(default_factory=lambda: set(GROUPS))

    async def rested(self, chat_id: int, *, priority: Priority) -> None:
        del priority  # the signature is the dispatcher's
        if chat_id in self.full:
            raise TryLater("The chat may be sent no more at present", after=40.0)


async def test_groups_that_may_be_sent_no_more_leave_their_place_to_others_and_are_served_later(
    world: World,
) -> None:
    queue = world.dispatcher = FullGroups()
    await world.publish(*GROUPS, 1)
    worker = await world.worker(open_chats=2)
    await worker.drain()
    assert world.gateway.to(1) == WHOLE
    row = await world.row(-1)
    assert (row.state, row.attempts) == (DeliveryState.PLANNED, 0)

    queue.full.clear()
    world.clock.advance(40.0)
    await (await world.worker(open_chats=2)).drain()
    assert all(world.gateway.to(group) == WHOLE for group in GROUPS)

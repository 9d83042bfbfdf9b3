"""kill -9 in the middle of a delivery: nothing lost, order kept, what may be doubled is known."""

import os
import signal
from collections import Counter
from dataclasses import replace
from itertools import groupby
from random import Random

from bot.model import Delivery, DeliveryState
from tests.chaos.world import ALL, PARTS, World, with_delivery
from tests.nightly import NIGHTLY, on

KILLS = 20 if NIGHTLY else 5


@on("sqlite")
async def test_killed_at_any_moment_it_loses_nothing_and_knows_what_it_may_have_doubled(
    world: World, seed: int
) -> None:
    """All that stands in the chats is accounted for in the ledger, part for part."""
    moments = Random(seed).sample(range(1, ALL), KILLS)  # noqa: S311  # which ones, nothing secret
    in_flight = 0
    for sent in sorted(moments):
        with world.process(term=0.4) as process:
            await world.until_sent(sent)
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
        in_flight += sum(row.in_flight for row in (await world.rows()).values())
    with world.process():
        await world.until_done()
    rows = await world.rows()
    assert {row.state for row in rows.values()} == {DeliveryState.SENT}
    doubled = sum(accounted(world, row) for row in rows.values())
    assert doubled <= in_flight


@on("postgresql")
async def test_killed_while_it_may_not_send_twice_it_sends_nothing_twice(world: World) -> None:
    """With ``uncertain: skip``, what may be missing instead is known."""
    careful = replace(world, configuration=with_delivery(world.configuration, uncertain="skip"))
    for sent in (ALL // 15, ALL // 3, ALL * 3 // 5):
        with careful.process(term=0.4) as process:
            await world.until_sent(sent)
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
    with careful.process():
        await world.until_done()
    for chat_id, row in (await world.rows()).items():
        assert row.state is DeliveryState.SENT
        texts = world.texts(chat_id)
        assert len(texts) == len(set(texts)) >= PARTS - row.uncertain


def accounted(world: World, row: Delivery) -> int:
    """How many parts came more than once; fails where that, or anything, is not in the ledger."""
    texts = world.texts(row.chat_id)
    in_order = [text for text, _ in groupby(texts)]
    assert len(in_order) == len(set(in_order)) == PARTS == len(row.parts)
    times = Counter(texts)
    twice = {name for name, text in zip(names(row), in_order, strict=True) if times[text] > 1}
    assert twice <= {part.name for part in row.parts if part.uncertain}
    standing = {message.message_id for message in world.telegram.chat(row.chat_id).from_bot}
    assert standing >= set(row.message_ids)
    assert len(row.message_ids) == PARTS
    return len(twice)


def names(row: Delivery) -> list[str]:
    return [part.name for part in row.parts]

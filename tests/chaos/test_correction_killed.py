"""kill -9 in the middle of a correction: it is finished, and nobody is told twice of it but the uncertain."""

import os
import signal
from dataclasses import replace

from bot.model import NOTE, DeliveryState
from bot.runtime.clock import utc_now
from bot.runtime.editorial import make_editorial
from tests.acceptance.world import write_issue
from tests.chaos.world import ALL, PARTS, READERS, SLUG, World, with_delivery
from tests.nightly import on

TOLD = "✏️ 已更正"
MOMENTS = tuple(ALL + len(READERS) * part // 6 for part in (1, 3, 5))  # messages, with the lines that tell


async def corrected(world: World) -> None:
    """The issue is out, has changed, and every reader is to be told so."""
    async with world.engine():
        await world.until_done()
    write_issue(world.folder, SLUG, highlight="改过")
    editorial = make_editorial(world.configuration, world.storage)
    await editorial.intake.read(utc_now())
    await editorial.publisher.correct(SLUG, utc_now(), told=True)
    world.telegram.faults.add(
        "stall", times=None, methods=["sendMessage"], delay=0.3
    )  # so that a kill hits some


async def killed_at(world: World, *moments: int) -> None:
    """Processes that deliver are killed, one after the other; the last one ends its work."""
    for sent in moments:
        with world.process(term=0.4) as process:
            await world.until_sent(sent, within=30)
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
    with world.process():
        await world.until_done()


def told(world: World, chat_id: int) -> int:
    return sum(text.startswith(TOLD) for text in world.texts(chat_id))


@on("sqlite")
async def test_a_correction_that_is_killed_is_finished_and_who_is_told_twice_is_known(world: World) -> None:
    await corrected(world)
    await killed_at(world, *MOMENTS)
    for chat_id, row in (await world.rows()).items():
        contents, *_ = world.texts(chat_id)
        assert "改过" in contents
        assert row.state is DeliveryState.SENT
        (note,) = (part for part in row.parts if (part.name or "").startswith(NOTE))
        assert told(world, chat_id) == 1 or note.uncertain
        assert len(row.parts) == PARTS + 1


@on("sqlite")
async def test_where_nothing_may_be_sent_twice_nobody_is_told_twice_of_a_correction(world: World) -> None:
    careful = replace(world, configuration=with_delivery(world.configuration, uncertain="skip"))
    await corrected(careful)
    await killed_at(careful, *MOMENTS)
    for chat_id, row in (await world.rows()).items():
        contents, *_ = world.texts(chat_id)
        assert "改过" in contents
        assert row.state is DeliveryState.SENT
        assert 1 - row.uncertain <= told(world, chat_id) <= 1

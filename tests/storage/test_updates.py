import asyncio
from datetime import timedelta

from bot.errors import StoreError
from bot.runtime.pauses import PAUSED_UNTIL
from bot.storage import Database, Timestamps, Updates
from bot.storage.grouping import Grouped
from tests.builders import NOON
from tests.nightly import on_either


@on_either
async def test_an_update_that_was_dealt_with_is_known_until_it_is_forgotten(database: Database) -> None:
    updates = Updates(database)
    assert not await updates.known(2**40)
    for _ in range(2):
        await updates.note(2**40, NOON)
    assert await updates.known(2**40)
    assert await updates.forget(NOON) == 0
    assert await updates.forget(NOON + timedelta(seconds=1)) == 1
    assert not await updates.known(2**40)


async def test_an_update_waits_until_it_was_dealt_with_and_then_nothing_of_it_is_kept(
    database: Database,
) -> None:
    updates = Updates(database)
    await updates.note(8, NOON)
    await asyncio.gather(
        *(updates.keep(number, f'{{"update_id": {number}}}', NOON) for number in (9, 7, 8, 9))
    )
    assert [await updates.known(number) for number in (7, 8, 9)] == [False, True, False]
    assert await updates.waiting() == ['{"update_id": 7}', '{"update_id": 9}']
    await asyncio.gather(updates.note(7, NOON), updates.note(7, NOON))
    assert await updates.known(7)
    assert await updates.waiting() == ['{"update_id": 9}']


async def test_an_update_that_ends_every_process_is_given_up(database: Database) -> None:
    updates = Updates(database)
    await updates.keep(7, "{}", NOON)
    assert [await updates.waiting() for _ in range(4)] == [["{}"]] * 3 + [[]]
    assert await updates.known(7)


class Writes:
    """Where groups are written: the first write lasts until it is released."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.begun, self.released = asyncio.Event(), asyncio.Event()
        self.error: StoreError | None = None

    async def write(self, items: list[int]) -> None:
        self.groups.append(items)
        self.begun.set()
        await self.released.wait()
        if self.error:
            raise self.error


async def test_what_comes_while_a_write_runs_is_written_together_after_it() -> None:
    writes = Writes()
    grouped = Grouped(writes.write)
    first = asyncio.create_task(grouped.add(1))
    await writes.begun.wait()
    later = asyncio.gather(*(grouped.add(number) for number in (2, 3, 4)))
    writes.released.set()
    await asyncio.gather(first, later)
    assert writes.groups == [[1], [2, 3, 4]]


async def test_a_group_of_any_size_is_told_at_once_and_the_next_does_not_wait_for_that() -> None:
    writes = Writes()
    grouped = Grouped(writes.write)
    first = [asyncio.create_task(grouped.add(number)) for number in range(100)]
    await writes.begun.wait()
    second = [asyncio.create_task(grouped.add(number)) for number in range(100, 200)]
    await asyncio.sleep(0)
    writes.released.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert [task.done() for task in (*first, *second)] == [True] * 200
    assert [number for group in writes.groups for number in group] == list(range(200))


async def test_a_group_that_is_not_written_is_told_to_each_and_the_next_is_tried() -> None:
    writes = Writes()
    writes.released.set()
    writes.error = StoreError("full")
    grouped = Grouped(writes.write)
    told = await asyncio.gather(*(grouped.add(number) for number in (1, 2)), return_exceptions=True)
    assert [str(one) for one in told] == ["full", "full"]
    writes.error = None
    await grouped.add(3)
    assert writes.groups[-1] == [3]


async def test_a_caller_that_is_cancelled_in_the_middle_of_a_write_takes_nobodys_item_along() -> None:
    writes = Writes()
    grouped = Grouped(writes.write)
    first = asyncio.create_task(grouped.add(1))
    await writes.begun.wait()
    second, third = (asyncio.create_task(grouped.add(number)) for number in (2, 3))
    writes.begun.clear()
    first.cancel()
    await writes.begun.wait()
    second.cancel()
    writes.released.set()
    await third
    assert writes.groups[-1] == [2, 3]


async def test_a_moment_is_remembered_in_place_of_the_one_before(database: Database) -> None:
    timestamps = Timestamps(database)
    assert await timestamps.get(PAUSED_UNTIL) is None
    for hours in (1, 2):
        await timestamps.set(PAUSED_UNTIL, NOON + timedelta(hours=hours))
    assert await timestamps.get(PAUSED_UNTIL) == NOON + timedelta(hours=2)

from datetime import timedelta

from bot.runtime.pauses import PAUSED_UNTIL
from bot.storage import Database, Timestamps, Updates
from tests.builders import NOON


async def test_an_update_that_was_dealt_with_is_known_until_it_is_forgotten(database: Database) -> None:
    updates = Updates(database)
    assert not await updates.known(2**40)
    for _ in range(2):
        await updates.note(2**40, NOON)
    assert await updates.known(2**40)
    assert await updates.forget(NOON) == 0
    assert await updates.forget(NOON + timedelta(seconds=1)) == 1
    assert not await updates.known(2**40)


async def test_a_moment_is_remembered_in_place_of_the_one_before(database: Database) -> None:
    timestamps = Timestamps(database)
    assert await timestamps.get(PAUSED_UNTIL) is None
    for hours in (1, 2):
        await timestamps.set(PAUSED_UNTIL, NOON + timedelta(hours=hours))
    assert await timestamps.get(PAUSED_UNTIL) == NOON + timedelta(hours=2)

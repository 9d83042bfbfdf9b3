"""How the clock was put is known to every process that reads the database."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.errors import StoreError
from bot.model import ClockJump, SteadyTime
from bot.storage import Database
from bot.storage.kept_jumps import MOST, KeptJumps
from tests.builders import NOON

HOUR = timedelta(hours=1)
LATER = NOON + 900 * 24 * HOUR


def jumps(*, days: int = 0) -> ClockJump:
    at = NOON + timedelta(days=days)
    return ClockJump(before=at, after=at + HOUR, seconds=1.0)


async def test_a_jump_is_stored_once_and_known_in_the_same_moment(database: Database) -> None:
    kept, found = KeptJumps(database), [jumps()]
    kept.found = lambda: found.pop() if found else None
    for _ in range(2):
        assert (await kept.steady_time(LATER)).jumps == (jumps(),)
    assert (await KeptJumps(database).steady_time(LATER)).elapsed(
        NOON - HOUR, NOON + 2 * HOUR
    ) == 2 * 3600 + 1


async def test_the_newest_are_kept(database: Database) -> None:
    kept = KeptJumps(database)
    for day in range(MOST + 2):
        kept.found = lambda day=day: jumps(days=day)  # type: ignore[misc]  # mypy knows no such lambda
        await kept.look()
    found = (await KeptJumps(database).steady_time(LATER)).jumps
    assert (len(found), found[0]) == (MOST, jumps(days=2))


async def test_a_jump_that_could_not_be_stored_is_stored_with_the_next_look(database: Database) -> None:
    kept, found = KeptJumps(database), [jumps()]
    kept.found = lambda: found.pop() if found else None
    await renamed(database, "clock_jumps", "away")
    with pytest.raises(StoreError):
        await kept.look()
    await renamed(database, "away", "clock_jumps")
    assert (await kept.steady_time(LATER)).jumps == (jumps(),)


async def test_a_jump_that_two_find_untold_at_a_time_is_stored_once(database: Database) -> None:
    kept, found = KeptJumps(database), [jumps()]
    kept.found = lambda: found.pop() if found else None
    await asyncio.gather(kept.look(), kept.look(), kept.steady_time(LATER))
    assert (await kept.steady_time(LATER)).jumps == (jumps(),)


async def test_jumps_are_forgotten_once_the_clock_is_before_the_newest_of_them(database: Database) -> None:
    kept = KeptJumps(database)
    for jump in (jumps(days=3), jumps()):
        kept.found = lambda jump=jump: jump  # type: ignore[misc]  # mypy knows no such lambda
        await kept.look()
    kept.found = lambda: None
    await kept.forget_later(NOON + 2 * HOUR)
    assert len((await kept.steady_time(LATER)).jumps) == 2
    await kept.forget_later(NOON)
    assert (await kept.steady_time(NOON)) == SteadyTime((), NOON)


async def renamed(database: Database, before: str, after: str) -> None:
    async with database.writing() as connection:
        await connection.execute(sa.text(f"ALTER TABLE {before} RENAME TO {after}"))

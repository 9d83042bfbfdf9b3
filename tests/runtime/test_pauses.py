"""A pause that one process was told is kept by the next."""

from datetime import datetime, timedelta

from bot.errors import StoreError
from bot.runtime.pauses import PAUSED_UNTIL, pause_store
from bot.storage import Database, Timestamps
from tests.delivery.world import StillClock


async def test_who_starts_later_knows_what_is_left_of_a_pause(database_url: str) -> None:
    clock = StillClock()
    async with Database(database_url) as database:
        async with pause_store(Timestamps(database), clock.now) as told:
            told.note(60)
        async with pause_store(Timestamps(database), clock.now) as later:
            assert await later.left() == 60
            clock.advance(45)
            assert await later.left() == 15
            clock.advance(45)
            assert await later.left() == 0


async def test_no_pause_is_kept_longer_than_a_day(database_url: str) -> None:
    clock = StillClock()
    async with Database(database_url) as database, pause_store(Timestamps(database), clock.now) as pauses:
        await Timestamps(database).set(PAUSED_UNTIL, clock.time + timedelta(days=9))
        assert await pauses.left() == timedelta(days=1).total_seconds()


class Away:
    """A database that does not answer."""

    async def get(self, name: str) -> datetime | None:
        raise StoreError(f"no answer about {name}")

    async def set(self, name: str, at: datetime) -> None:
        raise StoreError(f"no answer about {name} at {at}")


async def test_nothing_breaks_while_the_database_is_away() -> None:
    async with pause_store(Away(), StillClock().now) as pauses:
        pauses.note(60)
        assert await pauses.left() == 0

"""One process holds a lease at a time, by the database's clock."""

import asyncio

import sqlalchemy as sa

from bot.storage import SENDER, Database, Leases
from bot.storage.schema import leases as table
from tests.nightly import on_either


async def ended(database: Database) -> None:
    """As if the lease's time were over."""
    async with database.writing() as connection:
        await connection.execute(sa.update(table).values(expires=table.c.expires - 31))


@on_either
async def test_of_many_who_ask_one_gets_it(leases: Leases) -> None:
    tokens = await asyncio.gather(
        *(leases.acquire(SENDER, holder=str(number), seconds=30) for number in range(8))
    )
    assert [token for token in tokens if token is not None] == [1]


@on_either
async def test_when_it_has_ended_the_next_gets_a_higher_token(database: Database, leases: Leases) -> None:
    assert await leases.acquire(SENDER, holder="first", seconds=30) == 1
    await ended(database)
    assert await leases.current(SENDER) is None
    assert await leases.acquire(SENDER, holder="second", seconds=30) == 2
    held = await leases.current(SENDER)
    assert held is not None
    assert (held.holder, held.token) == ("second", 2)
    assert 0 < held.left <= 30


async def test_it_can_be_renewed_after_its_end_as_long_as_nobody_took_it(
    database: Database, leases: Leases
) -> None:
    await leases.acquire(SENDER, holder="first", seconds=30)
    await ended(database)
    assert await leases.renew(SENDER, token=1, seconds=30, report="{}")
    await ended(database)
    await leases.acquire(SENDER, holder="second", seconds=30)
    assert not await leases.renew(SENDER, token=1, seconds=30, report="{}")


async def test_one_that_was_given_back_is_free_at_once_and_only_its_holder_gives_it_back(
    leases: Leases,
) -> None:
    await leases.acquire(SENDER, holder="first", seconds=30)
    await leases.release(SENDER, token=7)
    assert await leases.acquire(SENDER, holder="second", seconds=30) is None
    await leases.release(SENDER, token=1)
    assert await leases.acquire(SENDER, holder="second", seconds=30) == 2


async def test_one_that_was_not_renewed_is_told_from_one_that_was_given_back(
    database: Database, leases: Leases
) -> None:
    assert await leases.lapsed(SENDER) is None
    await leases.acquire(SENDER, holder="first", seconds=30)
    assert await leases.lapsed(SENDER) is None
    await ended(database)
    lapsed = await leases.lapsed(SENDER)
    assert lapsed is not None
    assert (lapsed.holder, -31 <= lapsed.left <= 0) == ("first", True)
    await leases.release(SENDER, token=1)
    assert await leases.lapsed(SENDER) is None


async def test_one_from_before_the_clock_began_anew_has_ended(database: Database, leases: Leases) -> None:
    """The machine was started again, and its clock with it; no lease lasts as long as this one says."""
    await leases.acquire(SENDER, holder="first", seconds=30)
    async with database.writing() as connection:
        await connection.execute(sa.update(table).values(expires=table.c.expires + 10_000_000))
    assert await leases.current(SENDER) is None
    assert await leases.acquire(SENDER, holder="second", seconds=30) == 2


async def test_what_the_holder_says_of_its_work_can_be_read(leases: Leases) -> None:
    await leases.acquire(SENDER, holder="first", seconds=30)
    await leases.renew(SENDER, token=1, seconds=30, report='{"rate": 29.1}')
    held = await leases.current(SENDER)
    assert held is not None
    assert held.report == '{"rate": 29.1}'

"""Clocks that are put back, put forward, or changed for summer lose and double nothing."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import TryLater
from bot.model import DeliveryState
from bot.publishing.decisions import Calendar
from bot.storage import Database
from tests.delivery.world import SLUG, World
from tests.storage.rows import pushed

WHOLE = [f"{SLUG} 1/3", f"{SLUG} 2/3", f"{SLUG} 3/3"]
JUMPS = (timedelta(days=-400), timedelta(hours=-1), timedelta(hours=1), timedelta(days=30))


@pytest.mark.parametrize("jump", JUMPS)
async def test_a_clock_that_jumps_in_mid_delivery_holds_up_nothing(
    database_url: str, jump: timedelta
) -> None:
    async with Database(database_url) as database:
        world = World(url=database_url, database=database)
        await world.publish(1, 2, 3)

        def jumps() -> None:
            if len(world.gateway.sent) == 4:
                world.clock.time += jump

        world.gateway.on_sent = jumps
        await (await world.worker()).drain()
        assert all(world.gateway.to(chat_id) == WHOLE for chat_id in (1, 2, 3))
        assert await pushed(world.statistics) == {SLUG: {DeliveryState.SENT: 3}}


async def test_what_was_put_off_goes_on_at_once_when_the_clock_is_put_forward(database_url: str) -> None:
    async with Database(database_url) as database:
        world = World(url=database_url, database=database)
        await world.publish(1)
        world.gateway.faults[1] = [TryLater("told to wait", after=600)]
        await (await world.worker()).drain()
        world.clock.time += timedelta(hours=1)
        await (await world.worker()).drain()
        assert world.gateway.to(1) == WHOLE


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("Europe/Berlin", datetime(2026, 3, 28, 23, tzinfo=UTC)),  # the clock goes forward that night
        ("Europe/Berlin", datetime(2026, 10, 24, 22, tzinfo=UTC)),  # and back
        ("America/Havana", datetime(2026, 3, 8, 5, tzinfo=UTC)),  # at midnight: the day begins at one
        ("Asia/Shanghai", datetime(2026, 3, 28, 16, tzinfo=UTC)),
    ],
)
def test_an_issue_goes_out_when_its_day_begins_where_the_editor_is(zone: str, midnight: datetime) -> None:
    calendar = Calendar(zone=ZoneInfo(zone))
    day = calendar.last_day(midnight)
    assert calendar.last_day(midnight - timedelta(seconds=1)) == day - timedelta(days=1)

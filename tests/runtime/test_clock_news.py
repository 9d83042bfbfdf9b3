"""The admin chat is told once that the machine's clock was put far, and when from and to."""

from datetime import timedelta

import pytest

from bot.errors import StoreError
from bot.model import ClockJump, News
from bot.runtime.clock_news import FAR, ClockNews
from bot.storage import Database
from bot.storage.news import NewsStore
from bot.words.moments import moment
from tests.builders import NOON


def jump(by: timedelta) -> ClockJump:
    return ClockJump(before=NOON, after=NOON + by, seconds=0)


@pytest.mark.parametrize("by", [timedelta(hours=1), -timedelta(hours=1)])
async def test_a_clock_that_was_put_far_is_told_once_with_both_times(
    database_url: str, by: timedelta
) -> None:
    async with Database(database_url) as database:
        store = NewsStore(database)
        told = ClockNews(store)
        told.note(jump(by))
        for _ in range(2):
            await told.look()
        (one,) = await store.waiting()
        assert one.values == {"before": "2026-03-02 12:00 UTC", "after": moment(NOON + by)}


@pytest.mark.parametrize("by", [FAR, -FAR])
async def test_a_clock_that_was_set_right_by_a_little_is_not_told(database_url: str, by: timedelta) -> None:
    async with Database(database_url) as database:
        store = NewsStore(database)
        told = ClockNews(store)
        told.note(jump(by))
        await told.look()
        assert await store.waiting() == ()


class Away(NewsStore):
    """A store that does not answer at first."""

    times = 1

    async def post(self, one: News) -> bool:
        if self.times:
            self.times -= 1
            raise StoreError("away")
        return await super().post(one)


async def test_what_the_database_did_not_take_is_told_once_it_answers(database_url: str) -> None:
    async with Database(database_url) as database:
        store = Away(database)
        told = ClockNews(store)
        told.note(jump(timedelta(hours=1)))
        with pytest.raises(StoreError):
            await told.look()
        await told.look()
        assert len(await store.waiting()) == 1

"""What the admin chat is told of beside the parts' own troubles: the disk, and who sends."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreBusy
from bot.model import News
from bot.reports.bulletin import LEAVING, UNTOLD
from bot.reports.troubles import Change, Troubles
from bot.runtime.disk import DISK, ENOUGH, LEAST, look_at_disk
from bot.runtime.known_news import KnownNews
from bot.runtime.lease_news import note_end, note_leader
from bot.storage import Database
from bot.storage.leases import LeaseInfo
from bot.storage.news import NewsStore
from tests.builders import NOON

FILE = Path("/data/jianbao.sqlite")
ONE = News(key="trouble:database", what="trouble", at=NOON, values={"name": "database"})


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as database:
        yield database


async def nothing() -> tuple[News, ...]:
    """What a chat knows to last that was told nothing."""
    return ()


async def test_a_disk_that_is_nearly_full_is_a_trouble_until_there_is_room() -> None:
    told: list[Change] = []
    troubles = Troubles(lambda: NOON)
    troubles.subscribe(told.append)
    for free in (ENOUGH, LEAST - 1, LEAST, ENOUGH - 1):
        await look_at_disk(FILE, troubles, nothing, {FILE.parent: free}.__getitem__)
    assert [change.ended for change in told] == [None]
    assert told[0].trouble.reason == f"255 MB are free where {FILE} is"
    await look_at_disk(FILE, troubles, nothing, lambda _: ENOUGH)
    assert not troubles.present


@pytest.mark.parametrize("was_told", [True, False])
async def test_a_disk_that_the_chat_knows_as_nearly_full_is_so_after_a_restart_until_there_is_room(
    database: Database, *, was_told: bool
) -> None:
    store, troubles = NewsStore(database), Troubles(lambda: NOON)
    if was_told:
        await store.began(replace(ONE, key="trouble:disk"))
    for free, lasts in ((ENOUGH - 1, was_told), (ENOUGH, False), (ENOUGH - 1, False)):
        await look_at_disk(FILE, troubles, store.lasting, {FILE.parent: free}.__getitem__)
        assert [one.name for one in troubles.present] == [DISK] * lasts


async def test_while_the_database_does_not_say_what_the_chat_knows_nothing_is_known_of_the_disk(
    database: Database,
) -> None:
    store, troubles = Away(database), Troubles(lambda: NOON)
    await look_at_disk(FILE, troubles, store.lasting, lambda _: LEAST)
    assert not troubles.present
    assert troubles.well_since(DISK) is None


async def test_of_a_disk_that_cannot_be_looked_at_nothing_is_said() -> None:
    troubles = Troubles(lambda: NOON)
    await look_at_disk(Path("/nowhere/at/all"), troubles, nothing)
    await look_at_disk(None, troubles, nothing, lambda _: 0)
    assert not troubles.present


@pytest.mark.parametrize(
    ("after", "stood_by", "told"),
    [
        ("one 2", None, False),
        ("two 1", None, False),
        ("one 2", timedelta(seconds=12), False),  # the one before was killed
        ("one 2", timedelta(hours=1), True),
        ("two 1", timedelta(seconds=1), True),
        ("one 1", timedelta(hours=1), False),
    ],
)
async def test_another_process_that_took_over_is_news_and_one_that_was_started_anew_is_not(
    database: Database, after: str, stood_by: timedelta | None, *, told: bool
) -> None:
    store = NewsStore(database)
    await note_leader(store, lease("one 1", 1), NOON, stood_by=None)
    await note_end(store, 1, NOON)
    for _ in range(2):
        await note_leader(store, lease(after, 2), NOON, stood_by=stood_by)
    values = {"holder": after, "before": "one 1", "moved": True, "died": False}
    assert [one.values for one in await store.waiting()] == [values] * told


@pytest.mark.parametrize("after", ["one 1", "one 2"])  # in a container every process has the same number
async def test_that_a_process_ended_without_a_word_is_news_once_an_hour(
    database: Database, after: str
) -> None:
    store = NewsStore(database)
    for token in (1, 2, 3):
        await note_leader(store, lease(after, token), NOON, stood_by=None)
    (news,) = await store.waiting()
    assert news.values == {"holder": after, "before": after, "moved": False, "died": True}
    await note_leader(store, lease(after, 4), NOON + timedelta(hours=1), stood_by=None)
    assert len(await store.waiting()) == 2


async def test_what_a_process_notes_late_as_it_ends_is_no_end_of_the_one_after_it(database: Database) -> None:
    store = NewsStore(database)
    await note_leader(store, lease("one 1", 1), NOON, stood_by=None)
    await note_leader(store, lease("two 1", 2), NOON, stood_by=timedelta(hours=1))
    await note_end(store, 1, NOON)
    await note_leader(store, lease("two 1", 3), NOON, stood_by=None)
    assert [one.values["died"] for one in await store.waiting()] == [True, True]


def lease(holder: str, token: int) -> LeaseInfo:
    return LeaseInfo(holder=holder, token=token, left=10, report="")


class Away(NewsStore):
    """A store whose database is away for some time."""

    away = True

    async def lasting(self) -> tuple[News, ...]:
        self._check()
        return await super().lasting()

    async def began(self, one: News) -> None:
        self._check()
        await super().began(one)

    def _check(self) -> None:
        if self.away:
            raise StoreBusy("away")


async def test_what_was_told_while_the_database_was_away_is_known_and_kept_later(database: Database) -> None:
    store = Away(database)
    known = KnownNews(store)
    await known.began(ONE)
    assert await known.read() == {ONE.key: ONE}
    store.away = False
    assert await known.read() == {ONE.key: ONE}
    assert await KnownNews(store).read() == {ONE.key: ONE}
    await known.ended(ONE.key)
    assert await known.read() == {}


async def test_what_the_database_did_not_take_is_forgotten_once_it_took_what_came_after(
    database: Database,
) -> None:
    """Otherwise a trouble is told again of which the database learns late that it was on its way."""
    store = Away(database)
    known = KnownNews(store)
    await known.began(replace(ONE, values={**ONE.values, UNTOLD: LEAVING}))
    store.away = False
    await known.began(ONE)
    assert await known.read() == {ONE.key: ONE}
    assert await KnownNews(store).read() == {ONE.key: ONE}

"""More losses than usual are known, whatever the reason of each, and told once with their end."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.errors import StoreBusy
from bot.model import CHAT_AWAY, Cut, Destination, Happening, SubscriberState
from bot.reports.losses import DAY, Lately, lost_lately, note_unusual
from bot.reports.standing import unusual_losses
from bot.reports.troubles import Change, Troubles
from bot.runtime.leadership import Role
from bot.runtime.losses import LOSSES, look_at_losses
from bot.runtime.watch import log_changes
from bot.storage import Database, Storage
from tests.builders import NOON
from tests.delivery.world import StillClock

LOST = [SubscriberState.STOPPED, *CHAT_AWAY]
UNUSUAL = Lately(happened={Happening.DEACTIVATED: 10}, active=0)


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with Database(database_url) as database:
        yield Storage.of(database)


@pytest.mark.parametrize("state", LOST)
async def test_an_audience_that_came_today_and_is_lost_today_is_unusual_for_any_reason(
    storage: Storage, state: SubscriberState
) -> None:
    for chat_id in range(1, 11):
        await storage.subscribers.join(Destination(chat_id), Cut(), NOON)
    assert await unusual_losses(storage, NOON) == ()
    for chat_id in range(1, 10):
        await storage.subscribers.set_state(Destination(chat_id), state, NOON)
    lately = await lost_lately(storage, NOON + timedelta(hours=23))
    assert (lately.unusual, str(lately)) == (True, f"9 were lost within a day (9 {state}), and 1 are active")
    (news,) = await unusual_losses(storage, NOON)
    assert news.values == {"lost": 9, "active": 1}
    assert not (await lost_lately(storage, NOON + DAY + timedelta(hours=1))).unusual


async def test_who_was_forgotten_is_lost_too(storage: Storage) -> None:
    for chat_id in range(1, 6):
        await storage.subscribers.join(Destination(chat_id), Cut(), NOON)
        await storage.forgetting.forget(chat_id, NOON)
        await storage.forgetting.forget(chat_id, NOON)
    assert (await lost_lately(storage, NOON)).happened == {Happening.JOINED: 5, Happening.STOPPED: 5}


def test_one_who_comes_and_goes_all_day_is_not_lost_each_time() -> None:
    happened = {Happening.STOPPED: 9, Happening.RETURNED: 9}
    assert not Lately(happened=happened, active=10).unusual


async def test_it_is_a_trouble_from_its_beginning_until_it_has_been_calm(storage: Storage) -> None:
    """The trouble, the admin chat, status and doctor say one thing: back comes who was lost, and all wait."""
    clock = StillClock()
    told: list[Change] = []
    troubles = Troubles(clock.now)
    troubles.subscribe(told.append)

    async def look() -> tuple[int, int, bool]:
        await look_at_losses(
            lambda: lost_lately(storage, clock.now()),
            lambda: note_unusual(storage, clock.now()),
            Role.LEADS,
            troubles,
        )
        news = await unusual_losses(storage, clock.now())
        return len(troubles.present), len(news), (await lost_lately(storage, clock.now())).unusual

    for chat_id in range(1, 11):
        await storage.subscribers.join(Destination(chat_id), Cut(), clock.now())
    assert await look() == (0, 0, False)
    for state in (SubscriberState.DEACTIVATED, SubscriberState.ACTIVE):
        for chat_id in range(1, 11):
            await storage.subscribers.set_state(Destination(chat_id), state, clock.now())
        assert await look() == (1, 1, True)
    assert told[0].trouble.reason == "10 were lost within a day (10 deactivated), and 0 are active"
    (trouble,) = troubles.present
    assert trouble.reason == "10 were lost within a day (10 deactivated), 10 came back, and 10 are active"
    clock.advance(3599)
    assert await look() == (1, 1, True)
    clock.advance(1)
    assert await look() == (0, 0, False)
    assert len(told) == 2


async def test_a_process_that_starts_once_all_are_back_begins_no_trouble(storage: Storage) -> None:
    for state in (SubscriberState.ACTIVE, SubscriberState.DEACTIVATED, SubscriberState.ACTIVE):
        for chat_id in range(1, 11):
            if state is SubscriberState.ACTIVE:
                await storage.subscribers.join(Destination(chat_id), Cut(), NOON)
            await storage.subscribers.set_state(Destination(chat_id), state, NOON)
    await note_unusual(storage, NOON)
    troubles = Troubles(lambda: NOON)
    lately = await lost_lately(storage, NOON)
    assert (lately.unusual, lately.unusual_now) == (True, False)
    await look_at_losses(answer(lately), nothing, Role.LEADS, troubles)
    assert troubles.present == ()


async def test_only_the_process_that_leads_says_so_and_a_database_that_is_away_says_nothing() -> None:
    troubles = Troubles(lambda: NOON)
    for role in (None, Role.STANDS_BY):
        await look_at_losses(answer(UNUSUAL), nothing, role, troubles)
    assert not troubles.present
    await look_at_losses(answer(UNUSUAL), nothing, Role.LEADS, troubles)
    await look_at_losses(answer(StoreBusy("locked")), nothing, Role.LEADS, troubles)
    assert [one.name for one in troubles.present] == [LOSSES]


def test_the_log_warns_of_losses_as_the_bot_works_all_the_same() -> None:
    troubles = Troubles(lambda: NOON)
    troubles.subscribe(log_changes)
    with capture_logs() as lines:
        troubles.begin(LOSSES, "9 were lost")
        troubles.begin("disk", "full")
        troubles.end(LOSSES)
    assert [(line["event"], line["log_level"]) for line in lines] == [
        ("trouble_began", "warning"),
        ("trouble_began", "error"),
        ("trouble_ended", "info"),
    ]


async def nothing() -> None:
    """Nobody notes it."""


class answer:  # noqa: N801  # reads as what it does
    """What the database says."""

    def __init__(self, found: Lately | StoreBusy) -> None:
        self._found = found

    async def __call__(self) -> Lately:
        if isinstance(self._found, StoreBusy):
            raise self._found
        return self._found

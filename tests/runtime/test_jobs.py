"""What the clock wakes, by a clock that stands still: what expired is skipped, at the start and later."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.errors import BadInput, StoreError
from bot.model import Cut, DeliveryState, Destination, News, SubscriberState
from bot.runtime.editorial import Editorial, make_editorial
from bot.runtime.jobs import PRUNE_EVERY, UPDATES_KEPT, Jobs, expire_and_prune
from bot.runtime.sending import Sending, make_dispatcher, make_sending
from bot.settings import Configuration, Settings, load
from bot.settings.sections import PrivacySettings
from bot.storage import Database, Storage
from bot.storage.news import NewsStore
from tests.builders import NOON
from tests.delivery.world import SLUG, MessageGateway, StillClock
from tests.storage.rows import add_issue, row

UPDATE = 7


@dataclass
class World:
    """At noon an issue was planned for chat 1, and an update was dealt with; the folder is empty."""

    configuration: Configuration
    storage: Storage
    clock: StillClock = field(default_factory=StillClock)

    @property
    def settings(self) -> Settings:
        return self.configuration.settings

    @property
    def editorial(self) -> Editorial:
        return make_editorial(self.configuration, self.storage)

    @property
    def sending(self) -> Sending:
        dispatcher = make_dispatcher(self.settings, lambda _: None)
        return make_sending(self.settings, self.storage, self.editorial, MessageGateway(), dispatcher)

    @property
    def jobs(self) -> Jobs:
        async def warm() -> None:
            """Nothing to open."""

        return Jobs(
            settings=self.settings,
            editorial=self.editorial,
            sending=self.sending,
            warm=warm,
            now=self.clock.now,
            seconds=self.seconds,
        )

    def seconds(self) -> float:
        return self.clock.time.timestamp()

    async def start(self) -> None:
        await expire_and_prune(self.settings, self.storage, self.clock.now())

    async def left(self) -> tuple[DeliveryState, bool]:
        """How far the issue has come, and whether the update is remembered."""
        delivery = await row(self.storage.deliveries)
        return delivery.state, await self.storage.updates.known(UPDATE)


STAYS = (DeliveryState.PLANNED, True)
GONE = (DeliveryState.SKIPPED, False)


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    shipped = load()
    settings = shipped.settings.model_copy(update={"issues": tmp_path / "issues"})
    settings.issues.mkdir()
    async with Database(database_url) as database:
        storage = Storage.of(database)
        await add_issue(storage.issues, SLUG)
        await storage.subscribers.join(Destination(1), Cut(), NOON)
        await storage.planner.push(SLUG, NOON)
        await storage.updates.note(UPDATE, NOON)
        yield World(
            configuration=Configuration(settings=settings, profile=shipped.profile, topics=shipped.topics),
            storage=storage,
        )


def long_after(world: World) -> float:
    """Seconds until both are too old."""
    return (timedelta(days=world.settings.delivery.expires_after) + UPDATES_KEPT).total_seconds()


async def test_a_start_skips_what_did_not_arrive_in_time_and_forgets_old_updates(world: World) -> None:
    await world.start()
    assert await world.left() == STAYS
    world.clock.advance(long_after(world))
    await world.start()
    assert await world.left() == GONE


class FullNews(NewsStore):
    """What takes no news, as on a full disk."""

    async def post(self, one: News) -> bool:  # noqa: ARG002  # the signature is the store's
        raise StoreError("database: database or disk is full")


async def test_deliveries_expire_with_the_news_of_it_or_not_at_all(world: World) -> None:
    world.clock.advance(long_after(world))
    well = world.storage
    world.storage = replace(well, news=FullNews(well.database))
    with pytest.raises(StoreError):
        await world.start()
    assert await world.left() == STAYS
    world.storage = well
    await world.start()
    (told,) = await world.storage.news.waiting()
    assert (await world.left(), told.values) == (GONE, {"count": 1})


async def test_a_bot_that_runs_does_so_once_a_minute(world: World) -> None:
    world.clock.advance(long_after(world))
    jobs = world.jobs
    world.clock.advance(PRUNE_EVERY)
    await jobs.deliver()
    assert await world.left() == STAYS
    world.clock.advance(1)
    await jobs.deliver()
    assert await world.left() == GONE


@pytest.mark.parametrize("days", [30, 0])
async def test_who_stopped_long_ago_is_forgotten_unless_the_settings_say_never(
    world: World, days: int
) -> None:
    privacy = PrivacySettings(forget_after_stop=days, keep_ledger=0)
    settings = world.settings.model_copy(update={"privacy": privacy})
    jobs = replace(world.jobs, settings=settings)
    _, forget = jobs.table()["forget"]
    await world.storage.subscribers.set_state(Destination(1), SubscriberState.STOPPED, NOON)
    world.clock.advance(timedelta(days=29).total_seconds())
    await forget()
    assert await world.storage.kept_rows.of(1)
    world.clock.advance(timedelta(days=2).total_seconds())
    with capture_logs() as logged:
        await forget()
        await forget()
    told = [{"event": "old_data_deleted", "log_level": "info", "chats": 1, "deliveries": 0}]
    assert logged == (told if days else [])
    assert bool(await world.storage.kept_rows.of(1)) == (not days)


async def test_nothing_is_read_or_published_before_the_folder_was_read_whole(world: World) -> None:
    jobs = world.jobs
    await add_issue(world.storage.issues, "2026-03-01")
    for day in ("2026-02-28", "2026-03-01"):
        (world.settings.issues / f"{day}.md").write_text("# 简报\n\n## 业界新闻\n\n- 一条\n" + day)
    await jobs.read()
    await jobs.publish()
    waiting = await world.storage.issues.waiting()
    assert [one.slug for one in waiting] == ["2026-03-01"]
    await jobs.begin()
    assert await world.storage.issues.waiting() == ()
    assert len(await world.storage.issues.all()) == 3


async def test_a_folder_that_is_empty_although_an_issue_waits_in_it_is_told_until_it_is_there_again(
    world: World,
) -> None:
    told: list[str | None] = []
    jobs = replace(world.jobs, on_read=told.append)
    await jobs.begin()
    file = world.settings.issues / "2026-03-09.md"
    for there in (True, False, False, False, True):
        if there:
            file.write_text("# 简报 (2026-03-09)\n\n## 业界新闻\n\n- 一条\n")
        else:
            file.unlink(missing_ok=True)
        world.clock.advance(60)
        await jobs.read()
    *before, lost, after = told
    assert (set(before), after) == ({None}, None)
    assert (lost or "").startswith("the file of 2026-03-09 is away")
    assert (lost or "").endswith("jianbao retract 2026-03-09")


async def test_a_folder_that_was_never_read_is_needed_and_one_that_was_is_waited_for(world: World) -> None:
    told: list[str | None] = []
    jobs, folder = replace(world.jobs, on_read=told.append), world.settings.issues
    folder.rmdir()
    with pytest.raises(BadInput, match="cannot read the folder"):
        await jobs.begin()
    folder.mkdir()
    await jobs.begin()
    folder.rmdir()
    again = replace(world.jobs, on_read=told.append)
    await again.begin()
    folder.mkdir()
    await again.read()
    first, away, after = told
    assert (first, after) == (None, None)
    assert "cannot read the folder" in (away or "")

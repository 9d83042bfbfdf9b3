"""What monitoring is told: each figure is described and bounded, and board and rules name no other."""

import json
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.model import (
    OF_ONE_ISSUE,
    Cut,
    DeliveryState,
    Destination,
    Happening,
    HeldBy,
    Hold,
    Purpose,
    SubscriberState,
)
from bot.pacing import Priority
from bot.reports.audience import audience
from bot.reports.losses import DAY
from bot.reports.troubles import Troubles
from bot.runtime.editorial import make_editorial
from bot.runtime.leadership import Role
from bot.runtime.metrics import (
    KEPT,
    Kept,
    Meter,
    due_figures,
    process_figures,
    sending_figures,
    storage_figures,
)
from bot.runtime.sending import make_dispatcher, make_sending
from bot.runtime.watch import Bounds, Watch
from bot.settings import load
from bot.storage import Database, Storage
from bot.web.figure import Figure
from bot.web.metrics import exposition
from tests.builders import NOON
from tests.delivery.world import SLUG, MessageGateway, StillClock
from tests.storage.rows import add_issue, pushed

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "monitoring"
NAME = re.compile(r"\b(?:jianbao|process)_[a-z_]+")
CHAT = 987_654_321


@dataclass
class World:
    """A process that leads, on a database of the test's own."""

    storage: Storage
    clock: StillClock = field(default_factory=StillClock)

    def __post_init__(self) -> None:
        bounds = Bounds(due=timedelta(minutes=15), poll=timedelta(minutes=3))
        self.watch = Watch(Troubles(self.clock.now), bounds=bounds, now=self.clock.now)
        configuration = load()
        editorial = make_editorial(configuration, self.storage)
        dispatcher = make_dispatcher(configuration.settings, lambda _: None)
        self.dispatcher = dispatcher
        sending = make_sending(configuration.settings, self.storage, editorial, MessageGateway(), dispatcher)
        self.meter = Meter()
        self.meter.add(process_figures(self.watch))
        self.meter.add(sending_figures(sending))
        self.meter.add(due_figures(self.watch, self.storage, self.clock.now))
        self.meter.add(storage_figures(self.storage, configuration.settings, self.clock.now))

    async def lines(self) -> list[str]:
        """The samples that are shown."""
        text = exposition(await self.meter.figures()).decode()
        return [line for line in text.splitlines() if not line.startswith("#")]


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with Database(database_url) as database:
        storage = Storage.of(database)
        await add_issue(storage.issues, SLUG)
        for chat_id in (CHAT, 2, 3):
            await storage.subscribers.join(Destination(chat_id), Cut(language="zh"), NOON)
        await storage.subscribers.set_state(Destination(3), SubscriberState.BLOCKED, NOON)
        await storage.planner.push(SLUG, NOON)
        world = World(storage)
        world.watch.took_role(Role.LEADS)
        world.watch.reached(None)
        world.watch.read(None)
        world.watch.heard(None)
        await world.watch.look(storage.timestamps, storage.deliveries)
        yield world


async def test_the_figures_are_those_of_the_database_and_of_the_process(world: World) -> None:
    async def sent() -> None:
        """It arrived."""

    await world.dispatcher.run(1, sent, priority=Priority.REPLY)
    world.watch.troubles.begin("source", "the folder is gone")
    lines = await world.lines()
    for line in (
        'jianbao_deliveries{state="planned"} 2.0',
        'jianbao_deliveries{state="failed"} 0.0',
        'jianbao_subscribers{language="zh",state="active"} 2.0',
        'jianbao_subscribers{language="zh",state="blocked"} 1.0',
        'jianbao_subscribers{language="en",state="active"} 0.0',
        'jianbao_lost_last_day{state="blocked"} 1.0',
        "jianbao_joined_last_day 3.0",
        'jianbao_issues{state="published"} 1.0',
        'jianbao_messages_total{result="sent"} 1.0',
        'jianbao_trouble{trouble="source"} 1.0',
        'jianbao_trouble{trouble="telegram"} 0.0',
        "jianbao_leads 1.0",
        "jianbao_ready 0.0",
        f"jianbao_last_read_timestamp_seconds {world.clock.now().timestamp()}",
    ):
        assert any(_same(line, found) for found in lines), line


def _same(line: str, found: str) -> bool:
    """The same sample, whatever the order of its labels and however its number is written."""
    name, number = line.rsplit(" ", 1)
    other, value = found.rsplit(" ", 1)
    return sorted(re.findall(r"\w+", name)) == sorted(re.findall(r"\w+", other)) and float(number) == float(
        value
    )


async def test_what_is_held_is_counted_by_what_holds_it(world: World) -> None:
    holds = world.storage.holds
    for slug, by in (("2026-03-09", HeldBy.MESSAGES), ("2026-03-10", HeldBy.MESSAGES), (SLUG, HeldBy.LOSSES)):
        if slug != SLUG:
            await add_issue(world.storage.issues, slug)
        assert await holds.hold(slug, Hold(by=by, why="", at=NOON))
    await holds.hold_everything(Hold(by=HeldBy.OPERATOR, why="", at=NOON))
    lines = [line for line in await world.lines() if line.startswith("jianbao_held")]
    held = {"messages": 2, "losses": 1}
    assert sorted(lines) == sorted(
        [
            "jianbao_held_everything 1.0",
            *(f'jianbao_held_issues{{by="{by}"}} {held.get(by, 0):.1f}' for by in OF_ONE_ISSUE),
        ]
    )


async def test_a_chat_with_a_role_that_put_the_bot_out_is_a_figure(world: World) -> None:
    chats = world.storage.admin_chats
    await chats.offer("digest", NOON)
    assert await chats.claim("digest", -4001, "en", NOON)
    assert 'jianbao_chat_lost{role="admin"} 0.0' in await world.lines()
    await chats.lose(-4001, None, NOON)
    lines = await world.lines()
    assert {'jianbao_chat_lost{role="admin"} 1.0', 'jianbao_chat_lost{role="editors"} 0.0'} <= set(lines)


async def test_losses_are_those_that_status_counts_also_of_who_is_forgotten(world: World) -> None:
    await world.storage.forgetting.forget(2, NOON)
    await world.storage.forgetting.forget(3, NOON)
    found = await audience(world.storage, NOON - DAY, UTC)
    lines = await world.lines()
    for state in ("stopped", "blocked", "deactivated"):
        line = f'jianbao_lost_last_day{{state="{state}"}} {found.total.get(Happening(state), 0)}'
        assert any(_same(line, one) for one in lines), line
    assert "jianbao_returned_last_day 0.0" in lines
    assert (found.total[Happening.STOPPED], found.total[Happening.BLOCKED]) == (1, 1)


async def test_no_label_names_a_chat_or_an_issue_and_there_are_few(world: World) -> None:
    lines = await world.lines()
    assert not any(str(CHAT) in line or SLUG in line for line in lines)
    assert len(lines) < 100


async def test_the_page_describes_every_figure_and_no_other(world: World) -> None:
    shown = {line.split("{")[0].split(" ")[0] for line in await world.lines()}
    described = set(re.findall(r"^\| `(jianbao_\w+)`", (PAGES / "README.md").read_text("utf-8"), re.M))
    assert described == {name for name in shown if name.startswith("jianbao_")}


async def test_board_and_rules_name_only_figures_that_exist(world: World) -> None:
    shown = {name for line in await world.lines() for name in NAME.findall(line.split("{")[0])}
    board = json.loads((PAGES / "grafana.json").read_text("utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    asked += re.findall(r"expr: (.*)", (PAGES / "alerts.yml").read_text("utf-8"))
    named = {name for expression in asked for name in NAME.findall(re.sub(r'"[^"]*"', "", expression))}
    assert named - shown == set()
    assert len(named) > 12


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed (Debian: prometheus)")
def test_prometheus_takes_the_rules() -> None:
    done = subprocess.run(  # noqa: S603  # a file of ours
        [str(shutil.which("promtool")), "check", "rules", str(PAGES / "alerts.yml")],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr


async def test_what_reads_whole_tables_is_asked_once_a_minute(world: World) -> None:
    assert 'jianbao_deliveries{state="planned"} 2.0' in await world.lines()
    await world.storage.deliveries.skip_all_of_chat(2, "gone", NOON)
    assert 'jianbao_deliveries{state="planned"} 2.0' in await world.lines()
    world.clock.advance(KEPT.total_seconds())
    assert 'jianbao_deliveries{state="planned"} 1.0' in await world.lines()


async def test_an_answer_that_fails_is_asked_for_again() -> None:
    faults = [StoreError("the database is away")]

    async def ask() -> int:
        if faults:
            raise faults.pop()
        return 7

    kept = Kept(ask, StillClock().now)
    with pytest.raises(StoreError):
        await kept.get()
    assert await kept.get() == 7


async def test_a_database_that_is_away_keeps_only_its_own_figures() -> None:
    async def away() -> list[Figure]:
        raise StoreError("the database is away")

    meter = Meter()
    meter.add(away)
    clock = StillClock()
    watch = Watch(Troubles(clock.now), bounds=Bounds(due=timedelta(1), poll=timedelta(1)), now=clock.now)
    meter.add(process_figures(watch))
    assert "jianbao_ready 0.0" in exposition(await meter.figures()).decode()


async def test_what_waits_its_turn_in_a_broadcast_is_due_only_since_the_last_was_begun(world: World) -> None:
    async def due() -> str:
        return next(line for line in await world.lines() if line.startswith("jianbao_oldest_due_seconds"))

    world.clock.advance(60)
    assert await due() == "jianbao_oldest_due_seconds 60.0"
    world.watch.moved()
    world.clock.advance(2)
    assert await due() == "jianbao_oldest_due_seconds 2.0"


async def test_deliveries_are_counted_as_status_counts_them(world: World) -> None:
    for purpose in (Purpose.REQUEST, Purpose.TEST):
        await world.storage.planner.plan_one(
            to=Destination(2), issue_slug=SLUG, purpose=purpose, cut=Cut(), now=NOON
        )
    assert any(_same('jianbao_deliveries{state="planned"} 2.0', line) for line in await world.lines())
    (pushes,) = (await pushed(world.storage.statistics)).values()
    assert pushes == {DeliveryState.PLANNED: 2}

"""Joining, leaving and choosing, on a real database."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import time

import pytest

from bot.model import (
    Choice,
    Cut,
    Delivery,
    DeliveryState,
    Destination,
    HeldBy,
    Hold,
    Hours,
    Interests,
    IssueState,
    Mode,
    Purpose,
    SubscriberState,
)
from bot.readers.newest import NewestIssue
from bot.readers.subscriptions import Subscriptions
from bot.storage import (
    SENDER,
    AskedPushes,
    Database,
    Deliveries,
    Holds,
    Issues,
    Leases,
    Planner,
    Subscribers,
)
from bot.storage.reader_hours import ReaderHours
from bot.storage.threads import Threads
from tests.builders import NOON
from tests.storage.rows import add_issue, recorded, with_part

SLUG = "2026-03-02"
A_HOLD = Hold(by=HeldBy.OPERATOR, why="a test", at=NOON)
SECTIONS = ("news", "papers", "flash")


def following(*slugs: str) -> Choice:
    return Choice(follow=Interests(topics=slugs))


@dataclass
class World:
    """A database, in most tests with one issue that is out."""

    database: Database

    @property
    def subscribing(self) -> Subscriptions:
        return Subscriptions(
            Subscribers(self.database),
            Threads(self.database),
            NewestIssue(
                Issues(self.database),
                Planner(self.database),
                Deliveries(self.database),
                AskedPushes(self.database),
                Holds(self.database),
            ),
            Deliveries(self.database),
            lambda: NOON,
        )

    async def row(self, chat_id: int = 1, purpose: Purpose = Purpose.PUSH) -> Delivery | None:
        return await Deliveries(self.database).get(SLUG, Destination(chat_id), purpose)

    async def state(self, chat_id: int = 1) -> SubscriberState:
        subscriber = await self.subscribing.get(Destination(chat_id))
        assert subscriber is not None
        return subscriber.state

    async def send(self, chat_id: int = 1) -> None:
        """What is on its way arrives, in one part."""
        row = await self.row(chat_id)
        assert row is not None
        token = await Leases(self.database).acquire(SENDER, holder="test", seconds=30) or 1
        await recorded(Deliveries(self.database), with_part(row, 100, last=True), token)


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with Database(database_url) as database:
        await add_issue(Issues(database), SLUG, state=IssueState.ARCHIVED)
        yield World(database)


async def test_who_joins_gets_the_newest_issue_at_once(world: World) -> None:
    joined = await world.subscribing.join(Destination(1), language="en")
    assert (joined.new, joined.latest) == (True, True)
    assert joined.subscriber.cut == Cut(language="en")
    row = await world.row()
    assert row is not None
    assert (row.state, row.cut) == (DeliveryState.PLANNED, Cut(language="en"))


async def test_who_joins_with_topics_gets_it_cut_by_them(world: World) -> None:
    joined = await world.subscribing.join(
        Destination(1), language="zh", choice=following("nlp", "gpu", "nlp")
    )
    assert joined.subscriber.cut.topics == ("gpu", "nlp")
    row = await world.row()
    assert row is not None
    assert row.cut == joined.subscriber.cut


async def test_who_asked_for_the_newest_issue_and_joins_does_not_get_it_twice(world: World) -> None:
    planner, cut = Planner(world.database), Cut(language="en")
    asked = {"issue_slug": SLUG, "purpose": Purpose.REQUEST, "cut": cut, "now": NOON}
    for chat in (1, 2):
        assert await planner.plan_one(to=Destination(chat), **asked)  # type: ignore[arg-type]
    assert not (await world.subscribing.join(Destination(1), language="en")).latest
    assert await world.row() is None
    cut_by_topics = await world.subscribing.join(Destination(2), language="en", choice=following("gpu"))
    assert cut_by_topics.latest


async def test_who_joins_while_everything_is_held_gets_the_newest_issue_at_once_and_once(
    world: World,
) -> None:
    assert await Holds(world.database).hold_everything(A_HOLD)
    for _ in range(2):
        joined = await world.subscribing.join(Destination(1), language="en")
        push, asked = await world.row(), await world.row(purpose=Purpose.REQUEST)
        assert push is not None
        assert asked is not None
        assert (push.state, asked.state) == (DeliveryState.SKIPPED, DeliveryState.PLANNED)
        assert joined.latest is joined.new


async def test_who_said_start_before_everything_was_held_gets_it_by_saying_it_once_more(world: World) -> None:
    await world.subscribing.join(Destination(1), language="en")
    assert await Holds(world.database).hold_everything(A_HOLD)
    assert (await world.subscribing.join(Destination(1), language="en")).latest
    asked = await world.row(purpose=Purpose.REQUEST)
    assert asked is not None
    assert asked.is_open


@pytest.mark.parametrize("everything", [False, True])
async def test_who_joins_while_the_newest_issue_is_held_gets_no_promise_and_the_issue_once_it_goes_on(
    database_url: str, *, everything: bool
) -> None:
    async with Database(database_url) as database:
        world, holds = World(database), Holds(database)
        await world.subscribing.join(Destination(2), language="en")
        await add_issue(Issues(database), SLUG)
        await Planner(database).push(SLUG, NOON)
        assert await holds.hold(SLUG, A_HOLD)
        assert not everything or await holds.hold_everything(A_HOLD)
        assert not (await world.subscribing.join(Destination(1), language="en")).latest
        push = await world.row()
        assert push is not None
        assert push.is_open
        assert await world.row(purpose=Purpose.REQUEST) is None


async def test_who_joins_before_any_issue_is_out_just_joins(database_url: str) -> None:
    async with Database(database_url) as database:
        world = World(database)
        joined = await world.subscribing.join(Destination(1), language="zh")
        assert (joined.new, joined.latest) == (True, False)
        assert await world.row() is None


async def test_who_joins_again_keeps_preferences_and_gets_nothing_twice(world: World) -> None:
    subscribing = world.subscribing
    await subscribing.join(Destination(1), language="zh", choice=following("gpu"))
    await subscribing.set_mode(Destination(1), Mode.HEADLINES)
    await world.send()
    again = await subscribing.join(Destination(1), language="en", choice=following("nlp"))
    assert (again.new, again.latest) == (False, False)
    assert again.subscriber.cut == Cut(language="zh", mode=Mode.HEADLINES, topics=("gpu", "nlp"))


async def test_who_is_back_before_their_hour_hears_that_the_newest_issue_waits_for_it(
    database_url: str,
) -> None:
    async with Database(database_url) as database:
        await add_issue(Issues(database), SLUG)
        world, lin, evening = World(database), Destination(1), Hours(zone="UTC", at=time(20))
        await world.subscribing.join(lin, language="en")
        await ReaderHours(database).change(lin, lambda _: evening, NOON)
        await Planner(database).push(SLUG, NOON)
        await world.subscribing.stop(lin)
        back = await world.subscribing.join(lin, language="en")
        assert (back.back, back.latest, back.waits) == (True, True, True)


async def test_who_comes_back_before_it_was_sent_gets_it_after_all(world: World) -> None:
    subscribing = world.subscribing
    await subscribing.join(Destination(1), language="zh")
    await subscribing.stop(Destination(1))
    row = await world.row()
    assert row is not None
    assert (row.state, await world.state()) == (DeliveryState.SKIPPED, SubscriberState.STOPPED)
    back = await subscribing.join(Destination(1), language="zh")
    assert (back.new, back.latest) == (False, True)
    assert back.subscriber.state is SubscriberState.ACTIVE


async def test_stopping_can_be_undone_without_a_flood(world: World) -> None:
    subscribing = world.subscribing
    await subscribing.join(Destination(1), language="zh", choice=following("gpu"))
    await subscribing.stop(Destination(1))
    await subscribing.resume(Destination(1))
    row = await world.row()
    assert row is not None
    assert (row.state, await world.state()) == (DeliveryState.SKIPPED, SubscriberState.ACTIVE)
    kept = await subscribing.get(Destination(1))
    assert kept is not None
    assert kept.cut.topics == ("gpu",)


async def test_who_blocks_the_bot_is_skipped(world: World) -> None:
    await world.subscribing.join(Destination(1), language="zh")
    await world.subscribing.block(1)
    row = await world.row()
    assert row is not None
    assert (row.state, await world.state()) == (DeliveryState.SKIPPED, SubscriberState.BLOCKED)
    assert row.reason


async def test_stopping_touches_nobody_else(world: World) -> None:
    for chat_id in (1, 2):
        await world.subscribing.join(Destination(chat_id), language="zh")
    await world.subscribing.stop(Destination(1))
    row = await world.row(2)
    assert row is not None
    assert (row.state, await world.state(2)) == (DeliveryState.PLANNED, SubscriberState.ACTIVE)


async def test_interests_are_chosen_and_cleared(world: World) -> None:
    subscribing = world.subscribing
    await subscribing.join(Destination(1), language="zh")
    assert (await subscribing.choose(Destination(1), following("nlp", "gpu"))).cut.topics == ("gpu", "nlp")
    words = Choice(follow=Interests(keywords=("KV cache",)), omit=Interests(topics=("business", "gpu")))
    chosen = (await subscribing.choose(Destination(1), words)).cut
    assert chosen == Cut(
        topics=("nlp",), keywords=("KV cache",), excluded=Interests(topics=("business", "gpu"))
    )
    assert await subscribing.get(Destination(1)) == await subscribing.choose(Destination(1), Choice())
    assert (await subscribing.clear_interests(Destination(1))).cut == Cut()


async def test_who_joins_by_leaving_something_out_gets_the_newest_issue_without_it(world: World) -> None:
    without = Interests(topics=("business",))
    joined = await world.subscribing.join(Destination(1), language="zh", choice=Choice(omit=without))
    row = await world.row()
    assert row is not None
    assert row.cut == joined.subscriber.cut == Cut(excluded=without)


async def test_a_section_left_out_leaves_the_others_and_the_last_one_stays(world: World) -> None:
    subscribing = world.subscribing
    await subscribing.join(Destination(1), language="zh")

    async def shown(slug: str, *, shown: bool) -> tuple[str, ...]:
        return (
            await subscribing.show_section(Destination(1), slug, shown=shown, known=SECTIONS)
        ).cut.sections

    assert await shown("flash", shown=False) == ("news", "papers")
    assert await shown("flash", shown=False) == ("news", "papers")
    assert await shown("news", shown=False) == ("papers",)
    assert await shown("papers", shown=False) == ("papers",)
    assert await shown("news", shown=True) == ("news", "papers")
    assert await shown("flash", shown=True) == ()


async def test_language_and_mode_change_by_themselves(world: World) -> None:
    subscribing = world.subscribing
    await subscribing.join(Destination(1), language="zh", choice=following("gpu"))
    assert (await subscribing.set_language(Destination(1), "en")).cut == Cut(language="en", topics=("gpu",))
    changed = await subscribing.set_mode(Destination(1), Mode.HEADLINES)
    assert changed.cut == Cut(language="en", mode=Mode.HEADLINES, topics=("gpu",))
    assert await subscribing.get(Destination(1)) == changed


async def test_who_never_joined_is_nobody(world: World) -> None:
    assert await world.subscribing.get(Destination(9)) is None
    await world.subscribing.stop(Destination(9))
    assert await world.subscribing.get(Destination(9)) is None
    with pytest.raises(LookupError, match="9"):
        await world.subscribing.choose(Destination(9), following("gpu"))

"""Who wants nothing of an issue that has nothing for them gets no message of it, and others get one."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.delivery.earlier_issues import EarlierIssues
from bot.delivery.job import as_rendered
from bot.delivery.on_topics import OnTopics
from bot.delivery.reconcile import EARLIER, RenderedIssue
from bot.messages import CONTENTS, Renderer
from bot.messages.wording import Wording
from bot.model import (
    OFF_TOPIC,
    TOLD_WITH,
    Aim,
    Cut,
    Delivery,
    DeliveryState,
    Destination,
    Hours,
    Issue,
    Part,
    Purpose,
    SubscriberState,
)
from bot.storage import MissedIssues
from bot.storage.reader_hours import ReaderHours
from tests import builders as build
from tests.delivery.world import SLUG, World, edition
from tests.messages.names import FixedNames
from tests.storage.rows import add_issue

WANTS_TOPICS = Hours(on_topics=True)
PUSH = Delivery(issue_slug=SLUG, chat_id=1, purpose=Purpose.PUSH, cut=Cut(), hours=WANTS_TOPICS)
EMPTY = replace(edition(CONTENTS), empty=True)


def having(delivery: Delivery, *names: str) -> Delivery:
    return replace(delivery, parts=tuple(Part(name=name, message_id=7) for name in names))


async def made(delivery: Delivery, rendered: RenderedIssue = EMPTY) -> tuple[str, ...]:
    found = await OnTopics(as_rendered)(delivery, rendered)
    assert bool(found.nothing) is not bool(found.messages)
    return tuple(one.name for one in found.messages)


async def test_an_issue_with_nothing_for_its_reader_is_no_message() -> None:
    assert await made(PUSH) == ()
    assert await made(having(PUSH, EARLIER)) == ()
    assert await made(replace(having(PUSH, EARLIER), aim=Aim.CORRECT)) == ()


@pytest.mark.parametrize(
    "delivery",
    [
        replace(PUSH, hours=Hours()),
        replace(PUSH, purpose=Purpose.REQUEST),
        replace(PUSH, purpose=Purpose.TEST),
        replace(PUSH, aim=Aim.RETRACT),
        having(PUSH, CONTENTS),
    ],
    ids=["did not choose so", "asked for it", "a trial", "taken back", "stands there"],
)
async def test_it_is_one_where_it_was_asked_for_or_stands_there_already(delivery: Delivery) -> None:
    assert await made(delivery) == (CONTENTS,)


async def test_an_issue_with_something_comes() -> None:
    assert await made(PUSH, replace(EMPTY, empty=False)) == (CONTENTS,)


async def test_the_ledger_says_why_nothing_came(world: World) -> None:
    async def empty(slug: str, cut: Cut, *, private: bool = False, fresh: bool = False) -> RenderedIssue:  # noqa: ARG001  # as Render asks
        return EMPTY

    world.render, world.finish = empty, OnTopics(as_rendered)
    hours = ReaderHours(world.database)
    await world.subscribers.join(Destination(1), Cut(), world.clock.time)
    await hours.change(Destination(1), lambda _: WANTS_TOPICS, world.clock.time)
    world.clock.advance(60)
    await world.publish(2)
    worker = await world.worker()
    await worker.drain()
    first, second = await world.row(1), await world.row(2)
    assert (first.state, first.reason) == (DeliveryState.SKIPPED, OFF_TOPIC)
    assert second.state is DeliveryState.SENT
    assert world.gateway.to(1) == []
    since, until = world.clock.time - timedelta(days=1), world.clock.time
    await world.subscribers.set_state(Destination(1), SubscriberState.STOPPED, until)
    missed = await MissedIssues(world.database).of(Destination(1), since=since, until=until, limit=9)
    assert missed.total == 0


@pytest.mark.parametrize("hours", [WANTS_TOPICS, replace(WANTS_TOPICS, on_topics=False)])
async def test_of_several_issues_that_waited_only_those_with_something_are_named(hours: Hours) -> None:
    """The newest has nothing, one of the earlier ones neither; whether or not the reader is told of that."""
    rendered = {SLUG: EMPTY, "2026-02-23": edition(CONTENTS), "2026-02-16": EMPTY}

    async def render(slug: str, cut: Cut, *, private: bool = False, fresh: bool = False) -> RenderedIssue:  # noqa: ARG001  # as Render asks
        return rendered[slug]

    finish = EarlierIssues(OnTopics(as_rendered), Archive(), render, Renderer(FixedNames()), Wording())
    waited = replace(PUSH, earlier=("2026-02-16", "2026-02-23"), hours=hours)
    *_, line = (await finish(waited, EMPTY)).messages
    assert line.name == EARLIER
    assert "2026-02-23" in line.html
    assert "2026-02-16" not in line.html
    assert line.silent is not hours.on_topics


async def test_of_several_the_newest_with_something_comes_whole_and_a_newer_one_without_is_no_message(
    world: World,
) -> None:
    oldest, middle, newest = "2026-02-16", "2026-02-23", "2026-03-09"

    async def render(slug: str, cut: Cut, *, private: bool = False, fresh: bool = False) -> RenderedIssue:  # noqa: ARG001  # as Render asks
        return EMPTY if slug == newest else edition(CONTENTS, text=slug)

    world.render = render
    world.finish = EarlierIssues(OnTopics(as_rendered), Archive(), render, Renderer(FixedNames()), Wording())
    to = Destination(1)
    await world.subscribers.join(to, Cut(), world.clock.time)
    evening = Hours(zone="UTC", at=time(20), on_topics=True)
    await ReaderHours(world.database).change(to, lambda _: evening, world.clock.time)
    for slug in (oldest, middle, newest):
        await add_issue(world.issues, slug)
        await world.planner.push(slug, world.clock.time)
    world.clock.advance(8 * 3600)
    await (await world.worker()).drain()
    whole, line = world.gateway.to(1)
    assert middle in whole
    assert oldest in line
    assert newest not in line
    reasons = [(await world.row(1, slug)).reason for slug in (oldest, middle, newest)]
    assert reasons == [f"{TOLD_WITH}{middle}", None, OFF_TOPIC]


class Archive:
    """Issues by their slugs."""

    async def get(self, slug: str) -> Issue | None:
        return build.issue(slug=slug, title=f"Issue of {slug}")

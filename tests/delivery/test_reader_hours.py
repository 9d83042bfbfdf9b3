"""What is due comes at its reader's hour: whole, corrected before it goes, several as one, and silent."""

from datetime import time, timedelta

import pytest

from bot.delivery.earlier_issues import EarlierIssues
from bot.delivery.job import as_rendered
from bot.delivery.reconcile import EARLIER
from bot.messages import Renderer
from bot.messages.wording import Wording
from bot.model import ANY_TIME, Cut, DeliveryState, Destination, HeldPushes, Hours, Issue, Quiet
from bot.storage import SENDER, Leases, Statistics
from bot.storage.hours_due import HoursDue
from bot.storage.reader_hours import ReaderHours
from tests import builders as build
from tests.delivery.world import SLUG, World, edition, parts
from tests.messages.names import FixedNames
from tests.storage.rows import add_issue

SECOND = "2026-03-03"
EVENING = Hours(zone="UTC", at=time(20))
ASLEEP = Hours(zone="UTC", quiet=Quiet(begins=time(13), ends=time(19)))
EIGHT = 8 * 3600  # seconds from noon


async def want(world: World, hours: Hours, chat_id: int = 1) -> None:
    await world.subscribers.join(Destination(chat_id), Cut(), world.clock.time)
    await ReaderHours(world.database).change(Destination(chat_id), lambda _: hours, world.clock.time)


async def drain(world: World) -> None:
    await (await world.worker()).drain()


class Archive:
    """Every issue; those ``gone`` were taken back, and others are called as they are ``corrected``."""

    def __init__(self, *gone: str) -> None:
        self.gone = set(gone)
        self.corrected: dict[str, str] = {}

    async def get(self, slug: str) -> Issue | None:
        title = self.corrected.get(slug, f"Issue of {slug}")
        return None if slug in self.gone else build.issue(slug=slug, title=title)


async def test_nothing_is_sent_before_the_hour_and_everything_at_it(world: World) -> None:
    await want(world, EVENING)
    await world.publish(2)
    await drain(world)
    assert world.gateway.to(1) == []
    assert len(world.gateway.to(2)) == 3
    world.clock.advance(EIGHT)
    await drain(world)
    assert len(world.gateway.to(1)) == 3


async def test_what_waits_is_sent_as_it_reads_then_and_never_if_it_was_taken_back(world: World) -> None:
    await want(world, EVENING)
    await world.publish()
    await add_issue(world.issues, SECOND)
    await world.planner.push(SECOND, world.clock.time)
    await world.issues.update_text(SLUG, build.correction())
    await world.planner.correct(SLUG, world.clock.time)
    await world.planner.retract(SECOND, world.clock.time)
    world.clock.advance(EIGHT)
    await drain(world)
    assert [html.split()[0] for html in world.gateway.to(1)] == [SLUG] * 3
    assert world.gateway.edits == 0


async def test_a_broadcast_that_lasts_into_quiet_hours_goes_on_after_them(world: World) -> None:
    await want(world, ASLEEP)
    await world.publish(2)
    world.clock.advance(3600)  # the row was due at noon, and the sender came to it at one
    await drain(world)
    assert world.gateway.to(1) == []
    assert len(world.gateway.to(2)) == 3
    assert (await world.row(1)).not_before == world.clock.time.replace(hour=19)
    world.clock.advance(6 * 3600)
    await drain(world)
    assert len(world.gateway.to(1)) == 3


async def test_an_issue_that_has_begun_is_brought_to_its_end(world: World) -> None:
    await want(world, ASLEEP)
    await world.publish()
    world.gateway.on_sent = lambda: world.clock.advance(1800)
    await drain(world)
    assert len(world.gateway.to(1)) == 3


async def test_who_moves_to_at_once_gets_what_waits_now(world: World) -> None:
    await want(world, EVENING)
    await world.publish()
    await want(world, ANY_TIME)
    await drain(world)
    assert len(world.gateway.to(1)) == 3


@pytest.mark.parametrize("hours", [EVENING, ASLEEP])
@pytest.mark.parametrize("then", [(), (Hours(zone="UTC", silent=True),)])
async def test_several_issues_that_wait_come_as_one_to_who_moves_to_at_once(
    world: World, hours: Hours, then: tuple[Hours, ...]
) -> None:
    world.finish = EarlierIssues(as_rendered, Archive(), parts, Renderer(FixedNames()), Wording())
    world.clock.advance(2 * 3600)
    await want(world, hours)
    await world.publish()
    await add_issue(world.issues, SECOND)
    await world.planner.push(SECOND, world.clock.time)
    await drain(world)
    for chosen in (ANY_TIME, *then):
        await want(world, chosen)
    await drain(world)
    *whole, line = world.gateway.to(1)
    assert [html.split()[0] for html in whole] == [SECOND] * 3
    assert f"Issue of {SLUG}" in line


async def test_who_moves_back_from_at_once_waits_again(world: World) -> None:
    await want(world, EVENING)
    await world.publish()
    for chosen in (ANY_TIME, EVENING):
        await want(world, chosen)
    await drain(world)
    assert world.gateway.to(1) == []


async def test_who_asked_for_silence_hears_nothing(world: World) -> None:
    await want(world, Hours(silent=True))
    await world.publish()
    await drain(world)
    assert world.gateway.silent == [True] * 3


async def test_what_a_correction_adds_comes_silently_to_who_has_hours(world: World) -> None:
    await want(world, EVENING)
    await world.publish()
    world.clock.advance(EIGHT)
    await drain(world)
    await world.issues.update_text(SLUG, build.correction())
    await world.planner.correct(SLUG, world.clock.time)

    async def longer(*_: object, **__: object) -> object:
        return edition("1/3", "2/3", "3/3", "4/4", name="c2")

    world.render = longer  # type: ignore[assignment]
    await drain(world)
    assert world.gateway.silent == [False] * 3 + [True]


@pytest.mark.parametrize("gone", [(), (SLUG,)])
async def test_several_issues_come_as_the_newest_with_a_line_for_each_other(
    world: World, gone: tuple[str, ...]
) -> None:
    world.finish = EarlierIssues(as_rendered, Archive(*gone), parts, Renderer(FixedNames()), Wording())
    await want(world, EVENING)
    await world.publish()
    await add_issue(world.issues, SECOND)
    await world.planner.push(SECOND, world.clock.time)
    world.clock.advance(EIGHT)
    await drain(world)
    came = world.gateway.to(1)
    assert [html.split()[0] for html in came[:3]] == [SECOND] * 3
    assert [f"Issue of {SLUG}" in html for html in came[3:]] == ([] if gone else [True])
    assert (await world.row(1, SLUG)).state is DeliveryState.SKIPPED
    assert (await world.row(1, SECOND)).state is DeliveryState.SENT


async def test_a_line_for_an_earlier_issue_stays_where_the_newer_one_is_taken_back(world: World) -> None:
    world.finish = EarlierIssues(as_rendered, Archive(), parts, Renderer(FixedNames()), Wording())
    await want(world, EVENING)
    await world.publish()
    await add_issue(world.issues, SECOND)
    await world.planner.push(SECOND, world.clock.time)
    world.clock.advance(EIGHT)
    await drain(world)
    await world.planner.retract(SECOND, world.clock.time)
    await drain(world)
    (left,) = world.gateway.standing(1)
    assert f"Issue of {SLUG}" in left
    assert [part.name for part in (await world.row(1, SECOND)).parts] == [EARLIER]


async def test_quiet_hours_keep_nobody_else_waiting(world: World) -> None:
    for chat_id in range(10, 90):
        await want(world, ASLEEP, chat_id)
    await world.publish(1)
    world.clock.advance(3600)
    worker = await world.worker(open_chats=4)
    await worker.drain()
    assert len(world.gateway.to(1)) == 3
    assert {chat for chat, _ in world.gateway.sent} == {1}


THIRD = "2026-03-04"


async def three_at_eight(world: World) -> Archive:
    """Three issues that came at eight to one chat: the newest, and a line for each other."""
    archive = Archive()
    world.finish = EarlierIssues(as_rendered, archive, parts, Renderer(FixedNames()), Wording())
    await want(world, EVENING)
    await world.publish()
    for slug in (SECOND, THIRD):
        await add_issue(world.issues, slug)
        await world.planner.push(slug, world.clock.time)
    world.clock.advance(EIGHT)
    await drain(world)
    return archive


async def take_back(world: World, archive: Archive, slug: str) -> None:
    archive.gone.add(slug)
    world.clock.advance(60)
    await world.planner.retract(slug, world.clock.time)
    await drain(world)


async def test_what_is_taken_back_is_named_nowhere_and_the_others_still_are(world: World) -> None:
    archive = await three_at_eight(world)
    await take_back(world, archive, SLUG)
    *whole, line = world.gateway.standing(1)
    assert len(whole) == 3
    assert f"Issue of {SECOND}" in line
    assert SLUG not in line
    await take_back(world, archive, SECOND)
    assert [html.split()[0] for html in world.gateway.standing(1)] == [THIRD] * 3
    row = await world.row(1, THIRD)
    assert (row.state, row.part_count) == (DeliveryState.SENT, 3)


async def test_a_correction_reaches_the_line_in_which_an_issue_is_named_and_nothing_else(
    world: World,
) -> None:
    archive = await three_at_eight(world)
    sent = len(world.gateway.to(1))
    archive.corrected[SLUG] = "As it should read"
    await world.issues.update_text(SLUG, build.correction())
    world.clock.advance(60)
    assert await world.planner.correct(SLUG, world.clock.time) == 0
    assert await Statistics(world.database).lines_refreshed(SLUG, since=world.clock.time) == 1
    await drain(world)
    *whole, line = world.gateway.standing(1)
    assert [html.split()[0] for html in whole] == [THIRD] * 3
    assert "As it should read" in line
    assert f"Issue of {SECOND}" in line
    assert len(world.gateway.to(1)) == sent
    assert await world.planner.missed(SLUG) == await world.planner.retry(SLUG, world.clock.time) == 0


async def test_it_is_named_no_more_where_the_newest_was_taken_back_before(world: World) -> None:
    archive = await three_at_eight(world)
    await take_back(world, archive, THIRD)
    await take_back(world, archive, SLUG)
    (line,) = world.gateway.standing(1)
    assert f"Issue of {SECOND}" in line
    assert SLUG not in line
    await take_back(world, archive, SECOND)
    assert world.gateway.standing(1) == []


async def test_a_line_of_what_was_to_be_told_with_an_issue_that_was_told_with_another_goes_too(
    world: World,
) -> None:
    """The second waited with the first and then, not sent yet, with the third."""
    archive = Archive()
    world.finish = EarlierIssues(as_rendered, archive, parts, Renderer(FixedNames()), Wording())
    await want(world, EVENING)
    await world.publish()
    await add_issue(world.issues, SECOND)
    await world.planner.push(SECOND, world.clock.time)
    world.clock.advance(EIGHT)
    await world.worker()
    lease = await Leases(world.database).current(SENDER)
    assert lease is not None
    due, rows = HoursDue(world.database), [await world.row(1, SECOND)]
    await due.gather(rows, held=HeldPushes(), token=lease.token, now=world.clock.time)
    await add_issue(world.issues, THIRD)
    await world.planner.push(THIRD, world.clock.time - timedelta(hours=1))
    await drain(world)
    await take_back(world, archive, SLUG)
    line = world.gateway.standing(1)[-1]
    assert f"Issue of {SECOND}" in line
    assert SLUG not in line

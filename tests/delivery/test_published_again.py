"""What was taken back and comes out again reaches everybody: who had it as a line, and who was away."""

from bot.delivery.earlier_issues import EarlierIssues
from bot.delivery.job import as_rendered
from bot.messages import Renderer
from bot.messages.wording import Wording
from bot.model import Aim, DeliveryState, Destination, SubscriberState
from bot.storage.broadcasts import Broadcasts
from tests import builders as build
from tests.delivery.test_after_the_send import SENT, corrected, sent, taken_back
from tests.delivery.test_reader_hours import EIGHT, EVENING, SECOND, Archive, drain, take_back, want
from tests.delivery.world import SLUG, World, parts
from tests.messages.names import FixedNames
from tests.storage.rows import add_issue


async def came_as_a_line(world: World) -> Archive:
    """A chat that waited for eight has the second issue whole, and the first as a line below it."""
    archive = Archive()
    world.finish = EarlierIssues(as_rendered, archive, parts, Renderer(FixedNames()), Wording())
    await want(world, EVENING)
    await world.publish()
    await add_issue(world.issues, SECOND)
    await world.planner.push(SECOND, world.clock.time)
    world.clock.advance(EIGHT)
    await drain(world)
    assert SLUG in world.gateway.standing(1)[-1]
    return archive


async def test_it_comes_by_itself_to_who_had_it_as_a_line(world: World) -> None:
    archive = await came_as_a_line(world)
    await take_back(world, archive, SLUG)
    archive.gone.clear()
    assert await world.planner.push(SLUG, world.clock.time) == 1
    world.clock.advance(2 * EIGHT * 2)
    await drain(world)
    told = [html.split()[0] for html in world.gateway.standing(1)]
    assert sorted(told) == sorted([SLUG] * 3 + [SECOND] * 3)


async def test_no_line_names_it_beside_the_issue_itself_also_once_the_newer_one_is_corrected(
    world: World,
) -> None:
    archive = await came_as_a_line(world)
    await take_back(world, archive, SLUG)
    archive.gone.clear()
    await world.planner.push(SLUG, world.clock.time)
    world.clock.advance(2 * EIGHT * 2)
    await drain(world)
    await world.issues.update_text(SECOND, build.correction())
    await world.planner.correct(SECOND, world.clock.time)
    await drain(world)
    assert not any(f"Issue of {SLUG}" in html for html in world.gateway.standing(1))


async def test_a_line_that_was_taken_back_is_counted_once(world: World) -> None:
    archive = await came_as_a_line(world)
    before = world.clock.time
    await take_back(world, archive, SLUG)
    assert await world.statistics.lines_taken_back(SLUG, since=before) == 1
    world.clock.advance(60)
    again = world.clock.time
    await take_back(world, archive, SLUG)
    assert await world.statistics.lines_taken_back(SLUG, since=again) == 0
    totals = await Broadcasts(world.database).totals(SLUG, Aim.RETRACT)
    assert (totals.sent, totals.failed, totals.skipped) == (0, 0, 0)


async def leave(world: World, chat_id: int = 1) -> None:
    await world.subscribers.set_state(Destination(chat_id), SubscriberState.BLOCKED, world.clock.now())


async def come_back(world: World, chat_id: int = 1) -> None:
    world.clock.advance(60)
    await world.subscribers.set_state(Destination(chat_id), SubscriberState.ACTIVE, world.clock.now())
    await drain(world)


async def test_what_was_taken_back_while_a_reader_was_away_goes_once_they_are_back(world: World) -> None:
    await sent(world, 1, 2)
    await leave(world)
    await taken_back(world)
    assert (len(world.gateway.standing(1)), world.gateway.standing(2)) == (len(SENT), [])
    await come_back(world)
    assert world.gateway.standing(1) == []
    assert (await world.row(1)).aim is Aim.RETRACT


async def test_what_was_corrected_while_a_reader_was_away_is_corrected_once_they_are_back(
    world: World,
) -> None:
    desk = await sent(world, 1, 2)
    desk.reads({"news": "better"}, *SENT)
    await leave(world)
    await corrected(world)
    assert not any("better" in html for html in world.gateway.standing(1))
    await come_back(world)
    assert [("better" in html) for html in world.gateway.standing(1)] == [False, True, False]
    row = await world.row(1)
    assert (row.state, row.edition) == (DeliveryState.SENT, (await world.row(2)).edition)


async def test_who_was_away_while_it_was_taken_back_and_came_out_again_has_the_new_text_once(
    world: World,
) -> None:
    desk = await sent(world, 1, 2)
    await leave(world)
    await taken_back(world)
    desk.reads({"news": "better"}, *SENT)
    await world.planner.resume(world.clock.now())
    assert await world.issues.update_text(SLUG, build.correction())
    await world.planner.push(SLUG, world.clock.now())
    await drain(world)
    await come_back(world)
    assert world.gateway.standing(1) == world.gateway.standing(2)
    assert len(world.gateway.standing(1)) == len(SENT)


async def test_a_correction_that_nobody_confirmed_is_not_brought_to_who_comes_back(world: World) -> None:
    desk = await sent(world, 1, 2)
    desk.reads({"news": "better"}, *SENT)
    await leave(world)
    assert await world.issues.update_text(SLUG, build.correction())
    await come_back(world)
    assert not any("better" in html for html in world.gateway.standing(1))


async def test_what_one_reader_catches_up_with_is_no_broadcast(world: World) -> None:
    await sent(world, 1, 2)
    await leave(world)
    await taken_back(world)
    world.clock.advance(60)
    await world.subscribers.set_state(Destination(1), SubscriberState.ACTIVE, world.clock.now())
    row = await world.row(1)
    assert row.aim is Aim.RETRACT
    assert await Broadcasts(world.database).begun_at(row) is None

"""What was sent is corrected in place, or taken back: exactly what differs, in every chat."""

import asyncio

import sqlalchemy as sa

from bot.delivery.reconcile import RenderedIssue
from bot.errors import MessageRefused, TryLater, Uncertain
from bot.model import Aim, Cut, Delivery, DeliveryState, Destination, Part, Purpose
from bot.storage.broadcasts import Broadcasts
from bot.storage.rows import parts_text
from bot.storage.schema import deliveries
from tests import builders as build
from tests.delivery.world import SLUG, World, edition

SENT = ("contents", "news", "papers")


class HandlerContext:
    """Gives the edition of the issue that the editor made last."""

    def __init__(self, *names: str) -> None:
        self.edition = edition(*names)
        self.remembered: RenderedIssue | None = None

    async def render(
        self, slug: str, cut: Cut, *, private: bool = False, fresh: bool = False
    ) -> RenderedIssue:
        assert (slug, cut, private) == (SLUG, Cut(), True)
        if fresh:
            self.remembered = self.edition
        return self.remembered or self.edition

    def reads(self, changed: dict[str, str], *names: str) -> None:
        """The editor changed the words of some parts, and which parts there are."""
        plain = edition(*names, name="c2")
        texts = {one.name: edition(one.name, text=changed.get(one.name, SLUG)) for one in plain.messages}
        messages = tuple(texts[one.name].messages[0] for one in plain.messages)
        self.edition = RenderedIssue(edition="c2", messages=messages, notice=plain.notice)


async def sent(world: World, *chats: int) -> HandlerContext:
    desk = HandlerContext(*SENT)
    world.render = desk.render
    await world.publish(*chats)
    await (await world.worker()).drain()
    return desk


async def corrected(world: World) -> Delivery:
    """The first reader's row when the correction has come to its end."""
    await world.issues.update_text(SLUG, build.correction())
    await world.planner.correct(SLUG, world.clock.now())
    await (await world.worker()).drain()
    return await world.row(1)


async def taken_back(world: World) -> Delivery:
    await world.planner.retract(SLUG, world.clock.now())
    await (await world.worker()).drain()
    return await world.row(1)


async def test_exactly_the_parts_that_read_otherwise_are_edited(world: World) -> None:
    desk = await sent(world, 1, 2)
    desk.reads({"news": "mended"}, *SENT)
    row = await corrected(world)
    for chat_id in (1, 2):
        assert world.gateway.standing(chat_id) == [f"{SLUG} contents", "mended news", f"{SLUG} papers"]
    assert world.gateway.edits == 2
    assert len(world.gateway.sent) == 6
    assert (row.state, row.edition) == (DeliveryState.SENT, "c2")


async def test_a_correction_is_seen_though_the_text_before_it_is_remembered(world: World) -> None:
    desk = await sent(world, 1)
    desk.remembered = desk.edition
    desk.reads({"news": "mended"}, *SENT)
    row = await corrected(world)
    assert world.gateway.standing(1) == [f"{SLUG} contents", "mended news", f"{SLUG} papers"]
    assert row.edition == "c2"


async def test_a_new_part_answers_the_contents_and_a_lost_one_is_deleted(world: World) -> None:
    desk = await sent(world, 1)
    desk.reads({}, "contents", "papers", "blogs")
    row = await corrected(world)
    assert world.gateway.standing(1) == [f"{SLUG} {name}" for name in ("contents", "papers", "blogs")]
    assert world.gateway.replies == {104: 101}
    assert [part.name for part in row.parts] == ["contents", "papers", "blogs"]


async def test_a_lost_part_that_can_no_longer_be_deleted_becomes_a_notice(world: World) -> None:
    desk = await sent(world, 1)
    desk.reads({}, "contents", "papers")
    world.gateway.too_old = True
    await corrected(world)
    assert world.gateway.standing(1) == [f"{SLUG} contents", "taken back", f"{SLUG} papers"]
    calls = world.gateway.begun
    await (await world.worker()).drain()
    assert world.gateway.begun == calls  # and is left at that


async def test_a_copy_of_a_part_that_a_correction_removes_is_still_known(world: World) -> None:
    desk = HandlerContext(*SENT)
    world.render = desk.render
    await world.publish(1)
    world.gateway.faults[1] = [Uncertain("no answer")]
    await (await world.worker()).drain()
    world.clock.advance(2)
    await (await world.worker()).drain()
    desk.reads({}, "news", "papers")
    row = await corrected(world)
    assert world.gateway.standing(1) == [f"{SLUG} news", f"{SLUG} papers"]
    assert (row.state, row.part_count, row.uncertain) == (DeliveryState.SENT, 2, 1)


async def test_a_correction_that_changes_nothing_of_a_cut_touches_nothing(world: World) -> None:
    desk = await sent(world, 1)
    calls = world.gateway.begun
    desk.reads({}, *SENT)
    row = await corrected(world)
    assert world.gateway.begun == calls
    assert (row.state, row.edition) == (DeliveryState.SENT, "c2")


async def test_a_message_that_its_reader_deleted_is_left_alone_and_the_reason_says_so(world: World) -> None:
    desk = await sent(world, 1)
    del world.gateway.chats[1][102]
    desk.reads({"news": "mended", "papers": "mended"}, *SENT)
    row = await corrected(world)
    assert world.gateway.standing(1) == [f"{SLUG} contents", "mended papers"]
    assert (row.state, row.reason) == (DeliveryState.SENT, "not corrected: message to edit not found")


async def test_a_correction_goes_on_after_faults_and_edits_no_part_for_nothing(world: World) -> None:
    desk = await sent(world, 1)
    desk.reads({"news": "mended", "papers": "mended"}, *SENT)
    world.gateway.faults[1] = [Uncertain("no answer"), TryLater("502", after=0)]
    await corrected(world)
    for _ in range(2):
        world.clock.advance(10)
        await (await world.worker()).drain()
    row = await world.row(1)
    assert world.gateway.standing(1) == [f"{SLUG} contents", "mended news", "mended papers"]
    assert (row.state, row.uncertain, world.gateway.edits) == (DeliveryState.SENT, 0, 2)


async def test_what_was_corrected_while_it_was_on_its_way_is_whole_and_right_in_the_end(
    world: World,
) -> None:
    desk = HandlerContext(*SENT)
    world.render = desk.render
    await world.publish(1)
    world.gateway.on_sent = lambda: desk.reads({"contents": "mended"}, *SENT)
    await (await world.worker()).drain()
    assert world.gateway.standing(1) == ["mended contents", f"{SLUG} news", f"{SLUG} papers"]
    assert len(world.gateway.sent) == 3


async def test_an_issue_is_taken_back_from_every_chat(world: World) -> None:
    await sent(world, 1, 2)
    row = await taken_back(world)
    assert (world.gateway.standing(1), world.gateway.standing(2)) == ([], [])
    assert (row.state, row.reason, row.parts) == (DeliveryState.SKIPPED, "taken back", ())


async def test_what_is_too_old_to_be_deleted_is_taken_back_by_a_notice(world: World) -> None:
    await sent(world, 1)
    world.gateway.too_old = True
    row = await taken_back(world)
    assert world.gateway.standing(1) == ["taken back"] * 3
    assert row.state is DeliveryState.SKIPPED


async def test_what_can_be_neither_deleted_nor_edited_is_told(world: World) -> None:
    await sent(world, 1)
    world.gateway.faults[1] = [MessageRefused("can't be deleted"), MessageRefused("can't be edited")]
    row = await taken_back(world)
    assert (row.state, row.message_ids) == (DeliveryState.SKIPPED, ())
    assert row.reason == "not taken back: can't be edited"
    assert len(world.gateway.standing(1)) == 1


async def test_a_text_that_telegram_refuses_as_a_correction_does_not_lose_the_message(world: World) -> None:
    desk = await sent(world, 1)
    desk.reads({"news": "refused"}, *SENT)
    world.gateway.faults[1] = [MessageRefused("entities too long")]
    row = await corrected(world)
    assert row.reason == "not corrected: entities too long"
    assert row.message_ids == (101, 102, 103)


async def test_who_stopped_in_the_middle_and_comes_back_gets_the_rest(world: World) -> None:
    world.render = HandlerContext(*SENT).render
    await world.publish(1)
    world.gateway.held[1] = asyncio.Event()
    working = asyncio.create_task((await world.worker()).drain())
    await world.gateway.until(lambda: world.gateway.begun == 1)
    now = world.clock.now()
    await world.ledger.skip_open_sends(Destination(1), "stopped", now)
    await world.planner.plan_one(to=Destination(1), issue_slug=SLUG, purpose=Purpose.PUSH, cut=Cut(), now=now)
    world.gateway.held[1].set()
    await working
    await (await world.worker()).drain()
    assert world.gateway.standing(1) == [f"{SLUG} {name}" for name in SENT]
    assert len(world.gateway.sent) == 3


async def test_what_an_older_program_sent_is_found_by_its_place(world: World) -> None:
    desk = await sent(world, 1)
    nameless = tuple(Part(name="", message_id=message_id) for message_id in (101, 102, 103))
    change = sa.update(deliveries).values(state=DeliveryState.SENDING, parts=parts_text(nameless))
    async with world.database.writing() as connection:
        await connection.execute(change)
    await (await world.worker()).drain()
    assert len(world.gateway.sent) == 3  # nothing is missing, and nobody knows how it reads
    desk.reads({"news": "mended"}, *SENT)
    await corrected(world)
    assert world.gateway.standing(1) == [f"{SLUG} contents", "mended news", f"{SLUG} papers"]


async def published_again(world: World) -> None:
    await world.planner.push(SLUG, world.clock.now())


async def test_what_is_published_again_while_a_message_is_being_deleted_is_whole_in_the_end(
    world: World,
) -> None:
    await sent(world, 1)
    await world.planner.retract(SLUG, world.clock.now())
    world.gateway.held[1] = asyncio.Event()
    begun = world.gateway.begun
    working = asyncio.create_task((await world.worker()).drain())
    await world.gateway.until(lambda: world.gateway.begun == begun + 1)
    await published_again(world)
    world.gateway.held[1].set()
    await working
    totals = await Broadcasts(world.database).totals(SLUG, Aim.RETRACT)
    assert (totals.sent, totals.published_again) == (0, True)
    await (await world.worker()).drain()
    assert world.gateway.standing(1) == [f"{SLUG} {name}" for name in SENT]


async def test_a_deletion_without_an_answer_is_looked_at_before_the_issue_comes_again(world: World) -> None:
    await sent(world, 1)
    world.gateway.lost_answers[1] = [Uncertain("no answer")]
    row = await taken_back(world)
    assert (row.state, row.part_count) == (DeliveryState.SENDING, 3)
    await published_again(world)
    world.clock.advance(10)
    await (await world.worker()).drain()
    row = await world.row(1)
    assert world.gateway.standing(1) == [f"{SLUG} {name}" for name in SENT]
    assert (row.state, row.part_count, row.uncertain) == (DeliveryState.SENT, 3, 0)


async def test_a_deletion_that_never_arrived_sends_nothing_twice(world: World) -> None:
    await sent(world, 1)
    world.gateway.faults[1] = [Uncertain("no answer")]
    await taken_back(world)
    await published_again(world)
    world.clock.advance(10)
    await (await world.worker()).drain()
    assert world.gateway.standing(1) == [f"{SLUG} {name}" for name in SENT]
    assert len(world.gateway.sent) == 3


async def test_a_correction_without_an_answer_is_not_taken_for_the_text_before_it(world: World) -> None:
    desk = await sent(world, 1)
    before = desk.edition
    desk.reads({"news": "wrong"}, *SENT)
    world.gateway.lost_answers[1] = [Uncertain("no answer")]
    await corrected(world)
    assert "wrong news" in world.gateway.standing(1)
    desk.edition = before
    world.clock.advance(10)
    await (await world.worker()).drain()
    assert world.gateway.standing(1) == [f"{SLUG} {name}" for name in SENT]


async def test_an_issue_is_taken_back_from_its_end(world: World) -> None:
    """So what stands when it is published again is its beginning, and the rest comes after it."""
    await sent(world, 1)
    world.gateway.lost_answers[1] = [Uncertain("no answer")]
    await taken_back(world)
    assert world.gateway.standing(1) == [f"{SLUG} {name}" for name in SENT[:2]]

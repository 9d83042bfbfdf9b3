import asyncio
import gc
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.delivery.reconcile import RenderedIssue
from bot.errors import BadInput, ChatGone, MessageRefused, StoreError, TryLater, Uncertain
from bot.model import Cut, DeliveryState, Destination, Purpose, SubscriberState
from bot.readers.forgetting import Forgetting
from bot.storage import Database
from bot.storage import Forgetting as StoredForgetting
from tests.builders import NOON
from tests.delivery.world import SLUG, Chances, FailingLedger, Gate, World, edition
from tests.storage.rows import pushed

WHOLE = [f"{SLUG} 1/3", f"{SLUG} 2/3", f"{SLUG} 3/3"]


async def test_every_subscriber_gets_every_part_once_and_in_order(world: World) -> None:
    await world.publish(*range(1, 51))
    await (await world.worker(open_chats=7)).drain()
    assert all(world.gateway.to(chat_id) == WHOLE for chat_id in range(1, 51))
    assert await pushed(world.statistics) == {SLUG: {DeliveryState.SENT: 50}}


async def test_delivering_again_sends_nothing(world: World) -> None:
    await world.publish(1)
    for _ in range(3):
        await (await world.worker()).drain()
    assert world.gateway.to(1) == WHOLE


async def test_telegrams_ids_are_kept(world: World) -> None:
    await world.publish(1)
    await (await world.worker()).drain()
    assert (await world.row(1)).message_ids == (101, 102, 103)


async def test_each_gets_their_own_cut(world: World) -> None:
    await world.publish(1, cut=Cut(topics=("compiler", "quantization")))
    await (await world.worker()).drain()
    assert world.gateway.to(1) == [f"{SLUG} compiler,quantization"]


@pytest.mark.parametrize("purpose", [Purpose.REQUEST, Purpose.REST, Purpose.TEST])
async def test_who_asked_or_tests_is_served_before_the_broadcast(world: World, purpose: Purpose) -> None:
    await world.publish(1, 2, 3)
    await world.ask(3, purpose=purpose)
    await (await world.worker(open_chats=1)).drain()
    assert world.gateway.sent[0] == (3, f"{SLUG} asked")


async def test_two_issues_for_one_chat_do_not_mix(world: World) -> None:
    await world.publish(1)
    world.clock.advance(1)
    await world.publish(1, slug="2026-03-16")
    await (await world.worker()).drain()
    assert world.gateway.to(1) == [*WHOLE, "2026-03-16 1/3", "2026-03-16 2/3", "2026-03-16 3/3"]


@pytest.mark.parametrize("arrived", [1, 2])
async def test_killed_in_mid_issue_it_goes_on_where_it_was(world: World, arrived: int) -> None:
    """Killed: the task is dropped, and a new process opens the same file."""
    await world.publish(1)
    world.gateway.held[1] = asyncio.Event()
    world.gateway.held[1].set()
    world.gateway.on_sent = lambda: (
        world.gateway.held[1].clear() if len(world.gateway.sent) == arrived else None
    )
    killed = await world.worker()
    working = asyncio.create_task(killed.run())
    await world.gateway.until(lambda: world.gateway.begun > arrived)  # so the parts before are recorded
    async with Database(world.url) as database:
        again = World(url=world.url, database=database)
        await (await again.worker()).drain()
        assert again.gateway.to(1) == WHOLE[arrived:]
        assert (await again.row(1)).state is DeliveryState.SENT
    await abandon(working, world)


async def abandon(working: asyncio.Task[None], world: World) -> None:
    """Let the dropped process's task end; what it still writes finds its row closed."""
    working.cancel()
    world.gateway.held[1].set()
    with pytest.raises(asyncio.CancelledError):
        await working


@pytest.mark.parametrize(
    ("blocked", "state"), [(True, SubscriberState.BLOCKED), (False, SubscriberState.DEACTIVATED)]
)
async def test_who_is_gone_is_marked_and_all_their_deliveries_skipped(
    world: World, state: SubscriberState, *, blocked: bool
) -> None:
    await world.publish(1, 2)
    await world.publish(1, 2, slug="2026-03-16")
    world.gateway.faults[1] = [ChatGone("bot was blocked", blocked=blocked)]
    await (await world.worker()).drain()
    reader = await world.subscribers.get(Destination(1))
    assert reader is not None
    assert reader.state is state
    assert await pushed(world.statistics) == {
        slug: {DeliveryState.SKIPPED: 1, DeliveryState.SENT: 1} for slug in (SLUG, "2026-03-16")
    }
    assert (await world.row(1)).reason == "bot was blocked"


async def test_a_429_is_stored_and_waited_out_as_told_and_the_others_go_on(world: World) -> None:
    await world.publish(1, 2)
    world.gateway.faults[1] = [TryLater("told to wait", after=10_072)]
    await (await world.worker(open_chats=1)).drain()
    assert (world.gateway.to(1), world.gateway.to(2)) == ([], WHOLE)
    assert (await world.row(1)).not_before == NOON + timedelta(seconds=10_072)
    world.clock.advance(10_071)
    await (await world.worker()).drain()
    assert world.gateway.to(1) == []
    world.clock.advance(1)
    await (await world.worker()).drain()
    assert world.gateway.to(1) == WHOLE


async def test_a_429_of_an_absurd_length_is_waited_out_for_a_day(world: World) -> None:
    await world.publish(1)
    world.gateway.faults[1] = [TryLater("told to wait", after=1e12)]
    await (await world.worker()).drain()
    assert (await world.row(1)).not_before == NOON + timedelta(days=1)


async def test_a_delivery_that_cannot_even_be_put_off_ends_no_work(world: World) -> None:
    await world.publish(1, 2)
    world.jitter = Chances(faults=2).draw
    world.gateway.faults[1] = [TryLater("502", after=0)]
    worker = await world.worker()
    working = asyncio.create_task(worker.run())
    with capture_logs() as logs:
        await world.gateway.until(lambda: world.gateway.to(2) == WHOLE)
        await world.clock.until_alarm(1)
        world.clock.advance(1)
        await world.gateway.until(lambda: world.gateway.to(1) == WHOLE)
    worker.stop()
    await working
    assert [one["chat"] for one in logs if one["event"] == "delivery_not_recorded"] == [1]


async def test_a_server_fault_in_mid_issue_repeats_no_part(world: World) -> None:
    await world.publish(1)
    world.gateway.on_sent = lambda: world.gateway.faults.update(
        {1: [TryLater("502", after=0)]} if len(world.gateway.sent) == 1 else {}
    )
    await (await world.worker()).drain()
    assert world.gateway.to(1) == WHOLE[:1]
    world.clock.advance(2)
    await (await world.worker()).drain()
    assert world.gateway.to(1) == WHOLE


async def test_what_may_have_arrived_is_sent_again_and_the_reason_says_so(world: World) -> None:
    await world.publish(1)
    world.gateway.faults[1] = [Uncertain("no answer in time")]
    await (await world.worker()).drain()
    world.clock.advance(2)
    await (await world.worker()).drain()
    assert world.gateway.to(1) == WHOLE
    row = await world.row(1)
    assert (row.state, row.reason) == (
        DeliveryState.SENT,
        "no answer in time; sent again, may have come twice",
    )


async def test_a_refused_message_fails_its_delivery_and_tells_the_operator(world: World) -> None:
    await world.publish(1, 2)
    world.gateway.faults[1] = [MessageRefused("message is too long")]
    with capture_logs() as logs:
        await (await world.worker()).drain()
    row = await world.row(1)
    assert (row.state, row.reason) == (DeliveryState.FAILED, "message is too long")
    assert world.gateway.to(2) == WHOLE
    failed = [entry for entry in logs if entry["event"] == "delivery_failed"]
    assert [(one["issue"], one["chat"], one["part"], one["log_level"]) for one in failed] == [
        (SLUG, 1, 0, "error")
    ]


async def test_a_fault_of_ours_in_one_delivery_keeps_no_other_and_ends_after_a_few_tries(
    world: World,
) -> None:
    await world.publish(1)
    await world.publish(2, slug="2026-03-16")
    sound = world.render

    async def render(slug: str, cut: Cut, *, private: bool = False, fresh: bool = False) -> RenderedIssue:
        if slug == SLUG:
            raise KeyError("topic")
        return await sound(slug, cut, private=private, fresh=fresh)

    world.render = render
    with capture_logs() as logs:
        for _ in range(6):
            await (await world.worker()).drain()
            world.clock.advance(100)
    assert len(world.gateway.to(2)) == 3
    row = await world.row(1)
    assert (row.state, row.reason) == (DeliveryState.FAILED, "given up: KeyError: 'topic'")
    assert any(entry["event"] == "delivery_crashed" and entry["exc_info"] for entry in logs)


async def test_a_database_that_does_not_say_the_issue_is_waited_for_and_is_no_crash(world: World) -> None:
    sound, failures = world.render, [StoreError("database: away")] * 2

    async def render(slug: str, cut: Cut, *, private: bool = False, fresh: bool = False) -> RenderedIssue:
        if failures:
            raise failures.pop()
        return await sound(slug, cut, private=private, fresh=fresh)

    await world.publish(1)
    world.render = render
    with capture_logs() as logs:
        for _ in range(3):
            await (await world.worker()).drain()
            world.clock.advance(100)
    assert world.gateway.to(1) == WHOLE
    assert [one["event"] for one in logs if one["log_level"] != "debug"] == ["delivery_deferred"] * 2


async def test_an_issue_without_parts_left_is_skipped(world: World) -> None:
    async def nothing(*_: object, **__: object) -> RenderedIssue:
        return edition()

    await world.publish(1)
    world.render = nothing
    await (await world.worker()).drain()
    assert (await world.row(1)).state is DeliveryState.SKIPPED


async def test_a_wrong_token_ends_the_work_and_loses_nothing(world: World) -> None:
    await world.publish(1, 2)
    world.gateway.faults = {1: [BadInput("wrong token")], 2: [BadInput("wrong token")]}
    with pytest.raises(BadInput, match="wrong token"):
        await (await world.worker()).drain()
    assert await pushed(world.statistics) == {SLUG: {DeliveryState.PLANNED: 2}}


async def test_a_token_that_is_refused_to_many_at_once_is_told_once(world: World) -> None:
    lost: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: lost.append(context))
    chats = range(1, 9)
    await world.publish(*chats)
    world.gateway.faults = {chat_id: [BadInput("wrong token")] for chat_id in chats}
    with pytest.raises(BadInput, match="wrong token"):
        await (await world.worker()).run()
    gc.collect()  # which tells what nobody has asked a task for
    assert lost == []


async def test_a_chat_that_hangs_delays_nobody(world: World) -> None:
    await world.publish(*range(1, 6))
    world.gateway.held[1] = asyncio.Event()
    worker = await world.worker(open_chats=2)
    working = asyncio.create_task(worker.run())
    await world.gateway.until(lambda: len(world.gateway.sent) == 12)
    assert world.gateway.to(1) == []
    world.gateway.held[1].set()
    await world.gateway.until(lambda: len(world.gateway.sent) == 15)
    worker.stop()
    await working


async def test_what_is_sent_and_cannot_be_recorded_is_not_sent_again(world: World) -> None:
    """A full disk must not make the bot write the same part for ever."""
    await world.publish(1)
    ledger = FailingLedger(world.database, refusals=2)
    working = asyncio.create_task((await world.worker(ledger=ledger)).drain())
    for wait in (0.5, 1):
        await world.clock.until_alarm(wait)
        world.clock.advance(wait)
    await working
    assert world.gateway.to(1) == WHOLE


async def test_a_process_that_ends_before_the_database_is_back_says_what_it_did_not_record(
    world: World,
) -> None:
    await world.publish(1)
    worker = await world.worker(ledger=FailingLedger(world.database, refusals=100))
    working = asyncio.create_task(worker.run())
    await world.clock.until_alarm(0.5)
    worker.stop()
    with capture_logs() as logs:
        await world.clock.until_alarm(3)
        world.clock.advance(3)
        await working
    assert [one["rows"] for one in logs if one["event"] == "deliveries_not_recorded"] == [1]
    assert "delivery_deferred" not in [one["event"] for one in logs]


async def test_running_wakes_for_what_is_planned_and_for_what_was_put_off(world: World) -> None:
    worker = await world.worker()
    working = asyncio.create_task(worker.run())
    world.gateway.faults[1] = [TryLater("told to wait", after=20)]
    await world.publish(1, 2)
    world.wake_up.set()
    await world.gateway.until(lambda: world.gateway.to(2) == WHOLE)
    await world.clock.until_alarm(20)
    world.clock.advance(20)
    await world.gateway.until(lambda: world.gateway.to(1) == WHOLE)
    worker.stop()
    await working
    assert await pushed(world.statistics) == {SLUG: {DeliveryState.SENT: 2}}


async def test_what_was_put_off_is_found_again_without_anybody_asking(world: World) -> None:
    """However many are served at a time, and when all else is done."""
    await world.publish(*range(1, 6))
    world.gateway.faults = {chat_id: [TryLater("told to wait", after=20)] for chat_id in (2, 4)}
    worker = await world.worker(open_chats=2)
    working = asyncio.create_task(worker.run())
    await world.gateway.until(lambda: len(world.gateway.sent) == 9)
    await world.clock.until_alarm(20)
    world.clock.advance(20)
    await world.gateway.until(lambda: len(world.gateway.sent) == 15)
    worker.stop()
    await working


async def stopped_in_mid_send(world: World) -> asyncio.Task[None]:
    """A worker that was told to stop while the answer to its first part is held back."""
    await world.publish(1)
    world.gateway.held[1] = asyncio.Event()
    worker = await world.worker()
    working = asyncio.create_task(worker.run())
    await world.gateway.until(lambda: world.gateway.begun == 1)
    worker.stop()
    return working


async def test_stopping_records_the_send_in_flight_and_begins_no_other(world: World) -> None:
    working = await stopped_in_mid_send(world)
    world.gateway.held[1].set()
    await working
    assert world.gateway.to(1) == WHOLE[:1]
    assert (await world.row(1)).part_count == 1


async def test_stopping_does_not_wait_for_an_answer_that_does_not_come(world: World) -> None:
    working = await stopped_in_mid_send(world)
    await world.clock.until_alarm(3)
    world.clock.advance(3)
    await working
    row = await world.row(1)
    assert (row.state, row.part_count, row.in_flight) == (DeliveryState.SENDING, 0, True)
    assert row.reason == "stopped before the answer came; sent again, may have come twice"


async def test_a_delivery_closed_in_the_meantime_gets_no_further_part(world: World) -> None:
    """The reader sent /stop while part one was on its way."""
    await world.publish(1)
    world.gateway.held[1] = asyncio.Event()
    worker = await world.worker()
    working = asyncio.create_task(worker.drain())
    await world.gateway.until(lambda: world.gateway.begun == 1)
    await world.ledger.skip_all_of_chat(1, "the reader stopped", NOON)
    world.gateway.held[1].set()
    await working
    assert world.gateway.to(1) == WHOLE[:1]
    assert (await world.row(1)).state is DeliveryState.SKIPPED


@pytest.mark.parametrize("arrived", [0, 1])
async def test_who_stops_while_a_part_waits_for_its_turn_does_not_get_it(world: World, arrived: int) -> None:
    gate = world.dispatcher = Gate(free=arrived)
    await world.publish(1)
    working = asyncio.create_task((await world.worker()).drain())
    await gate.until(lambda: gate.waiting == 1)
    await world.ledger.skip_all_of_chat(1, "the reader stopped", NOON)
    gate.opened.set()
    await working
    assert world.gateway.to(1) == WHOLE[:arrived]
    assert (await world.row(1)).state is DeliveryState.SKIPPED


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("arrived", [0, 1])
async def test_who_is_forgotten_while_a_part_waits_gets_nothing_more(
    world: World,
    arrived: int,
    late: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    gate = world.dispatcher = Gate(free=arrived, late=late)
    forgetting = Forgetting(StoredForgetting(world.database), world.withdrawals.withdraw, world.clock.now)
    await world.publish(1)
    working = asyncio.create_task((await world.worker()).drain())
    await gate.until(lambda: gate.waiting == 1)
    await forgetting.forget(1)
    gate.opened.set()
    await working
    assert world.gateway.to(1) == WHOLE[:arrived]
    assert await world.ledger.get(SLUG, Destination(1), Purpose.PUSH) is None


async def test_who_is_forgotten_while_the_lease_is_unsure_gets_nothing(world: World) -> None:
    sure = world.lease.unsure = asyncio.Event()
    await world.publish(1)
    working = asyncio.create_task((await world.worker()).drain())
    await world.lease.until(lambda: world.lease.waiting == 1)
    await Forgetting(StoredForgetting(world.database), world.withdrawals.withdraw, world.clock.now).forget(1)
    sure.set()
    await working
    assert world.gateway.begun == 0
    assert await world.ledger.get(SLUG, Destination(1), Purpose.PUSH) is None


async def test_a_part_that_arrives_after_the_chat_was_forgotten_is_not_recorded(world: World) -> None:
    await world.publish(1)
    world.gateway.held[1] = asyncio.Event()
    working = asyncio.create_task((await world.worker()).drain())
    await world.gateway.until(lambda: world.gateway.begun == 1)
    await Forgetting(StoredForgetting(world.database), world.withdrawals.withdraw, world.clock.now).forget(1)
    world.gateway.held[1].set()
    await working
    assert world.gateway.to(1) == WHOLE[:1]
    assert await world.ledger.get(SLUG, Destination(1), Purpose.PUSH) is None


async def test_who_was_forgotten_and_joins_again_gets_the_issue_from_its_beginning(world: World) -> None:
    gate = world.dispatcher = Gate(free=1, late=True)
    await world.publish(1)
    working = asyncio.create_task((await world.worker()).drain())
    await gate.until(lambda: gate.waiting == 1)
    await Forgetting(StoredForgetting(world.database), world.withdrawals.withdraw, world.clock.now).forget(1)
    await world.subscribers.join(Destination(1), Cut(), NOON)
    await world.planner.plan_one(
        to=Destination(1), issue_slug=SLUG, purpose=Purpose.PUSH, cut=Cut(), now=NOON
    )
    gate.opened.set()
    await working
    assert world.gateway.to(1) == [*WHOLE[:1], *WHOLE]


async def test_who_stops_and_returns_while_a_part_waits_gets_the_issue_as_chosen_now(world: World) -> None:
    gate = world.dispatcher = Gate()
    await world.publish(1)
    working = asyncio.create_task((await world.worker()).drain())
    await gate.until(lambda: gate.waiting == 1)
    await world.ledger.skip_all_of_chat(1, "the reader stopped", NOON)
    chosen = Cut(topics=("compiler",))
    await world.planner.plan_one(
        to=Destination(1), issue_slug=SLUG, purpose=Purpose.PUSH, cut=chosen, now=NOON
    )
    gate.opened.set()
    await working
    assert world.gateway.to(1) == [f"{SLUG} compiler"]

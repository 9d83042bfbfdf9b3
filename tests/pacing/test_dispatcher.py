import asyncio
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ChatGone, MessageRefused, NotSent, SendError, TryLater, Uncertain
from bot.pacing import Priority
from tests.nightly import examples
from tests.pacing.road import Road, most_within

arrivals = st.lists(st.tuples(st.integers(0, 12), st.floats(0, 3, allow_nan=False)), min_size=1, max_size=60)


def slow(seed: int, *, longest: float) -> Callable[[], tuple[float, float]]:
    """Any round trip up to ``longest`` seconds, the way back at least 0.41 of it."""
    chance = random.Random(seed)  # noqa: S311  # nothing here is secret

    def ways() -> tuple[float, float]:
        trip = chance.uniform(0, longest)
        back = chance.uniform(0.41, 1) * trip
        return trip - back, back

    return ways


# How often


@given(
    arrivals=arrivals,
    rate=st.integers(1, 200),
    per_chat=st.floats(0, 2),
    late=st.floats(0, 0.02),
    seed=st.integers(),
    longest=st.floats(0, 2),
)
@settings(max_examples=examples(30))
async def test_at_telegrams_end_no_second_holds_more_than_the_rate_and_no_chat_hears_too_soon(
    arrivals: list[tuple[int, float]], rate: int, per_chat: float, late: float, seed: int, longest: float
) -> None:
    road = Road(rate=rate, per_chat=per_chat, late=late, ways=slow(seed, longest=longest))
    await road.clock.run(road.all(*arrivals))
    assert len(road.went) == len(arrivals)
    assert most_within(1.0, road.went) <= rate
    assert most_within(1.0, road.arrived) <= rate
    for chat_id in range(13):
        assert all(gap >= per_chat - 1e-6 for gap in road.gaps(chat_id, road.arrived))


@given(arrivals=arrivals, seed=st.integers(), longest=st.floats(0, 2), urgent=st.lists(st.booleans()))
@settings(max_examples=examples(20))
async def test_never_are_two_in_flight_in_a_chat(
    arrivals: list[tuple[int, float]], seed: int, longest: float, urgent: list[bool]
) -> None:
    road = Road(rate=100, per_chat=0.1, ways=slow(seed, longest=longest))
    hurry = [*urgent, *(False for _ in arrivals)]

    async def everybody() -> None:
        await asyncio.gather(
            *(road.go(chat, after=after, urgent=hurry[nth]) for nth, (chat, after) in enumerate(arrivals))
        )

    await road.clock.run(everybody())
    assert len(road.over) == len(arrivals)  # nobody starves
    for chat_id in range(13):
        pairs = zip(road.times(chat_id)[1:], road.times(chat_id, road.over), strict=False)
        assert all(begun >= over for begun, over in pairs)


async def test_the_rate_is_used_up_to_its_share_even_when_wake_ups_are_late() -> None:
    road = Road(rate=30, late=0.004)
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in range(300))))
    assert 300 / (30 * 0.97) - 1 < road.clock.now() < 300 / (30 * 0.97) * 1.035


async def test_a_thousand_a_second_can_be_reached() -> None:
    road = Road(rate=1000, late=0.001)
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in range(2000))))
    assert road.clock.now() < 2000 / 970 * 1.035
    assert most_within(1.0, road.went) <= 1000


async def test_at_a_high_rate_one_wake_up_serves_several_messages() -> None:
    road = Road(rate=1000)
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in range(2000))))
    assert road.naps <= 2000 / 4


async def test_a_first_message_does_not_wait() -> None:
    road = Road()
    await road.clock.run(road.go(1))
    assert road.clock.now() == 0.0


async def test_nothing_wakes_up_while_nobody_waits() -> None:
    road = Road()
    await road.clock.run(road.all((1, 0.0), (2, 0.0)))
    naps = road.naps
    await road.clock.run(road.clock.sleep(1000.0))
    assert road.naps == naps


async def test_who_will_not_wait_long_is_told_so_at_once() -> None:
    road = Road()
    road.dispatcher.pause(5000.0)

    async def call() -> None:
        raise AssertionError

    with pytest.raises(TryLater) as caught:
        await road.clock.run(road.dispatcher.run(1, call, priority=Priority.REPLY, patience=10.0))
    assert caught.value.after == pytest.approx(5000.0)
    assert road.clock.now() == 0.0


async def test_a_long_pause_is_one_sleep() -> None:
    road = Road()
    road.dispatcher.pause(5000.0)
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in range(5))))
    assert road.went[0][0] == pytest.approx(5000.0)
    assert road.naps < 10


async def test_who_can_go_sooner_than_everybody_else_is_not_overslept() -> None:
    road = Road(rate=30, per_chat=100.0)
    await road.clock.run(road.all((1, 0.0), (1, 0.0), (2, 5.0), (3, 5.0)))
    assert road.times(3) == [pytest.approx(5.0)]


# In which order


async def test_a_chat_that_must_rest_holds_up_nobody_else() -> None:
    road = Road(rate=30, per_chat=5.0)
    await road.clock.run(road.all((1, 0.0), (1, 0.0), (2, 0.0), (3, 0.0)))
    assert road.order() == [1, 2, 3, 1]
    assert road.went[2][0] < 0.1


async def test_a_chat_whose_answer_is_slow_holds_up_nobody_else() -> None:
    trips = iter([(100.0, 100.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)])
    road = Road(rate=30, ways=lambda: next(trips))
    await road.clock.run(road.all((1, 0.0), (1, 0.0), (2, 0.0), (3, 0.0)))
    assert road.order() == [1, 2, 3, 1]
    assert road.times(1)[1] >= 200.0


async def test_a_reply_goes_before_a_broadcast_that_waits() -> None:
    road = Road(rate=1, per_chat=0)

    async def everybody() -> None:
        await asyncio.gather(*(road.go(chat_id) for chat_id in (1, 2, 3)), road.go(9, urgent=True, after=0.5))

    await road.clock.run(everybody())
    assert road.order() == [1, 9, 2, 3]


async def test_in_a_chat_a_reply_overtakes_the_broadcast_and_the_broadcast_still_waits_its_gap() -> None:
    road = Road(per_chat=1.0)

    async def everybody() -> None:
        await asyncio.gather(road.go(1), road.go(1), road.go(1, urgent=True, after=0.5))

    await road.clock.run(everybody())
    assert road.times(1) == [0.0, pytest.approx(0.5), pytest.approx(2.0)]


@given(urgent=st.lists(st.booleans(), min_size=1, max_size=20), chats=st.integers(1, 3))
@settings(max_examples=examples(20))
async def test_in_a_chat_messages_of_a_kind_go_in_the_order_in_which_they_came(
    urgent: list[bool], chats: int
) -> None:
    road, went = Road(rate=50, per_chat=0.2), []

    async def one(nth: int) -> None:
        async def call() -> None:
            went.append(nth)

        await road.dispatcher.run(
            nth % chats, call, priority=Priority.REPLY if urgent[nth] else Priority.BROADCAST
        )

    async def everybody() -> None:
        await asyncio.gather(*(one(nth) for nth in range(len(urgent))))

    await road.clock.run(everybody())
    for kind in (True, False):
        for chat_id in range(chats):
            order = [nth for nth in went if urgent[nth] is kind and nth % chats == chat_id]
            assert order == sorted(order)


async def test_sixty_who_ask_once_a_second_leave_a_broadcast_half_its_pace_and_others_their_answers() -> None:
    """Each asks again every second, whether they were answered or not; a message takes 50 ms each way."""
    road = Road(rate=30, ways=lambda: (0.05, 0.05))
    others = range(9001, 9021)
    waited: list[float] = []

    async def keeps_asking(chat_id: int) -> None:
        asked = (road.go(chat_id, urgent=True, after=second + chat_id / 100) for second in range(30))
        await asyncio.gather(*asked)

    async def asks_once(chat_id: int) -> None:
        await road.clock.sleep(5 + 1.1 * (chat_id - 9001))
        asked = road.clock.now()
        await road.go(chat_id, urgent=True)
        waited.append(road.clock.now() - asked)

    async def everybody() -> None:
        await asyncio.gather(
            *map(keeps_asking, range(1, 61)),
            *map(asks_once, others),
            *(road.go(chat_id) for chat_id in range(100, 1100)),
        )

    await road.clock.run(everybody())
    pushed = [at for at, chat in road.went if 100 <= chat < 1100 and at < 30]
    assert len(pushed) >= 0.5 * 30 * 30 * 0.97
    assert max(waited) < 1.0


async def test_replies_alone_and_broadcasts_alone_use_all_there_is() -> None:
    for urgent in (True, False):
        road = Road(rate=30)
        going = [road.go(chat_id, urgent=urgent) for chat_id in range(300)]
        await road.clock.run(asyncio.wait_for(asyncio.gather(*going), None))
        assert road.clock.now() < 300 / (30 * 0.97) * 1.035


async def test_who_was_sent_the_most_of_late_waits_behind_the_others() -> None:
    road = Road(rate=1, per_chat=0)

    async def everybody() -> None:
        await road.go(1, urgent=True)
        first = (road.go(1, urgent=True), road.go(2, urgent=True))
        await asyncio.gather(*first, road.go(3, urgent=True, after=0.1))

    await road.clock.run(everybody())
    assert road.order() == [1, 2, 3, 1]


async def test_chats_that_ask_again_after_each_part_take_turns() -> None:
    road = Road(rate=5, per_chat=0.1, ways=lambda: (0.01, 0.01))

    async def chat(chat_id: int) -> None:
        for _ in range(4):
            await road.go(chat_id)

    async def everybody() -> None:
        await asyncio.gather(*(chat(chat_id) for chat_id in (1, 2, 3)))

    await road.clock.run(everybody())
    assert road.order() == [1, 2, 3] * 4


async def test_what_cannot_be_paid_goes_at_its_own_rate_and_holds_up_nobody_else() -> None:
    road = Road(rate=1000, per_chat=0, unpaid_rate=10)

    async def everybody() -> None:
        unpaid = (road.go(chat_id, paid=False, urgent=True) for chat_id in range(20))
        await asyncio.gather(*unpaid, *(road.go(chat_id) for chat_id in range(100, 200)))

    await road.clock.run(everybody())
    edits = [(at, chat) for at, chat in road.went if chat < 100]
    assert len(edits) == 20
    assert most_within(1.0, edits) <= 10
    assert edits[-1][0] < 20 / 9.7 + 0.1
    assert max(at for at, chat in road.went if chat >= 100) < 0.2


async def test_without_a_rate_for_it_what_cannot_be_paid_waits_no_longer() -> None:
    road = Road(rate=1000, per_chat=0)

    async def everybody() -> None:
        await asyncio.gather(*(road.go(chat_id, paid=False) for chat_id in range(100)))

    await road.clock.run(everybody())
    assert road.clock.now() < 0.2


# Giving up


async def test_who_gives_up_waiting_costs_no_turn() -> None:
    road = Road(rate=1, per_chat=0)

    async def one_gives_up() -> None:
        await road.go(1)
        waiting = asyncio.create_task(road.go(2))
        await road.clock.sleep(0.1)
        waiting.cancel()
        await road.go(3)

    await road.clock.run(one_gives_up())
    assert road.order() == [1, 3]
    assert road.clock.now() < 1.1


async def test_who_gives_up_in_the_moment_of_its_turn_costs_none_either() -> None:
    trips = iter([(20.0, 0.0), (0.0, 0.0)])
    road = Road(rate=2, per_chat=10.0, unpaid_rate=0.1, ways=lambda: next(trips))

    async def one_gives_up() -> None:
        waiting = asyncio.create_task(road.go(1, urgent=True, paid=False, after=1.0))
        await road.go(1, paid=False)
        waiting.cancel()  # its turn came with the answer just now, and it does not know yet
        await asyncio.wait([waiting])
        assert waiting.cancelled()
        await road.go(1, paid=False)

    await road.clock.run(one_gives_up())
    assert road.order() == [1, 1]
    assert road.clock.now() == pytest.approx(30.0)  # a gap after the answer to the first


async def test_who_gives_up_leaves_its_place_in_the_chat_to_the_next() -> None:
    road = Road(rate=30, per_chat=1.0)

    async def one_gives_up() -> None:
        await road.go(1)
        waiting = asyncio.create_task(road.go(1))
        behind = asyncio.create_task(road.go(1))
        await road.clock.sleep(0.1)
        waiting.cancel()
        await behind

    await road.clock.run(one_gives_up())
    assert road.times(1) == [0.0, pytest.approx(1.0)]


async def test_a_call_that_is_cancelled_counts_as_answered() -> None:
    road = Road(rate=1, ways=lambda: (1000.0, 0.0))

    async def one_is_stopped() -> None:
        flying = asyncio.create_task(road.go(1))
        await road.clock.sleep(0.5)
        flying.cancel()
        await road.clock.sleep(0)
        road.ways = lambda: (0.0, 0.0)
        await asyncio.gather(road.go(1), road.go(2))

    await road.clock.run(one_is_stopped())
    assert road.clock.now() < 4.0


async def test_what_has_not_left_in_its_turn_costs_no_turn_and_is_counted_nowhere() -> None:
    road = Road(rate=1, per_chat=10.0, unpaid_rate=0.1)

    async def stays() -> None:
        raise NotSent("held")

    async def one_stays() -> None:
        for chat_id in (1, 2, 3):
            with pytest.raises(NotSent):
                await road.dispatcher.run(chat_id, stays, paid=False)
        await road.go(1, paid=False)

    await road.clock.run(one_stays())
    assert road.went == [(0.0, 1)]
    report = road.dispatcher.report
    assert (report.sent, report.refused, report.failed) == (1, 0, 0)


# Learning


async def test_what_the_call_returns_or_raises_is_passed_on() -> None:
    road = Road()

    async def number() -> int:
        return 7

    async def fault() -> int:
        raise ZeroDivisionError

    assert await road.clock.run(road.dispatcher.run(1, number)) == 7
    with pytest.raises(ZeroDivisionError):
        await road.clock.run(road.dispatcher.run(2, fault))


async def test_a_429_holds_its_chat_as_long_as_told_and_nobody_else() -> None:
    road = Road(per_chat=1.0)
    errors = [TryLater("429", after=30.0)]
    road.ends = lambda _: errors.pop() if errors else None
    await road.clock.run(road.all((1, 0.0), (1, 1.0), (2, 0.1), (3, 1.5)))
    assert road.order() == [1, 2, 3, 1]
    assert road.times(1)[1] == pytest.approx(30.0)
    assert road.told == []


async def test_a_429_of_a_second_chat_at_the_same_time_pauses_all_and_the_owner_is_told_once() -> None:
    road = Road(ways=lambda: (0.1, 0.1))
    road.ends = lambda chat: TryLater("429", after=30.0) if chat < 5 else None
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in (1, 2, 3, 4)), (5, 1.0)))
    assert road.told == [30.0]
    assert road.times(5)[0] > 30.0
    assert road.dispatcher.report.limit < 30


async def test_two_429s_of_the_same_chat_or_far_apart_pause_nobody() -> None:
    road = Road(per_chat=0.0)
    road.ends = lambda chat: TryLater("429", after=0.1) if chat < 5 else None
    await road.clock.run(road.all((1, 0.0), (1, 0.2), (2, 1.0), (5, 1.05)))
    assert road.times(5) == [pytest.approx(1.05)]
    assert road.told == []


async def test_the_report_says_how_long_the_pause_is_and_the_owner_who_asks_for_one_is_not_told() -> None:
    road = Road()
    road.dispatcher.pause(12.0)
    assert road.dispatcher.report.paused_for == 12.0
    assert road.told == []


async def test_an_outage_burns_few_messages_and_ends_with_the_first_success() -> None:
    road = Road(rate=30)
    road.ends = lambda _: TryLater("no route", after=0.0) if road.clock.now() < 300.0 else None
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in range(100))))
    during = [at for at, _ in road.went if at < 300.0]
    assert len(during) < 25
    back = road.went[len(during)][0]
    assert back < 331.0
    assert road.clock.now() < back + 5.0


async def test_what_waits_in_an_outage_goes_when_telegram_has_answered_another_call() -> None:
    road = Road(rate=30)
    road.ends = lambda _: TryLater("no route", after=0.0) if road.clock.now() < 74.0 else None

    async def polled() -> None:
        sending = asyncio.create_task(road.all(*((chat_id, 0.0) for chat_id in range(30))))
        await road.clock.sleep(75.0)
        assert road.dispatcher.report.paused_for > 10.0
        road.dispatcher.answered_elsewhere()
        await sending

    await road.clock.run(polled())
    assert next(at for at, _ in road.went if at >= 74.0) == pytest.approx(75.0)
    assert road.clock.now() < 77.0


@pytest.mark.parametrize("error", [ChatGone("gone"), MessageRefused("no")])
async def test_chats_that_are_gone_and_refused_messages_are_no_outage(error: SendError) -> None:
    road = Road(rate=30)
    errors = [TryLater("5xx", after=0.0), TryLater("5xx", after=0.0), error, TryLater("5xx", after=0.0)]
    road.ends = lambda _: errors.pop(0) if errors else None
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in range(6))))
    assert road.clock.now() < 0.3


async def test_an_unknown_end_is_neither_a_success_nor_a_failure_of_the_network() -> None:
    road = Road(rate=30)
    errors = [
        TryLater("5xx", after=0.0),
        TryLater("5xx", after=0.0),
        Uncertain("?"),
        TryLater("5xx", after=0.0),
    ]
    road.ends = lambda _: errors.pop(0) if errors else None
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in range(6))))
    assert road.went[4][0] - road.went[3][0] == pytest.approx(0.5)


async def test_the_report_counts_what_went_and_how_it_ended() -> None:
    road = Road(rate=30, per_chat=0.0)
    ends = {
        1: TryLater("429", after=1.0),
        2: ChatGone("gone"),
        3: Uncertain("?"),
        4: TryLater("5xx", after=0.0),
    }
    road.ends = ends.get
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in range(1, 8))))
    report = road.dispatcher.report
    assert (report.sent, report.refused, report.failed) == (3, 1, 3)
    assert report.limit == 30
    assert report.paused_for == 0.0


async def test_the_reported_rate_is_that_of_the_last_ten_whole_seconds() -> None:
    road = Road(rate=10)
    assert road.dispatcher.report.rate == 0.0
    await road.clock.run(road.all(*((chat_id, 0.0) for chat_id in range(50))))
    assert road.dispatcher.report.rate == pytest.approx(9.7, abs=0.5)
    await road.clock.run(road.clock.sleep(5.0))
    assert road.dispatcher.report.rate == pytest.approx(5.0, abs=0.7)
    await road.clock.run(road.clock.sleep(10.0))
    assert road.dispatcher.report.rate == 0.0

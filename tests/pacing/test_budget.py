from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pacing.budget import HELD_UP, Budget
from bot.pacing.gcra import SLACK, Gcra
from bot.pacing.outage import LONGEST_REST
from bot.pacing.refusals import Refusals


def send(budget: Budget, at: float, *, trip: float = 0.0) -> None:
    budget.take(at)
    budget.answered(at + trip, sent=at)
    budget.accepted(at + trip)


def filled(budget: Budget, messages: int, *, until: float) -> Budget:
    """So many messages were taken in the second that ends now."""
    for nth in range(messages):
        send(budget, until - 0.99 + nth * 0.98 / messages)
    return budget


@given(
    late=st.lists(st.floats(0, 0.1), min_size=2, max_size=80),
    interval=st.floats(0.001, 1),
    span=st.floats(0, 3),
)
def test_no_span_holds_more_than_its_share_however_late_the_wake_ups_are(
    late: list[float], interval: float, span: float
) -> None:
    slots, now, times = Gcra(), 0.0, []
    for delay in late:
        now = max(now, slots.free_at) + delay
        slots.take(now, interval)
        times.append(now)
    for start in times:
        assert sum(start <= at <= start + span for at in times) <= 1 + (span + SLACK) / interval + 1e-6


def test_the_first_message_does_not_wait() -> None:
    assert Budget(rate=30).free_at(0.0) == -inf


def test_messages_are_spaced_by_the_share_of_the_rate() -> None:
    budget = Budget(rate=30, share=0.5)
    send(budget, 100.0)
    assert budget.free_at(100.0) == pytest.approx(100 - HELD_UP + 1 / 15)


def test_a_message_given_back_costs_no_slot_and_no_room() -> None:
    budget = Budget(rate=1)
    budget.take(0.0)
    assert budget.free_at(0.0) == inf
    budget.give_back(0.0)
    assert budget.free_at(0.0) <= 0.0


def test_with_as_many_unanswered_as_the_limit_only_an_answer_frees_a_turn() -> None:
    budget = Budget(rate=3)
    for at in (0.0, 1.0, 2.0):
        budget.take(at)
    assert budget.free_at(100.0) == inf
    budget.answered(100.0, sent=0.0)
    assert budget.free_at(100.0) <= 100.0


def test_an_answer_counts_for_a_second_from_four_tenths_of_its_round_trip_before_it_was_seen() -> None:
    budget = Budget(rate=1)
    budget.take(0.0)
    budget.answered(2.0, sent=1.0)
    assert budget.free_at(2.0) == pytest.approx(2.0 - 0.4 + 1.0)


def test_after_the_limit_fell_as_many_answers_must_grow_old_as_are_too_many() -> None:
    budget = filled(Budget(rate=10), 10, until=0.0)
    budget.throttled(0.0, 0.001, sent=-0.1)
    last_but_eight = -0.99 + 1 * 0.098
    assert budget.free_at(0.001) == pytest.approx(last_but_eight + 1.0)


@given(messages=st.lists(st.tuples(st.floats(0, 0.4), st.floats(0, 3)), min_size=1, max_size=120))
def test_never_more_are_unanswered_or_answered_within_the_second_than_the_limit(
    messages: list[tuple[float, float]],
) -> None:
    budget, now = Budget(rate=12), 0.0
    flying: list[tuple[float, float]] = []  # (when the answer comes, when it was sent)
    arrived: list[float] = []

    def catch_up() -> None:
        for answer in sorted(each for each in flying if each[0] <= now):
            flying.remove(answer)
            arrived.append(budget.answered(answer[0], sent=answer[1]))

    for wait, trip in messages:
        now += wait
        catch_up()
        while (free_at := budget.free_at(now)) > now:
            now = min([free_at, *(at for at, _ in flying)])
            catch_up()
        budget.take(now)
        flying.append((now + trip, now))
        assert len(flying) + sum(at + 1.0 > now for at in arrived) <= 12


def test_nothing_goes_before_the_end_of_a_pause_and_a_shorter_one_does_not_end_it() -> None:
    budget = Budget(rate=30)
    budget.pause(50.0)
    budget.pause(20.0)
    assert budget.free_at(0.0) == 50.0
    assert budget.paused_for(20.0) == 30.0
    assert budget.paused_for(60.0) == 0.0


def test_after_a_429_all_wait_as_told_and_the_limit_is_a_little_less_than_was_taken() -> None:
    budget = filled(Budget(rate=30), 20, until=100.0)
    budget.throttled(100.0, 7.0, sent=99.9)
    assert budget.free_at(100.0) == 107.0
    assert budget.limit(100.0) == pytest.approx(19.0)


def test_the_limit_does_not_climb_during_the_pause_and_climbs_to_the_whole_after_it() -> None:
    budget = filled(Budget(rate=30), 20, until=100.0)
    budget.throttled(100.0, 50.0, sent=99.9)
    assert budget.limit(150.0) == pytest.approx(19.0)
    assert 19.0 < budget.limit(200.0) < 21.0
    assert budget.limit(150.0 + 400.0) == 30.0
    assert budget.limit(1e9) == 30.0


def test_a_429_before_anything_was_taken_slows_the_bot_down_for_minutes_not_for_hours() -> None:
    budget = Budget(rate=30)
    budget.throttled(0.0, 1.0, sent=0.0)
    assert budget.limit(60.0) < 2.0
    assert budget.limit(5 * 60.0 + 10.0) == 30.0


def test_the_limit_is_never_below_one_nor_above_what_it_was() -> None:
    nothing_taken = Budget(rate=30)
    nothing_taken.throttled(0.0, 1.0, sent=0.0)
    assert nothing_taken.limit(0.0) == 1.0
    slow = Budget(rate=0.5)
    slow.throttled(0.0, 1.0, sent=0.0)
    assert slow.limit(0.0) == 0.5


def test_what_went_before_the_429_was_seen_lowers_the_limit_no_further() -> None:
    budget = filled(Budget(rate=30), 20, until=100.0)
    budget.throttled(100.0, 5.0, sent=99.9)
    budget.throttled(100.1, 5.0, sent=99.95)
    assert budget.limit(100.1) == pytest.approx(19.0)
    assert budget.free_at(100.1) == 105.1
    budget.throttled(110.0, 5.0, sent=109.0)
    assert budget.limit(110.0) == pytest.approx(19.0)  # twenty were taken in the last second that any were


def test_a_429_of_one_chat_lowers_nothing_unless_the_limit_climbs() -> None:
    budget = filled(Budget(rate=30), 20, until=100.0)
    budget.doubted(100.0)
    assert budget.limit(100.0) == 30.0
    budget.throttled(100.0, 1.0, sent=99.9)
    before = budget.limit(200.0)
    budget.doubted(200.0)
    assert budget.limit(200.0) == pytest.approx(0.95 * before)


def test_any_number_of_429s_of_single_chats_lower_the_limit_no_further_than_telegram_proved() -> None:
    budget = filled(Budget(rate=30), 20, until=100.0)
    budget.throttled(100.0, 1.0, sent=99.9)
    for second in range(101, 200):
        budget.doubted(second)
    assert budget.limit(199.0) == pytest.approx(19.0)


def failed(budget: Budget, at: float) -> None:
    budget.take(at)
    budget.answered(at, sent=at)
    budget.unreachable(at, sent=at)


def down(budget: Budget) -> Budget:
    for at in (0.0, 1.0, 2.0):
        failed(budget, at)
    return budget


def test_failures_with_a_success_between_them_pause_nothing() -> None:
    budget = Budget(rate=30)
    for start in range(0, 30, 3):
        failed(budget, start)
        failed(budget, start + 1)
        send(budget, start + 2)
    assert budget.paused_for(29.0) == 0.0


def test_the_third_failure_in_a_row_pauses_all_for_half_a_second() -> None:
    budget = Budget(rate=30)
    failed(budget, 0.0)
    failed(budget, 1.0)
    assert budget.paused_for(1.0) == 0.0
    failed(budget, 2.0)
    assert budget.free_at(2.0) == 2.5


def test_after_each_rest_one_probe_goes_and_the_rests_double_up_to_half_a_minute() -> None:
    budget, rests = down(Budget(rate=30)), []
    for _ in range(9):
        now = budget.free_at(0.0)
        budget.take(now)
        assert budget.free_at(now + 5.0) == inf
        budget.answered(now + 5.0, sent=now)
        budget.unreachable(now + 5.0, sent=now)
        rests.append(budget.paused_for(now + 5.0))
    assert rests == [1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_REST, LONGEST_REST, LONGEST_REST, LONGEST_REST]


@pytest.mark.parametrize("end", ["accepted", "reached", "doubted"])
def test_whatever_telegram_answers_ends_the_outage(end: str) -> None:
    budget = down(Budget(rate=30))
    budget.take(2.5)
    budget.answered(2.6, sent=2.5)
    getattr(budget, end)(*([2.6] if end != "reached" else []))
    assert budget.free_at(2.6) <= 2.6
    failed(budget, 3.0)
    assert budget.paused_for(3.0) == 0.0


def resting(budget: Budget, seconds: float) -> float:
    """When a rest of so many seconds has just begun."""
    now = 2.0
    while budget.paused_for(now) < seconds:
        now = budget.free_at(now)
        failed(budget, now)
    return now


def test_an_answer_to_another_call_ends_a_long_rest_after_its_first_second_and_one_probe_goes() -> None:
    budget = down(Budget(rate=30))
    began = resting(budget, 16.0)
    assert budget.answered_elsewhere()
    assert budget.free_at(began) == began + 1.0
    assert not budget.answered_elsewhere()
    budget.take(began + 1.0)
    assert not budget.answered_elsewhere()
    assert budget.free_at(began + 1.0) == inf
    budget.answered(began + 1.1, sent=began + 1.0)
    budget.unreachable(began + 1.1, sent=began + 1.0)
    assert budget.paused_for(began + 1.1) == LONGEST_REST


def test_an_answer_to_another_call_makes_no_rest_longer_and_ends_no_pause_that_telegram_asked_for() -> None:
    budget = down(Budget(rate=30))
    assert not budget.answered_elsewhere()
    assert budget.free_at(2.0) == 2.5
    budget.pause(20.0)
    resting(budget, 16.0)
    budget.answered_elsewhere()
    assert budget.free_at(2.0) >= 20.0


def test_a_429_ends_the_outage_and_pauses_as_told() -> None:
    budget = down(Budget(rate=30))
    budget.take(2.5)
    budget.answered(2.6, sent=2.5)
    budget.throttled(2.6, 4.0, sent=2.5)
    assert budget.free_at(2.6) == 6.6


def test_what_went_before_the_outage_was_seen_does_not_make_the_rest_longer() -> None:
    budget = down(Budget(rate=30))
    budget.unreachable(2.1, sent=1.9)
    budget.unreachable(2.2, sent=2.0)
    assert budget.free_at(2.2) == 2.5


def test_a_probe_of_which_nothing_is_known_is_followed_by_another_after_the_same_rest() -> None:
    budget = down(Budget(rate=30))
    budget.take(2.5)
    budget.answered(4.0, sent=2.5)
    budget.unknown(4.0, sent=2.5)
    assert budget.free_at(4.0) == 4.5


def test_a_probe_given_back_leaves_its_turn_to_another() -> None:
    budget = down(Budget(rate=30))
    budget.take(2.5)
    budget.give_back(2.5)
    assert budget.free_at(2.5) <= 2.5


def test_a_429_is_about_the_bot_when_another_chat_met_one_within_half_a_second() -> None:
    refusals = Refusals()
    assert not refusals.is_about_the_bot(1, 0.0, 30)
    assert not refusals.is_about_the_bot(1, 0.1, 30)
    assert refusals.is_about_the_bot(2, 0.6, 30)
    assert not refusals.is_about_the_bot(3, 1.2, 30)


def test_a_slow_bot_takes_two_429s_together_that_are_two_messages_apart() -> None:
    refusals = Refusals()
    assert not refusals.is_about_the_bot(1, 0.0, 1.0)
    assert refusals.is_about_the_bot(2, 1.9, 1.0)


def test_a_limit_is_low_since_the_first_429_that_lowered_it_until_it_is_whole_again() -> None:
    budget = filled(Budget(rate=30), 20, until=100.0)
    assert budget.slow_for(100.0) == 0.0
    budget.throttled(100.0, 1.0, sent=99.9)
    budget.throttled(110.0, 1.0, sent=109.9)
    assert budget.slow_for(130.0) == 30.0
    assert budget.slow_for(1000.0) == 0.0

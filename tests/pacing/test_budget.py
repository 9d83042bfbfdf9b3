from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pacing.budget import HELD_UP, Budget
from bot.pacing.gcra import SLACK, Gcra


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
    budget.answered(99.0, sent=0.0)
    assert budget.free_at(100.0) <= 100.0


def test_an_answer_counts_for_a_second_from_when_it_was_seen_while_nothing_is_known_of_the_way() -> None:
    budget = Budget(rate=1)
    budget.take(0.0)
    budget.answered(2.0, sent=1.0)
    assert budget.free_at(2.0) == pytest.approx(2.0 + 1.0)


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
    assert 15.0 < budget.limit(60.0) < 18.0
    assert budget.limit(5 * 60.0 + 10.0) == 30.0


def test_one_429_halves_the_limit_at_most_for_little_may_have_been_sent() -> None:
    budget = filled(Budget(rate=1000), 5, until=100.0)
    budget.throttled(100.0, 1.0, sent=99.9)
    assert budget.limit(101.0) == pytest.approx(500.0)


def test_where_nearly_all_was_taken_a_429_lowers_the_limit_a_little_until_another_follows() -> None:
    budget = filled(Budget(rate=30), 27, until=100.0)
    budget.throttled(100.0, 1.0, sent=99.9)
    assert budget.limit(101.0) == pytest.approx(0.98 * 30)
    filled(budget, 27, until=103.0)
    budget.throttled(103.0, 1.0, sent=102.9)
    assert budget.limit(104.0) == pytest.approx(0.95 * 27)


def test_after_a_429_that_proves_nothing_any_other_is_a_reason_to_step_back() -> None:
    budget = filled(Budget(rate=30), 28, until=100.0)
    budget.throttled(100.0, 1.0, sent=99.9)
    budget.doubted(102.0, sent=101.9)
    assert 0.95 * 28 < budget.limit(102.0) < 28.0


def test_a_429_that_proves_nothing_is_forgotten_within_half_a_minute() -> None:
    budget = filled(Budget(rate=30), 29, until=100.0)
    budget.throttled(100.0, 1.0, sent=99.9)
    assert budget.limit(125.0) == 30.0


def test_the_limit_is_never_below_one_nor_above_what_it_was() -> None:
    nothing_taken = Budget(rate=30)
    for second in range(10):
        nothing_taken.throttled(second, 1.0, sent=second)
    assert nothing_taken.limit(9.0) == 1.0
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
    budget.doubted(100.0, sent=99.9)
    assert budget.limit(100.0) == 30.0
    budget.throttled(100.0, 1.0, sent=99.9)
    before = budget.limit(200.0)
    budget.doubted(200.0, sent=199.9)
    budget.doubted(200.1, sent=199.95)  # says nothing new
    assert budget.limit(200.0) == pytest.approx(0.95 * before)


def test_any_number_of_429s_of_single_chats_lower_the_limit_no_further_than_telegram_proved() -> None:
    budget = filled(Budget(rate=30), 20, until=100.0)
    budget.throttled(100.0, 1.0, sent=99.9)
    for second in range(101, 200):
        budget.doubted(second, sent=second)
    assert budget.limit(199.0) == pytest.approx(19.0)


def test_a_limit_is_low_since_the_first_429_that_lowered_it_until_it_is_whole_again() -> None:
    budget = filled(Budget(rate=30), 20, until=100.0)
    assert budget.slow_for(100.0) == 0.0
    budget.throttled(100.0, 1.0, sent=99.9)
    budget.throttled(110.0, 1.0, sent=109.9)
    assert budget.slow_for(130.0) == 30.0
    assert budget.slow_for(1000.0) == 0.0

from collections.abc import Callable
from math import inf

import pytest

from bot.pacing.budget import Budget
from bot.pacing.outage import LONGEST_REST


def send(budget: Budget, at: float) -> None:
    budget.take(at)
    budget.answered(at, sent=at)
    budget.accepted(at)


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


@pytest.mark.parametrize(
    "end",
    [
        lambda budget: budget.accepted(2.6),
        lambda budget: budget.reached(),
        lambda budget: budget.doubted(2.6, sent=2.5),
    ],
)
def test_whatever_telegram_answers_ends_the_outage(end: Callable[[Budget], None]) -> None:
    budget = down(Budget(rate=30))
    budget.take(2.5)
    budget.answered(2.6, sent=2.5)
    end(budget)
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


def fail_unknown(budget: Budget, *times: float) -> None:
    """Messages, each sent right before it ended without an answer."""
    for now in times:
        budget.take(now - 0.01)
        budget.unknown(now, sent=now - 0.01)


def test_from_the_third_message_without_an_answer_on_everything_waits_half_a_minute_then_longer() -> None:
    budget = Budget(rate=30)
    fail_unknown(budget, 1.0, 1.1)
    assert budget.paused_for(1.2) == 0
    fail_unknown(budget, 1.3)
    assert budget.paused_for(1.3) == pytest.approx(30)
    fail_unknown(budget, 32.0)
    assert budget.paused_for(32.0) == pytest.approx(60)
    waits = []
    now = 100.0
    for _ in range(5):
        fail_unknown(budget, now)
        waits.append(budget.paused_for(now))
        now += 400
    assert waits == pytest.approx([120, 240, 300, 300, 300])


def test_an_answer_between_messages_without_one_lets_nothing_wait() -> None:
    budget = Budget(rate=30)
    for now in (1.0, 2.0, 3.0, 4.0):
        fail_unknown(budget, now, now + 0.1)
        budget.take(now + 0.2)
        budget.accepted(now + 0.3)
        assert budget.paused_for(now + 0.3) == 0


def test_messages_that_were_in_flight_together_count_once() -> None:
    budget = Budget(rate=30)
    for sent, ended in ((1.0, 1.5), (1.6, 2.0), (2.1, 2.5)):
        assert budget.paused_for(sent) == 0
        for _ in range(20):
            budget.take(sent)
        for _ in range(20):
            budget.unknown(ended, sent=sent)
    assert budget.paused_for(2.5) == pytest.approx(30)


def test_an_answer_to_another_call_lets_the_next_message_go_a_second_later() -> None:
    budget = Budget(rate=30)
    fail_unknown(budget, 1.0, 1.1, 1.2)
    assert budget.answered_elsewhere()
    assert budget.paused_for(1.2) == pytest.approx(1.0)

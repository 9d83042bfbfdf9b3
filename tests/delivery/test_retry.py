import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.retry import LONGEST_WAIT, Again, Close, Follow, Park, RetryDecision, Stop, decide
from bot.errors import (
    BadInput,
    ChatClosed,
    ChatGone,
    ChatMoved,
    JianbaoError,
    MessageRefused,
    StoreError,
    TryLater,
    Uncertain,
)

DAY = 86_400


def course(error: Exception, jitter: float = 0.5) -> list[RetryDecision]:
    """What is decided when the same error comes every time."""
    decisions: list[RetryDecision] = [decide(error, attempts=0, weight=0, jitter=jitter)]
    while isinstance(last := decisions[-1], Again) and len(decisions) < 1000:
        decisions.append(decide(error, attempts=last.attempts, weight=last.weight, jitter=jitter))
    return decisions


def waits(decisions: list[RetryDecision]) -> list[float]:
    return [one.after for one in decisions if isinstance(one, Again)]


@pytest.mark.parametrize("blocked", [True, False])
def test_nothing_more_goes_to_a_chat_that_is_gone(*, blocked: bool) -> None:
    assert decide(ChatGone("gone", blocked=blocked), attempts=0, weight=0, jitter=0) == Stop(
        reason="gone", blocked=blocked
    )


def test_a_refused_message_is_parked() -> None:
    assert decide(MessageRefused("too long"), attempts=0, weight=0, jitter=0) == Park(reason="too long")


def test_a_chat_that_is_closed_to_the_bot_is_parked_whole_and_one_that_moved_is_followed() -> None:
    assert decide(ChatClosed("no rights"), attempts=0, weight=0, jitter=0) == Close(reason="no rights")
    assert decide(ChatMoved("moved", chat_id=-1001), attempts=0, weight=0, jitter=0) == Follow(chat_id=-1001)


@pytest.mark.parametrize("told", [1, 10_072])
def test_telegram_is_waited_for_just_as_long_as_it_says_and_for_ever(told: int) -> None:
    decisions = course(TryLater("429", after=told))
    assert set(waits(decisions)) == {told}
    assert len(decisions) == 1000


def test_being_told_to_wait_is_no_failure_and_makes_no_later_wait_longer() -> None:
    decision = decide(TryLater("429", after=30), attempts=3, weight=5, jitter=0.5)
    assert isinstance(decision, Again)
    assert (decision.attempts, decision.weight) == (3, 5)


@pytest.mark.parametrize("told", [86_401, 1e12, float("inf")])
def test_however_long_telegram_says_it_is_asked_again_after_a_day(told: float) -> None:
    assert waits(course(TryLater("429", after=told)))[0] == 86_400


def test_an_outage_is_waited_out_for_a_day_later_each_time_and_never_long_at_a_time() -> None:
    decisions = course(TryLater("502", after=0))
    assert isinstance(decisions[-1], Park)
    assert waits(decisions)[:4] == [2, 4, 8, 16]
    assert waits(decisions) == sorted(waits(decisions))
    assert waits(decisions)[-1] == LONGEST_WAIT
    assert sum(waits(decisions)) == pytest.approx(DAY, rel=0.02)


@given(st.lists(st.sampled_from([TryLater("502", after=0), StoreError("full"), Uncertain("no answer")])))
def test_whatever_fails_the_next_wait_is_never_shorter(errors: list[Exception]) -> None:
    waited, attempts, weight = 0.0, 0, 0
    for error in errors:
        decision = decide(error, attempts=attempts, weight=weight, jitter=0.5)
        if isinstance(decision, Again):
            assert decision.after >= waited
            waited, attempts, weight = decision.after, decision.attempts, decision.weight


def test_one_heavy_failure_makes_a_light_one_wait_no_longer_than_another_light_one_would() -> None:
    heavy = decide(Uncertain("no answer"), attempts=0, weight=0, jitter=0.5)
    assert isinstance(heavy, Again)
    after = decide(TryLater("502", after=0), attempts=heavy.attempts, weight=heavy.weight, jitter=0.5)
    assert waits([after]) == [4]


def test_what_may_have_arrived_is_sent_again_a_few_times_and_the_reason_says_so() -> None:
    decisions = course(Uncertain("no answer"))
    assert len(waits(decisions)) == 5
    first = decisions[0]
    assert isinstance(first, Again)
    assert (first.reason, first.unknown) == ("no answer; sent again, may have come twice", True)
    assert isinstance(decisions[-1], Park)


def test_what_may_have_arrived_is_soon_sent_again_and_the_six_tries_outlast_a_quarter_of_an_hour() -> None:
    waited = waits(course(Uncertain("no answer")))
    assert waited[:3] == [2, 4, 8]
    assert waited == sorted(waited)
    assert sum(waited) >= 900


def test_a_fault_of_ours_is_tried_a_few_times() -> None:
    decisions = course(KeyError("topic"))
    assert len(waits(decisions)) == 5
    assert decisions[-1] == Park(reason="given up: KeyError: 'topic'")


def test_an_issue_that_cannot_be_read_is_parked_in_the_end() -> None:
    assert course(JianbaoError("there is no issue x"))[-1] == Park(
        reason="given up: JianbaoError: there is no issue x"
    )


def test_a_fault_of_ours_is_named() -> None:
    assert "wrong key" in str(decide(BadInput("wrong key"), attempts=0, weight=0, jitter=0))


def test_those_who_wait_for_the_same_thing_are_spread() -> None:
    early, late = (waits(course(TryLater("502", after=0), jitter)) for jitter in (0.0, 1.0))
    assert [wait * 5 / 3 for wait in early] == pytest.approx(late)

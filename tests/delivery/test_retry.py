import pytest

from bot.delivery.retry import LONGEST_WAIT, Again, Close, Follow, Park, RetryDecision, Stop, decide
from bot.errors import (
    BadInput,
    ChatClosed,
    ChatGone,
    ChatMoved,
    JianbaoError,
    MessageRefused,
    TryLater,
    Uncertain,
)


def course(error: Exception, chance: float = 1.0) -> list[RetryDecision]:
    """What is decided when the same error comes every time."""
    decisions: list[RetryDecision] = [decide(error, attempts=0, chance=chance)]
    while isinstance(last := decisions[-1], Again) and len(decisions) < 1000:
        decisions.append(decide(error, attempts=last.attempts, chance=chance))
    return decisions


def waits(decisions: list[RetryDecision]) -> list[float]:
    return [one.after for one in decisions if isinstance(one, Again)]


@pytest.mark.parametrize("blocked", [True, False])
def test_nothing_more_goes_to_a_chat_that_is_gone(*, blocked: bool) -> None:
    assert decide(ChatGone("gone", blocked=blocked), attempts=0, chance=0) == Stop(
        reason="gone", blocked=blocked
    )


def test_a_refused_message_is_parked() -> None:
    assert decide(MessageRefused("too long"), attempts=0, chance=0) == Park(reason="too long")


def test_a_chat_that_is_closed_to_the_bot_is_parked_whole_and_one_that_moved_is_followed() -> None:
    assert decide(ChatClosed("no rights"), attempts=0, chance=0) == Close(reason="no rights")
    assert decide(ChatMoved("moved", chat_id=-1001), attempts=0, chance=0) == Follow(chat_id=-1001)


@pytest.mark.parametrize("told", [1, 10_072])
def test_telegram_is_waited_for_just_as_long_as_it_says_and_for_ever(told: int) -> None:
    decisions = course(TryLater("429", after=told))
    assert set(waits(decisions)) == {told}
    assert len(decisions) == 1000


@pytest.mark.parametrize("told", [86_401, 1e12, float("inf")])
def test_however_long_telegram_says_it_is_asked_again_after_a_day(told: float) -> None:
    assert waits(course(TryLater("429", after=told)))[0] == 86_400


def test_an_outage_is_waited_out_for_most_of_a_day_and_never_long_at_a_time() -> None:
    decisions = course(TryLater("502", after=0))
    assert isinstance(decisions[-1], Park)
    assert waits(decisions)[:4] == [2, 4, 8, 16]
    assert max(waits(decisions)) == LONGEST_WAIT
    assert 12 * 3600 < sum(waits(decisions)) < 48 * 3600


def test_what_may_have_arrived_is_sent_again_a_few_times_and_the_reason_says_so() -> None:
    decisions = course(Uncertain("no answer"))
    assert len(waits(decisions)) == 4
    first = decisions[0]
    assert isinstance(first, Again)
    assert (first.reason, first.unknown) == ("no answer; sent again, may have come twice", True)
    assert isinstance(decisions[-1], Park)


def test_a_fault_of_ours_is_tried_a_few_times() -> None:
    decisions = course(KeyError("topic"))
    assert len(waits(decisions)) == 4
    assert decisions[-1] == Park(reason="given up: KeyError: 'topic'")


def test_an_issue_that_cannot_be_read_is_parked_in_the_end() -> None:
    assert course(JianbaoError("there is no issue x"))[-1] == Park(
        reason="given up: JianbaoError: there is no issue x"
    )


def test_a_fault_of_ours_is_named() -> None:
    assert "wrong key" in str(decide(BadInput("wrong key"), attempts=0, chance=0))


def test_those_who_wait_for_the_same_thing_are_spread() -> None:
    early, late = (waits(course(TryLater("502", after=0), chance)) for chance in (0.0, 1.0))
    assert [2 * wait for wait in early] == late

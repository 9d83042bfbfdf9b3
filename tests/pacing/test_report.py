"""How fast messages are sent, as whoever watches is told."""

import pytest

from bot.pacing.report import SendCounter


def counted(*seconds: float) -> SendCounter:
    counter = SendCounter()
    for second in seconds:
        counter.count(second)
    return counter


def steadily(since: int, until: int, each: int) -> list[float]:
    """So many messages in each second."""
    return [second + part / each for second in range(since, until) for part in range(each)]


@pytest.mark.parametrize("earlier", [[], [3.0], steadily(0, 20, 5)])
@pytest.mark.parametrize("after", [1, 2, 5, 30])
def test_what_was_not_sent_before_a_broadcast_began_does_not_lower_its_rate(
    earlier: list[float], after: int
) -> None:
    counter = counted(*earlier, *steadily(100, 100 + after, 25))
    assert counter.rate(100.0 + after, limit=25.0) == 25.0


def test_seconds_without_messages_count_once_it_has_begun_and_after_ten_it_is_over() -> None:
    counter = counted(*steadily(100, 105, 20))
    assert counter.rate(107.0, limit=25.0) == pytest.approx(100 / 7)
    assert counter.rate(116.0, limit=25.0) == 0.0


def test_at_a_low_limit_the_pauses_between_messages_are_no_rest() -> None:
    counter = counted(*range(100, 130, 5))
    assert counter.rate(130.0, limit=0.2) == pytest.approx(0.2)


def test_before_anything_was_sent_for_a_whole_second_there_is_no_rate() -> None:
    assert SendCounter().rate(5.0, limit=25.0) == 0.0
    assert counted(5.2).rate(5.9, limit=25.0) == 0.0
